/* A line drawn on the map for a form's field, which keeps it as text and can be typed as ever: press to
   add a point, drag one, press or drag on a segment to put one in, delete, undo, bring a file. Named
   places of the form stand beside it; a point of the line can become one. */
import maplibregl, { type GeoJSONSource, type Map as MapLibre, type MapMouseEvent, type MapTouchEvent, type Point } from "maplibre-gl";
import type { LonLat, MapProps } from "../../props";
import { say } from "../../words";
import type { Palette } from "../palette";
import { boundsOf, collect, feature, FONT_BOLD } from "./base";
import { lengthOf, lineOfFile, placesOf, read, rounded, simplified, written } from "./lines";
import { button, icon } from "./tools";

type Press = MapMouseEvent | MapTouchEvent;
type Hit = { on: "point" | "middle" | "segment"; index: number };

const FINGER_PX = 24;
const MOUSE_PX = 12;
const SEGMENT_PX = 9;
const SHORT_PX = 56; // a shorter segment shows no handle in its middle
const MOST_BYTES = 5_000_000;
const MOST_UNDO = 200;

export class LineDrawing {
  private line: LonLat[] = [];
  private chosen = -1;
  private readonly before: LonLat[][] = [];
  private dragging = false;
  private readonly field: HTMLTextAreaElement;
  private readonly places: HTMLTextAreaElement | null;
  private readonly said = document.createElement("p");
  private readonly undoButton: HTMLButtonElement;
  private readonly dropButton: HTMLButtonElement;
  private readonly clearButton: HTMLButtonElement;
  private readonly nameButton: HTMLButtonElement;

