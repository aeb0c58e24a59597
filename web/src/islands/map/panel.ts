/* The layers panel: what can be on the map, what is, and how many there are. */
import { say } from "../../words";
import type { Palette } from "../palette";
import { markCanvas } from "./glyphs";
import type { Marks } from "./marks";

const KEPT = "al-map-layers";

/** Layers the person had on, in this browser tab. */
export function remembered(): string[] | null {
  try {
    const text = sessionStorage.getItem(KEPT);
    return text ? (JSON.parse(text) as string[]) : null;
  } catch {
    return null;
  }
}

function remember(keys: string[]): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(keys));
  } catch {
    /* A browser that keeps nothing only forgets the choice. */
  }
}

export class LayersPanel {
  readonly box = document.createElement("div");
  private readonly counts = new Map<string, HTMLElement>();

  constructor(private readonly marks: Marks, colour: Palette) {
    this.box.className = "al-map-layers";
    this.box.hidden = true;
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", say("layers"));
    let group: string | null = null;
    for (const layer of marks.layers) {
      if ((layer.group ?? "") !== group) {
        group = layer.group ?? "";
        this.box.append(Object.assign(document.createElement("h2"), { textContent: group || say("layers") }));
      }
      const label = document.createElement("label");
      const input = Object.assign(document.createElement("input"), { type: "checkbox", checked: marks.isOn(layer.key) });
      const count = Object.assign(document.createElement("span"), { className: "al-end" });
      const word = Object.assign(document.createElement("span"), { textContent: layer.word });
      input.dataset.layer = layer.key;
      input.addEventListener("change", async () => {
        await marks.turn(layer.key, input.checked);
        remember(marks.layers.filter((one) => marks.isOn(one.key)).map((one) => one.key));
      });
      label.append(input, word, count);
      void markCanvas({ family: layer.family, icon: layer.icon, state: "plain", big: false, late: false }, colour).then((canvas) => word.before(canvas));
      this.counts.set(layer.key, count);
      this.box.append(label);
    }
    if (!marks.layers.length) this.box.append(Object.assign(document.createElement("p"), { className: "al-none", textContent: say("nothingHere") }));
  }

  show(): void {
    for (const [key, place] of this.counts) {
      const count = this.marks.count(key);
      place.textContent = count === null ? "" : count.toLocaleString("en");
      const input = this.box.querySelector<HTMLInputElement>(`input[data-layer="${CSS.escape(key)}"]`);
      if (input) input.checked = this.marks.isOn(key);
    }
  }
}
