/* The keyboard (ui.md 8): / search, J K move, Enter open, E main action, X choose the row, G + letter, ? keys, Esc back.

   Rows are [data-row]; the row's link is its first a[href]; its main action [data-main]. */
import { tickRow } from "./tick";

const GO_WITHIN_MS = 1_500;

let goingSince = Number.NEGATIVE_INFINITY;
// The chosen row by what it opens: a live swap brings the row anew, without its mark.
let chosen = "";

function opens(row: HTMLElement): string {
  return row.dataset.key ?? row.querySelector("a[href]")?.getAttribute("href") ?? "";
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row]")].filter((row) => row.offsetParent !== null);
}

// A key pressed between a swap and its settling finds its row too.
function selected(): HTMLElement | null {
  const marked = document.querySelector<HTMLElement>("[data-row][aria-selected='true']");
  if (marked || !chosen) return marked;
  const again = rows().find((row) => opens(row) === chosen) ?? null;
  again?.setAttribute("aria-selected", "true");
  return again;
}

function move(by: number): void {
  const all = rows();
  if (!all.length) return;
  const now = selected();
  const place = now ? all.indexOf(now) : -1;
  const next = all[Math.min(Math.max(place < 0 ? (by > 0 ? 0 : all.length - 1) : place + by, 0), all.length - 1)];
  now?.removeAttribute("aria-selected");
  next?.setAttribute("aria-selected", "true");
  chosen = next ? opens(next) : "";
  next?.scrollIntoView({ block: "nearest" });
}

function mainAction(): HTMLElement | null {
  const row = selected();
  return (
    row?.querySelector<HTMLElement>("[data-main], .btn") ??
    document.querySelector<HTMLElement>("[data-main], main .btn-primary")
  );
}

function dialog(): HTMLDialogElement | null {
  return document.getElementById("al-keys") as HTMLDialogElement | null;
}

function search(): boolean {
  const input = document.querySelector<HTMLInputElement>("[data-search]");
  if (!input) {
    location.href = "/map#search";
    return true;
  }
  input.focus();
  input.select();
  return true;
}

function act(): boolean {
  const action = mainAction();
  if (!action) return false;
  // What cannot be taken back is focused, never pressed by a single key.
  if (action.matches("[data-hold]")) action.focus();
  else action.click();
  return true;
}

function go(key: string): boolean {
  const place = document.querySelector<HTMLAnchorElement>(`[data-go="${CSS.escape(key)}"]`);
  place?.click();
  return place !== null;
}

function pressed(key: string): boolean {
  if (performance.now() - goingSince < GO_WITHIN_MS && /^[a-z]$/.test(key)) {
    goingSince = Number.NEGATIVE_INFINITY;
    return go(key);
  }
  if (key === "/") return search();
  if (key === "j" || key === "k") {
    move(key === "j" ? 1 : -1);
    return true;
  }
  if (key === "x") return tickRow(selected());
  if (key === "e") return act();
  if (key === "?") {
    dialog()?.showModal();
    return true;
  }
  if (key === "g") {
    goingSince = performance.now();
    return true;
  }
  return false;
}

function escape(target: EventTarget | null): void {
  if (dialog()?.open) return;
  if (typing(target)) (target as HTMLElement).blur();
  else document.querySelector<HTMLElement>("[data-back]")?.click();
}

export function startKeys(): void {
  document.addEventListener("htmx:afterSettle", selected);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      escape(event.target);
      return;
    }
    if (typing(event.target)) return;
    if (event.key === "Enter") {
      const focused = document.activeElement;
      if (focused && focused !== document.body) return;
      selected()?.querySelector<HTMLAnchorElement>("a[href]")?.click();
      return;
    }
    if (pressed(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
  });
}
