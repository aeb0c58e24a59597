/* 听: a button with [data-listen="SELECTOR"] reads that part of the page aloud; a second press stops. */
export function startListening(): void {
  const voice = window.speechSynthesis;
  for (const button of document.querySelectorAll<HTMLElement>("[data-listen]")) {
    if (!voice) {
      button.hidden = true;
      continue;
    }
    button.addEventListener("click", () => {
      if (voice.speaking) {
        voice.cancel();
        return;
      }
      const text = [...document.querySelectorAll<HTMLElement>(button.dataset.listen || "main")]
        .map((part) => part.innerText)
        .join("。");
      const words = new SpeechSynthesisUtterance(text);
      words.lang = document.documentElement.lang === "en" ? "en-GB" : "zh-CN";
      words.rate = 0.95;
      voice.speak(words);
    });
  }
}
