/* The choice of an enterprise ([data-pick]): what is found follows the typing (htmx); the arrow leads
   from the search into it, Enter takes the first and never sends the form. */

function choices(pick: Element): HTMLInputElement[] {
  return [...pick.querySelectorAll<HTMLInputElement>("input[type='radio']")];
}

export function startPick(): void {
  document.addEventListener("keydown", (event) => {
    const search = event.target instanceof HTMLInputElement ? event.target : null;
    const pick = search?.type === "search" ? search.closest("[data-pick]") : null;
    if (!pick || event.isComposing) return;
    const found = choices(pick);
    if (event.key === "Enter") {
      event.preventDefault();
      found[0]?.click();
    } else if (event.key === "ArrowDown" && found.length) {
      event.preventDefault();
      (found.find((one) => one.checked && one.value) ?? found[0])?.focus();
    }
  });
}
