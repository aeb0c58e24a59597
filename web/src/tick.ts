/* Rows chosen on a list: [name=row] boxes, [data-tick-all] for the page; X ticks the marked row. */

function boxes(place: Element | null): HTMLInputElement[] {
  return [...(place?.querySelectorAll<HTMLInputElement>("input[name='row']") ?? [])];
}

/** Tick the row that J and K marked; whether it has a box. */
export function tickRow(row: HTMLElement | null): boolean {
  const [box] = boxes(row);
  box?.click();
  return box !== undefined;
}

export function startTick(): void {
  document.addEventListener("change", (event) => {
    const all = event.target instanceof HTMLInputElement ? event.target : null;
    if (!all?.matches("[data-tick-all]")) return;
    for (const box of boxes(all.closest("table"))) box.checked = all.checked;
  });
}
