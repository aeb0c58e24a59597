/* Around the canvas: buttons, legend, scale bar, the district as an inset, the 3D notice. */
import type { Map as MapLibre } from "maplibre-gl";
import { dayTime } from "../../times";
import { say } from "../../words";
import type { Base, Bounds } from "./base";
import { spriteAddress } from "./glyphs";

export function icon(name: string, size = 22): string {
  return `<svg class="al-icon" width="${size}" height="${size}" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><use href="${spriteAddress()}#${name}"/></svg>`;
}

export function button(label: string, inside: string, act: (button: HTMLButtonElement) => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.title = label;
  made.setAttribute("aria-label", label);
  made.innerHTML = inside;
  made.addEventListener("click", () => act(made));
  return made;
}

const CLASSES = ["0.03–0.3", "0.3–0.5", "0.5–1", "1–2", "≥2"];

/** Classes of depth, the instant they are of, and that a model computed them. */
export function legend(word: "depthMax" | "depthForecast" | "depthStage", withExtent: boolean, at: number | "most" | null = null): HTMLElement {
  const box = document.createElement("div");
  box.className = "al-map-legend";
  const swatches = CLASSES.map((_, i) => `<i class="al-d${i + 1}"></i>`).join("");
  const words = CLASSES.map((word) => `<span>${word}</span>`).join("");
  const band = `<div class="al-map-band"><svg width="34" height="8" aria-hidden="true"><path d="M1 4H33" stroke="var(--al-depth-band)" stroke-width="1.8" stroke-dasharray=".1 5" stroke-linecap="round"/></svg>${say("likely")}</div>`;
  box.innerHTML = `<b>${say(word)}</b><div class="al-map-swatches">${swatches}${words}</div>${withExtent ? band : ""}`;
  const when = at === null ? [] : [at === "most" ? say("greatest") : say("atChinaTime", { at: dayTime(at) })];
  box.append(Object.assign(document.createElement("p"), { textContent: [...when, say("computed")].join(" · ") }));
  return box;
}

const STEPS_M = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];
const SCALE_PX = 130;

/** A bar of a round length, right for the middle of the view. */
export function scaleBar(map: MapLibre, place: HTMLElement, aside: boolean): void {
  const box = document.createElement("div");
  box.className = aside ? "al-map-scale aside" : "al-map-scale";
  const bar = document.createElement("i");
  const words = document.createElement("span");
  box.append(bar, words);
  place.append(box);
  const show = (): void => {
    const metresAPixel = (78_271.517 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** map.getZoom();
    const metres = STEPS_M.findLast((step) => step / metresAPixel <= SCALE_PX) ?? 10;
    bar.style.width = `${metres / metresAPixel}px`;
    words.textContent = metres >= 1_000 ? `${metres / 1_000} km` : `${metres} m`;
    box.hidden = map.getPitch() > 20;
  };
  map.on("move", show);
  show();
}

/** The whole district, with a frame around what is seen; a press shows all of it. */
export function inset(map: MapLibre, base: Base, whole: () => void): HTMLElement {
  const [west, south, east, north] = base.bounds;
  const k = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const width = 148;
  const unit = (width - 20) / ((east - west) * k);
  const height = Math.round((north - south) * unit + 20);
  const x = (lon: number): number => 10 + (lon - west) * k * unit;
  const y = (lat: number): number => 10 + (north - lat) * unit;
  const path = (ring: number[][]): string => `M${ring.map(([a = 0, b = 0]) => `${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join("L")}`;
  const outline = base.outline.type === "Polygon" ? [base.outline.coordinates] : base.outline.coordinates;
  const land = outline.map((part) => part.map((ring) => `${path(ring)}Z`).join("")).join("");
  const rivers = base.waters
    .filter((w) => w.bed)
    .map((w) => (w.line.type === "LineString" ? path(w.line.coordinates) : w.line.coordinates.map(path).join("")))
    .join("");
  const box = button(say("toDistrict"), "", whole);
  box.className = "al-map-inset";
  box.innerHTML = `<svg viewBox="0 0 ${width} ${height}" aria-hidden="true"><path d="${land}" fill="none" stroke="var(--al-map-border)" stroke-width="1.1"/><path d="${rivers}" fill="none" stroke="var(--al-map-water-line)" stroke-width="2.4"/><rect fill="none" stroke="var(--al-ink)" stroke-width="1.5" rx="2"/></svg>`;
  const frame = box.querySelector("rect");
  const show = (): void => {
    const seen = map.getBounds();
    const left = Math.max(x(seen.getWest()), 1);
    const top = Math.max(y(seen.getNorth()), 1);
    const right = Math.min(x(seen.getEast()), width - 1);
    const bottom = Math.min(y(seen.getSouth()), height - 1);
    frame?.setAttribute("x", String(left));
    frame?.setAttribute("y", String(top));
    frame?.setAttribute("width", String(Math.max(right - left, 3)));
    frame?.setAttribute("height", String(Math.max(bottom - top, 3)));
    // When everything is seen the inset says nothing.
    const [w, s, e, n] = base.bounds as Bounds;
    box.hidden = seen.getWest() < w && seen.getEast() > e && seen.getSouth() < s && seen.getNorth() > n;
  };
  map.on("move", show);
  show();
  return box;
}

const EXAGGERATION = 1.6;

/** Terrain against water, on demand only; Esc or the notice's button goes back to flat. */
export class Terrain3d {
  private readonly notice = document.createElement("div");
  on = false;

  constructor(private readonly map: MapLibre, place: HTMLElement, private readonly changed: () => void) {
    this.notice.className = "al-map-3d";
    this.notice.setAttribute("role", "status");
    this.notice.hidden = true;
    this.notice.append(
      say("exaggerated", { n: EXAGGERATION }),
      Object.assign(button(say("backFlat"), say("backFlat"), () => this.toggle()), { title: "Esc" }),
    );
    place.append(this.notice);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.on) this.toggle();
    });
  }

  toggle(): void {
    this.on = !this.on;
    this.notice.hidden = !this.on;
    if (this.on) {
      this.map.setTerrain({ source: "heights", exaggeration: EXAGGERATION });
      this.map.dragRotate.enable();
      this.map.touchZoomRotate.enableRotation();
    } else {
      this.map.dragRotate.disable();
      this.map.touchZoomRotate.disableRotation();
    }
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map.easeTo({ pitch: this.on ? 58 : 0, bearing: this.on ? -18 : 0, duration: still ? 0 : 600 });
    if (!this.on) this.map.once("moveend", () => !this.on && this.map.setTerrain(null));
    this.changed();
  }
}