  constructor(
    private readonly map: MapLibre,
    private readonly place: HTMLElement,
    private readonly props: NonNullable<MapProps["draw"]>,
    colour: Palette,
  ) {
    this.field = document.getElementById(props.field) as HTMLTextAreaElement;
    this.places = document.querySelector(`textarea[data-places="${props.field}"]`);
    this.undoButton = this.labelled("drawUndo", "arrow-back-up", () => this.undo());
    this.dropButton = this.labelled("drawDelete", "trash", () => this.drop());
    this.clearButton = this.labelled("drawClear", "x", () => this.change([], -1));
    this.nameButton = this.labelled("drawName", "map-pin", () => this.name());
    this.addLayers(colour);
    this.addBar();
    map.doubleClickZoom.disable();
    map.getCanvas().setAttribute("aria-label", say("drawOn", { what: props.word }));
    map.on("mousedown", (event) => this.press(event, MOUSE_PX));
    map.on("touchstart", (event) => this.press(event, FINGER_PX));
    // A finger on a point: the page does not scroll, and no mouse is imitated afterwards.
    map.getCanvasContainer().addEventListener("touchstart", (event) => {
      if (this.touched(event)) event.preventDefault();
    }, { passive: false });
    map.on("click", (event) => this.click(event));
    map.on("mousemove", (event) => this.hover(event));
    map.on("zoom", () => this.show());
    place.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.typed());
    this.places?.addEventListener("input", () => this.show());
    this.datum?.addEventListener("change", () => this.typed());
    this.typed();
    this.goThere();
  }

  /** A form whose places are typed in the web maps' datum: there is nothing to draw on. */
  private get datum(): HTMLSelectElement | null {
    return this.field.form?.querySelector<HTMLSelectElement>("select[name='datum']") ?? null;
  }

  /** Why nothing is drawn now; empty where it may be. */
  private get why(): string {
    if (this.datum?.value) return say("drawOtherDatum");
    const found = read(this.field.value);
    return typeof found === "number" ? say("drawWrongRow", { n: found }) : "";
  }

  private labelled(word: Parameters<typeof say>[0], sign: string, act: () => void): HTMLButtonElement {
    const made = button(say(word), `${icon(sign, 18)}<span>${say(word)}</span>`, act);
    made.className = "btn btn-outline-secondary";
    return made;
  }

  private addBar(): void {
    const bar = Object.assign(document.createElement("div"), { className: "al-draw" });
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", say("drawOn", { what: this.props.word }));
    const file = Object.assign(document.createElement("input"), { type: "file", accept: ".gpx,.geojson,.json", className: "visually-hidden", tabIndex: -1 });
    file.setAttribute("aria-label", say("drawFile"));
    file.addEventListener("change", () => void this.bring(file));
    this.said.setAttribute("role", "status");
    const byFile = this.labelled("drawFile", "upload", () => file.click());
    bar.append(this.said, this.undoButton, this.dropButton, ...(this.places ? [this.nameButton] : []), this.clearButton, byFile, file);
    (this.place.closest(".al-mapbox") ?? this.place).after(bar);
  }

  private addLayers(colour: Palette): void {
    const round = { "line-cap": "round", "line-join": "round" } as const;
    const empty = collect([]);
    for (const id of ["draw-places", "draw", "draw-middles", "draw-points"]) this.map.addSource(id, { type: "geojson", data: empty });
    this.map.addLayer({ id: "draw-edge", type: "line", source: "draw", layout: round, paint: { "line-color": colour("surface"), "line-width": 8 } });
    this.map.addLayer({ id: "draw", type: "line", source: "draw", layout: round, paint: { "line-color": colour("jade"), "line-width": 4 } });
    this.map.addLayer({
      id: "draw-middles", type: "circle", source: "draw-middles",
      paint: { "circle-radius": 5, "circle-color": colour("surface"), "circle-stroke-color": colour("jade"), "circle-stroke-width": 1.5 },
    });
    this.map.addLayer({
      id: "draw-places", type: "symbol", source: "draw-places",
      layout: {
        "text-field": ["get", "name"], "text-font": FONT_BOLD, "text-size": 13, "text-radial-offset": 1.1, "text-optional": true,
        "text-variable-anchor": ["bottom", "top", "left", "right"],
      },
      paint: { "text-color": colour("map-label"), "text-halo-color": colour("map-halo"), "text-halo-width": 1.8 },
    });
    this.map.addLayer({
      id: "draw-places-marks", type: "circle", source: "draw-places",
      paint: { "circle-radius": 13, "circle-opacity": 0, "circle-stroke-color": colour("ink"), "circle-stroke-width": 1.5 },
    });
    const chosen = ["boolean", ["get", "chosen"], false] as const;
    this.map.addLayer({
      id: "draw-points", type: "circle", source: "draw-points",
      paint: {
        "circle-radius": ["case", [...chosen], 10, 7], "circle-color": ["case", [...chosen], colour("jade"), colour("surface")],
        "circle-stroke-color": ["case", [...chosen], colour("surface"), colour("jade")], "circle-stroke-width": 3,
      },
    });
  }

  private set(id: string, data: ReturnType<typeof collect>): void {
    this.map.getSource<GeoJSONSource>(id)?.setData(data);
  }

  private show(): void {
    const { line } = this;
    this.set("draw", collect(line.length > 1 ? [feature({ type: "LineString", coordinates: line })] : []));
    this.set("draw-points", collect(line.map((at, i) => feature({ type: "Point", coordinates: at }, { chosen: i === this.chosen }))));
    this.set("draw-middles", collect(this.middles().map(({ at }) => feature({ type: "Point", coordinates: at }))));
    const named = this.datum?.value ? [] : placesOf(this.places?.value ?? "");
    this.set("draw-places", collect(named.map(({ name, at }) => feature({ type: "Point", coordinates: at }, { name }))));
    const stopped = Boolean(this.why);
    this.undoButton.disabled = stopped || !this.before.length;
    for (const one of [this.dropButton, this.nameButton]) one.disabled = stopped || !(this.chosen in line);
    this.clearButton.disabled = stopped || !line.length;
  }

  private tell(more = ""): void {
    const n = this.line.length;
    const first = n ? say("drawLength", { n, m: Math.round(lengthOf(this.line)).toLocaleString("en") }) : say("drawFirst");
    const next = this.chosen >= 0 ? say("drawChosen") : n > 1 ? say("drawMore") : n ? say("drawNext") : "";
    this.said.textContent = [this.why || first, this.why ? "" : more || next].filter(Boolean).join(" · ");
  }

  /** The field was typed in, or pasted into: it is drawn. */
  private typed(): void {
    const found = read(this.field.value);
    this.line = this.why || typeof found === "number" ? [] : found;
    this.chosen = -1;
    this.before.length = 0;
    this.show();
    this.tell();
  }

  private goThere(): void {
    const places = [...this.line, ...placesOf(this.places?.value ?? "").map((one) => one.at)];
    const box = boundsOf(places);
    if (box && places.length > 1) this.map.fitBounds(box, { padding: 48, maxZoom: 16.5, animate: false });
  }

  /** The line becomes another; what it was can be had back. */
  private change(line: LonLat[], chosen: number, was = this.line): void {
    this.before.push(was);
    if (this.before.length > MOST_UNDO) this.before.shift();
    this.put(line, chosen);
  }

  private put(line: LonLat[], chosen: number, more = ""): void {
    this.line = line;
    this.chosen = chosen;
    this.field.value = written(line);
    this.show();
    this.tell(more);
  }

  private undo(): void {
    const was = this.before.pop();
    if (was) this.put(was, -1);
  }

  private drop(): void {
    if (this.chosen in this.line) this.change(this.line.filter((_, i) => i !== this.chosen), -1);
  }

  /** The chosen point becomes a named place of the form as well. */
  private name(): void {
    const at = this.line[this.chosen];
    if (!at || !this.places) return;
    const rows = this.places.value.trim();
    const n = placesOf(rows).length + 1;
    this.places.value = `${rows}${rows ? "\n" : ""}${say("drawPlace", { n })}, ${at[0]}, ${at[1]}`;
    this.show();
    this.tell(say("drawNamed", { n }));
  }

  private insert(at: LonLat, index: number): void {
    if (this.line.length >= this.props.most) return this.tell(say("drawFull", { n: this.props.most }));
    this.change(withPoint(this.line, index, rounded(at)), -1);
  }

  private async bring(file: HTMLInputElement): Promise<void> {
    const given = file.files?.[0];
    file.value = "";
    if (!given || this.datum?.value) return;
    const found = given.size > MOST_BYTES ? null : lineOfFile(await given.text());
    if (!found) return this.tell(say("drawNoLine"));
    const line = simplified(found, this.props.most);
    this.before.push(this.line);
    this.put(line, -1, line.length < found.length ? say("drawSimplified", { n: found.length }) : "");
    this.goThere();
  }

  private middles(): { at: LonLat; index: number }[] {
    const places = this.line.map((at) => this.map.project(at));
    return this.line.slice(1).flatMap((to, i) => {
      const [a, b, from] = [places[i], places[i + 1], this.line[i]];
      if (!a || !b || !from || a.dist(b) < SHORT_PX) return [];
      return [{ at: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as LonLat, index: i + 1 }];
    });
  }

  /** What lies under a finger: the nearest point, else the middle of a segment, else a segment. */
  private hit(at: Point, within: number): Hit | null {
    const near = (places: LonLat[]): number => {
      let [best, far] = [-1, within];
      for (const [i, one] of places.entries()) {
        const d = this.map.project(one).dist(at);
        if (d <= far) [best, far] = [i, d];
      }
      return best;
    };
    const index = near(this.line);
    if (index >= 0) return { on: "point", index };
    const middles = this.middles();
    const middle = middles[near(middles.map((one) => one.at))];
    if (middle) return { on: "middle", index: middle.index };
    const places = this.line.map((one) => this.map.project(one));
    const segment = places.slice(1).findIndex((to, i) => places[i] && apart(at, places[i], to) <= SEGMENT_PX);
    return segment >= 0 ? { on: "segment", index: segment + 1 } : null;
  }

  private touched({ touches }: TouchEvent): boolean {
    const [one] = touches;
    if (touches.length !== 1 || !one || this.why) return false;
    const box = this.map.getCanvas().getBoundingClientRect();
    const hit = this.hit(new maplibregl.Point(one.clientX - box.left, one.clientY - box.top), FINGER_PX);
    return hit !== null && hit.on !== "segment";
  }

  /** A press on a point or on the middle of a segment: what moves then is the point, not the map. */
  private press(event: Press, within: number): void {
    const several = "points" in event && event.points.length > 1;
    const other = event.originalEvent instanceof MouseEvent && event.originalEvent.button !== 0;
    const hit = several || other || this.why ? null : this.hit(event.point, within);
    if (!hit || hit.on === "segment") return;
    event.preventDefault();
    const was = this.line;
    const begin = event.point;
    const [move, up] = event.type === "touchstart" ? (["touchmove", "touchend"] as const) : (["mousemove", "mouseup"] as const);
    const drag = (now: Press): void => {
      if (!this.dragging && now.point.dist(begin) < 4) return;
      this.dragging = true;
      const at = rounded(now.lngLat.toArray() as LonLat);
      this.line = hit.on === "point" ? was.map((one, i) => (i === hit.index ? at : one)) : withPoint(was, hit.index, at);
      this.chosen = hit.index;
      this.show();
      this.tell();
    };
    const end = (): void => {
      this.map.off(move, drag);
      for (const name of [up, "touchcancel"]) window.removeEventListener(name, end);
      this.released(hit, was);
    };
    if (hit.on === "middle" && was.length >= this.props.most) return this.tell(say("drawFull", { n: this.props.most }));
    this.map.on(move, drag);
    for (const name of [up, "touchcancel"]) window.addEventListener(name, end);
  }

  private released(hit: Hit, was: LonLat[]): void {
    const middle = hit.on === "middle" ? this.middles().find((one) => one.index === hit.index) : undefined;
    if (this.dragging) this.change(this.line, hit.index, was);
    else if (middle) this.insert(middle.at, hit.index);
    else {
      this.chosen = this.chosen === hit.index ? -1 : hit.index;
      this.show();
      this.tell();
    }
    this.dragging = false;
  }

  /** A press beside everything goes on with the line: at its end, or where its begin is chosen there. */
  private click(event: MapMouseEvent): void {
    if (this.why) return this.tell();
    const hit = this.hit(event.point, MOUSE_PX);
    const at = event.lngLat.toArray() as LonLat;
    if (hit?.on === "segment") this.insert(at, hit.index);
    else if (!hit && this.chosen === 0 && this.line.length > 1) {
      this.insert(at, 0);
      this.chosen = 0;
      this.show();
    } else if (!hit) this.insert(at, this.line.length);
  }

  private hover(event: MapMouseEvent): void {
    if (this.dragging) return;
    const hit = this.hit(event.point, MOUSE_PX);
    this.map.getCanvas().style.cursor = this.why ? "" : hit?.on === "point" ? "move" : hit ? "copy" : "crosshair";
  }

  private key(event: KeyboardEvent): void {
    if (this.why) return;
    if (event.key === "Delete" || event.key === "Backspace") this.drop();
    else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) this.undo();
    else return;
    event.preventDefault();
  }
}

function withPoint(line: LonLat[], index: number, at: LonLat): LonLat[] {
  return [...line.slice(0, index), at, ...line.slice(index)];
}

/** Pixels from a place to the segment between two others. */
function apart(at: Point, from: Point, to: Point): number {
  const way = to.sub(from);
  const t = Math.max(0, Math.min(1, ((at.x - from.x) * way.x + (at.y - from.y) * way.y) / (way.x ** 2 + way.y ** 2 || 1)));
  return at.dist(from.add(way.mult(t)));
}
