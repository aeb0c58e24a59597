/* A public page says itself that a person has it open: one POST to [data-opened], when it is really
   visible. Previews and link checkers only fetch, so they mark nothing as read. */
export function startOpened(): void {
  const place = document.querySelector<HTMLElement>("[data-opened]");
  if (!place) return;
  const tell = (): void => {
    if (document.visibilityState !== "visible") return;
    document.removeEventListener("visibilitychange", tell);
    void fetch(place.dataset.opened ?? "", { method: "POST", keepalive: true, credentials: "omit" });
  };
  document.addEventListener("visibilitychange", tell);
  tell();
}
