/* Finding things: search by name, what lies around a place, and the file of what was chosen.
   List and map share one selection. */
import { htmx } from "../../htmx";
import { mountIslands } from "../../mount";
import type { LonLat } from "../../props";
import { say } from "../../words";
import { spriteAddress } from "./glyphs";

const WAIT_MS = 220;

export interface Hit {
  kind: string;
  code: string;
  name: string;
  area?: string;
  lon: number;
  lat: number;
  link: string;
  distance_m?: number;
}

export function distance(metres: number): string {
  return metres < 1_000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1_000).toFixed(1)} km`;
}

function paragraph(text: string, className = "al-ink2"): HTMLElement {
  return Object.assign(document.createElement("p"), { textContent: text, className });
}

/** The part of a thing's page that is its file. */
function filePart(page: Document): Element[] {
  const marked = page.querySelectorAll("[data-file]");
  if (marked.length) return [...marked];
  return [...page.querySelectorAll("main .al-head, main .al-content, main .al-empty")];
}

export class Files {
  private asked = 0;

  constructor(private readonly place: HTMLElement) {}

  say(text: string): void {
    this.place.replaceChildren(paragraph(text));
  }

  list(hits: Hit[], head: string, choose: (hit: Hit) => void): void {
    this.asked += 1;
    const list = document.createElement("ul");
    list.className = "al-hits";
    for (const hit of hits) {
      const row = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.row = "";
      const words = document.createElement("span");
      words.append(Object.assign(document.createElement("b"), { textContent: hit.name }));
      if (hit.area) words.append(Object.assign(document.createElement("small"), { textContent: hit.area }));
      const far = Object.assign(document.createElement("span"), { className: "al-far" });
      if (hit.distance_m !== undefined) far.textContent = distance(hit.distance_m);
      button.innerHTML = `<svg class="al-icon" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" aria-hidden="true"><use href="${spriteAddress()}#map-pin"/></svg>`;
      button.append(words, far);
      button.addEventListener("click", () => choose(hit));
      row.append(button);
      list.append(row);
    }
    this.place.replaceChildren(paragraph(head, "al-sec"), list);
  }

  /** Fetch the thing's own page and show its file here. */
  async open(hit: Hit): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const head = Object.assign(document.createElement("h2"), { textContent: hit.name });
    this.place.replaceChildren(head);
    if (!hit.link) return;
    const slow = window.setTimeout(() => this.place.append(paragraph("…")), 300);
    try {
      const answer = await fetch(hit.link, { headers: { "HX-Request": "true" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== this.asked) return;
      const parts = filePart(page);
      const more = Object.assign(document.createElement("a"), { href: hit.link, textContent: say("wholeFile") });
      const foot = document.createElement("p");
      foot.style.marginTop = "14px";
      foot.append(more);
      this.place.replaceChildren(...(parts.some((p) => p.querySelector("h1, h2")) ? [] : [head]), ...parts.map((part) => document.importNode(part, true)), foot);
      htmx.process(this.place);
      mountIslands(this.place);
    } catch {
      if (mine === this.asked) this.place.append(paragraph(say("notLoaded", { what: hit.name, n: 5 })));
    } finally {
      window.clearTimeout(slow);
    }
  }
}

interface Answer {
  hits: Hit[];
  total?: number;
}

export class Search {
  private timer = 0;
  private last = "";

  constructor(private readonly address: string, private readonly input: HTMLInputElement, private readonly files: Files, private readonly choose: (hit: Hit) => void) {
    input.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(), WAIT_MS);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) void this.ask(true);
    });
    if (location.hash === "#search") input.focus();
  }

  private async ask(first = false): Promise<void> {
    const text = this.input.value.trim();
    if (!text || (text === this.last && !first)) return;
    this.last = text;
    const answer = await fetch(`${this.address}?q=${encodeURIComponent(text)}`);
    if (!answer.ok || text !== this.input.value.trim()) return;
    const { hits } = (await answer.json()) as Answer;
    if (!hits.length) this.files.say(say("nothingFound", { what: text }));
    else if (first && hits[0]) this.choose(hits[0]);
    else this.files.list(hits, say("found", { n: hits.length }), this.choose);
  }
}

export class Around {
  constructor(private readonly address: string, private readonly select: HTMLSelectElement, private readonly files: Files, private readonly choose: (hit: Hit) => void) {}

  get km(): number {
    return Number(this.select.value) || 0;
  }

  onChange(act: () => void): void {
    this.select.addEventListener("change", act);
  }

  async ask([lon, lat]: LonLat): Promise<void> {
    const answer = await fetch(`${this.address}?lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}&km=${this.km}`);
    if (!answer.ok) return;
    const { hits, total } = (await answer.json()) as Answer;
    const head = `${this.km} km · ${say("found", { n: total ?? hits.length })}`;
    if (hits.length) this.files.list(hits, head, this.choose);
    else this.files.say(`${this.km} km · ${say("nothingHere")}`);
  }
}
