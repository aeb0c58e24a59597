/* On a phone the rows of a register stand as blocks: every cell carries the word of its column. */
function sayHeads(): void {
  for (const table of document.querySelectorAll("table.al-register")) {
    const words = [...table.querySelectorAll("thead th")].map((head) => head.textContent?.trim() ?? "");
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.children].forEach((cell, index) => {
        const word = words[index];
        if (word && cell instanceof HTMLElement && !cell.querySelector(".al-title-link")) {
          cell.dataset.word = word;
        }
      });
    }
  }
}

export function startHeads(): void {
  sayHeads();
  for (const done of ["htmx:afterSettle", "htmx:oobAfterSwap"]) {
    document.addEventListener(done, sayHeads);
  }
}
