/* The map island (ui.md 6). MapLibre over the ground of the loaded terrain; no internet anywhere. */
import maplibregl, { type LngLatBoundsLike, type Map as MapLibre, type MapGeoJSONFeature, type MapMouseEvent } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import type { LayerProps, LonLat, MapProps, MarkProperties } from "../../props";
import { say } from "../../words";
import { paletteOf, type Palette } from "../palette";
import { type Base, type Bounds, boundsOf, styleOf, type Theme } from "./base";
import { Depth } from "./depth";
import { LineDrawing } from "./draw";
import { Around, Files, type Hit, Search } from "./finding";
import { supplyImages } from "./glyphs";
import { Marks } from "./marks";
import { drawArea, drawRing, drawWay } from "./overlays";
import { LayersPanel, remembered } from "./panel";
import { hearStages } from "./stage";
import { button, icon, inset, legend, scaleBar, Terrain3d } from "./tools";
import { Water } from "./water";

const NEAR_ZOOM = 15;
const RETRY_S = 5;
const NARROW_PX = 640;
const PHONE = "(max-width: 640px)";

async function json<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return (await answer.json()) as T;
}

class MapIsland {
  private readonly colour: Palette;
  private readonly theme: Theme;
  private depth: Depth | Water | null = null;
  private legendBox: HTMLElement | null = null;
  private stageBox: HTMLElement | null = null;
  private files: Files | null = null;
  private nearby: Around | null = null;
  private ringAt: LonLat | null = null;
  private tag: maplibregl.Popup | null = null;
  private card: maplibregl.Popup | null = null;
  private marksAreIn = false;

  constructor(
    private readonly place: HTMLElement,
    private props: MapProps,
    private readonly base: Base,
    private readonly map: MapLibre,
    private readonly marks: Marks,
    private readonly panel: LayersPanel,
  ) {
    this.colour = paletteOf(place);
    this.theme = themeOf(place, props);
    place.setAttribute("aria-busy", "true");
    map.on("movestart", () => place.setAttribute("aria-busy", "true"));
    map.on("idle", () => this.marksAreIn && place.removeAttribute("aria-busy"));
    if (props.depth) this.setDepth();
    hearStages(map, this.colour, this.theme, (on) => this.stageLegend(on));
    if (props.area) drawArea(map, props.area, props.area_level ?? 1, this.colour);
    if (props.way) drawWay(map, props.way, this.colour);
    if (!props.still) this.interact();
    if (props.tools) this.addTools();
    if (!props.still) scaleBar(map, place, !props.inset);
    if (props.inset) place.append(inset(map, base, () => this.goTo(base.bounds)));
    place.dataset.ready = "yes";
  }

  /** The first marks stand on the map: with its next rest it is no longer busy. */
  settled(): void {
    this.marksAreIn = true;
    this.map.triggerRepaint();
  }

  /** New props keep the view; a new depth keeps the instant that is looked at. */
  update(props: MapProps): void {
    const before = this.props;
    this.props = props;
    if (waterOf(before) !== waterOf(props)) this.setDepth(this.depth?.at);
    if (JSON.stringify(before.area) !== JSON.stringify(props.area) && props.area) {
      drawArea(this.map, props.area, props.area_level ?? 1, this.colour);
    }
    if (JSON.stringify(before.on) !== JSON.stringify(props.on) && props.on) {
      void this.marks.turnOn(props.on.filter((key) => !this.marks.isOn(key)));
    }
    if (JSON.stringify(before.fit) !== JSON.stringify(props.fit)) this.toEvent();
  }

  private setDepth(at?: number): void {
    this.depth?.remove();
    this.legendBox?.remove();
    this.depth = null;
    const depth = this.props.depth;
    if (!depth?.frames.length) return;
    this.depthLegend(depth.greatest === true);
    this.depth = depth.tiles
      ? new Water(this.map, depth, depth.tiles, this.colour, this.theme, (shown) => this.depthLegend(shown === "most", shown), at)
      : new Depth(this.map, depth, this.colour, this.theme, at);
  }

  /** `shown`: which water stands on the map, said there with what it is. */
  private depthLegend(greatest: boolean, shown: number | "most" | null = null): void {
    this.legendBox?.remove();
    if (this.props.legend === false) return;
    this.legendBox = legend(greatest ? "depthMax" : "depthForecast", Boolean(this.props.depth?.extent), shown);
    this.legendBox.hidden = this.stageBox !== null;
    this.place.append(this.legendBox);
  }

  /** The same classes of depth, but another water than the forecast's. */
  private stageLegend(on: boolean): void {
    this.stageBox?.remove();
    this.stageBox = null;
    if (this.legendBox) this.legendBox.hidden = on;
    if (!on || this.props.legend === false) return;
    this.stageBox = legend("depthStage", false);
    this.place.append(this.stageBox);
  }

  private addTools(): void {
    const box = document.createElement("div");
    box.className = "al-map-tools";
    const layers = button(say("layers"), icon("stack-2"), () => {
      this.panel.box.hidden = !this.panel.box.hidden;
      layers.setAttribute("aria-pressed", String(!this.panel.box.hidden));
    });
    const terrain = new Terrain3d(this.map, this.place, () => relief.setAttribute("aria-pressed", String(terrain.on)));
    const relief = button(this.base.terrain ? say("terrain3d") : say("noTerrain"), "3D", () => terrain.toggle());
    relief.disabled = !this.base.terrain;
    relief.className = "al-map-relief";
    for (const toggle of [layers, relief]) toggle.setAttribute("aria-pressed", "false");
    if (this.props.raised && this.base.terrain && !matchMedia(PHONE).matches) terrain.toggle();
    box.append(
      ...(this.marks.layers.length ? [layers] : []),
      relief,
      button(say("toEvent"), icon("current-location"), () => this.toEvent()),
      button(say("zoomIn"), icon("plus"), () => this.map.zoomIn()),
      button(say("zoomOut"), icon("minus"), () => this.map.zoomOut()),
    );
    this.place.append(box, this.panel.box);
  }

  /** The event: its area, else its water, else the marks that are involved, else the district. */
  toEvent(): void {
    const { fit, area, depth } = this.props;
    if (Array.isArray(fit)) return this.goTo(fit);
    if (fit === "district") {
      const own = boundsOf(this.marks.involved());
      return this.goTo(own && this.map.getZoom() < NEAR_ZOOM - 3 ? own : this.base.bounds);
    }
    const box = boundsOf(area) ?? boundsOf(depth?.corners) ?? boundsOf(this.marks.involved());
    this.goTo(box ?? this.base.bounds);
  }

  private goTo(box: Bounds): void {
    this.map.fitBounds(box as LngLatBoundsLike, { padding: roomOf(this.place), maxZoom: NEAR_ZOOM, duration: 500 });
  }

  private interact(): void {
    const { map, props } = this;
    const place = props.file ? document.querySelector<HTMLElement>(props.file) : null;
    if (place) this.files = new Files(place);
    if (this.files && place && !place.childElementCount && !props.selected) this.files.say(say("noFile"));
    const choose = (hit: Hit): void => this.choose(hit, true);
    const input = document.querySelector<HTMLInputElement>("[data-search]");
    if (props.search && input && this.files) new Search(props.search, input, this.files, choose);
    const select = document.getElementById("map-km");
    if (props.around && this.files && select instanceof HTMLSelectElement) {
      this.nearby = new Around(props.around, select, this.files, choose);
      this.nearby.onChange(() => this.lookAround(this.ringAt));
    }
    if (props.draw) {
      new LineDrawing(map, this.place, props.draw, this.colour);
      return;
    }
    if (props.pick?.at) drawRing(map, props.pick.at, 0, this.colour);
    map.on("click", (event) => this.click(event));
    map.on("mousemove", (event) => this.hover(event));
    map.on("mouseout", () => this.tag?.remove());
    if (props.selected && typeof props.selected !== "string") this.choose({ kind: "", ...props.selected }, true);
    document.body.addEventListener("live", () => this.marks.refresh());
  }

  private lookAround(at: LonLat | null): void {
    this.ringAt = at;
    const km = this.nearby?.km ?? 0;
    drawRing(this.map, km && at ? at : null, km, this.colour);
    if (km && at) void this.nearby?.ask(at);
  }

  private pick(at: LonLat): void {
    drawRing(this.map, at, 0, this.colour);
    this.place.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: at }));
  }

  private click(event: MapMouseEvent): void {
    if (this.props.pick) return this.pick([event.lngLat.lng, event.lngLat.lat]);
    const found = this.marks.at(event.point);
    if (!found) {
      if (this.nearby?.km) this.lookAround([event.lngLat.lng, event.lngLat.lat]);
      return;
    }
    const at = pointOf(found);
    if (found.properties.cluster) {
      const zoom = this.map.getZoom() + 2;
      this.map.easeTo({ center: at, zoom: Math.min(zoom, 15), duration: 300 });
      return;
    }
    const p = found.properties as MarkProperties;
    if (this.nearby?.km) this.lookAround(at);
    else this.choose({ kind: p.kind, code: p.code, name: p.name, lon: at[0], lat: at[1], link: p.link ?? "" }, false, p);
  }

  private choose(hit: Hit, go: boolean, properties?: MarkProperties): void {
    const at: LonLat = [hit.lon, hit.lat];
    this.marks.choose({ properties: properties ?? { code: hit.code, kind: hit.kind, name: hit.name, link: hit.link }, at });
    if (go) this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), NEAR_ZOOM - 0.5), duration: 400 });
    if (this.files) {
      void this.files.open(hit);
      const address = new URL(location.href);
      address.searchParams.set("code", hit.code);
      history.replaceState(history.state, "", address);
      return;
    }
    this.card?.remove();
    const words = document.createElement("div");
    words.append(Object.assign(document.createElement("b"), { textContent: hit.name }));
    if (properties?.label) words.append(Object.assign(document.createElement("div"), { textContent: properties.label }));
    if (properties?.sub) words.append(Object.assign(document.createElement("div"), { textContent: properties.sub, className: "al-ink2" }));
    if (hit.link) words.append(Object.assign(document.createElement("a"), { href: hit.link, textContent: say("openFile") }));
    this.card = new maplibregl.Popup({ offset: 22, className: "al-map-card", maxWidth: "280px", locale: { "Popup.Close": say("close") } } as maplibregl.PopupOptions)
      .setLngLat(at).setDOMContent(words).addTo(this.map);
    this.card.on("close", () => this.marks.choose(null));
  }

  private hover(event: MapMouseEvent): void {
    const found = this.marks.at(event.point);
    this.map.getCanvas().style.cursor = this.props.pick || (!found && this.nearby?.km) ? "crosshair" : found ? "pointer" : "";
    if (!found || found.properties.cluster) {
      this.tag?.remove();
      return;
    }
    const p = found.properties as MarkProperties;
    const at = pointOf(found);
    const words = document.createElement("div");
    words.className = "al-map-tag";
    words.textContent = p.name;
    const second = [p.label && p.label !== p.name ? p.label : "", p.sub ?? "", p.schematic ? say("schematic") : ""].filter(Boolean).join(" · ");
    if (second) words.append(Object.assign(document.createElement("small"), { textContent: second }));
    this.tag ??= new maplibregl.Popup({ closeButton: false, closeOnClick: false, className: "al-map-hover", offset: 16, maxWidth: "320px" });
    this.tag.setLngLat(at).setDOMContent(words).addTo(this.map);
  }
}

/** Which water props bring, whatever the time it is to be seen at. */
function waterOf(props: MapProps): string {
  return JSON.stringify({ ...props.depth, at: "" });
}

function pointOf(found: MapGeoJSONFeature): LonLat {
  return found.geometry.type === "Point" ? (found.geometry.coordinates as LonLat) : [0, 0];
}

function themeOf(place: HTMLElement, props: MapProps): Theme {
  return props.theme ?? (place.closest<HTMLElement>("[data-theme]")?.dataset.theme === "dark" ? "dark" : "light");
}

function roomOf(place: HTMLElement): number {
  return Math.min(40, place.clientWidth * 0.06);
}

function message(place: HTMLElement, text: string): void {
  place.querySelector(".al-map-empty")?.remove();
  place.append(Object.assign(document.createElement("div"), { className: "al-map-empty", textContent: text }));
}

/** The browser draws the map's words itself: their letters must have arrived before. */
async function letters(base: Base): Promise<void> {
  const text = [...base.towns.map((town) => town.name), ...base.waters.map((water) => water.name), "0123456789"].join("");
  await Promise.all([500, 600].map((weight) => document.fonts.load(`${weight} 16px "Noto Sans SC"`, text))).catch(() => []);
}

function openMap(place: HTMLElement, props: MapProps, base: Base): MapLibre {
  const canvas = Object.assign(document.createElement("div"), { className: "al-map-canvas" });
  const inner = Object.assign(document.createElement("div"), { className: "al-map-inner" });
  place.append(canvas, inner);
  const [whole, room] = [place.getBoundingClientRect(), inner.getBoundingClientRect()];
  const padding = { left: room.left - whole.left, top: room.top - whole.top, right: whole.right - room.right, bottom: whole.bottom - room.bottom };
  const first = Array.isArray(props.fit) ? props.fit : props.fit === "district" ? null : (boundsOf(props.area) ?? boundsOf(props.depth?.corners));
  const map = new maplibregl.Map({
    container: canvas, style: styleOf(base, paletteOf(place), themeOf(place, props)), attributionControl: false, maxPitch: 70,
    minZoom: 7, maxZoom: 17.5, dragRotate: false, pitchWithRotate: false, fadeDuration: 0, interactive: !props.still,
    localIdeographFontFamily: false, renderWorldCopies: false, locale: { "Map.Title": say("map") },
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  map.setPadding(padding);
  map.touchZoomRotate.disableRotation();
  map.fitBounds((first ?? base.bounds) as LngLatBoundsLike, { padding: roomOf(place), animate: false });
  new ResizeObserver(() => {
    map.resize();
    place.classList.toggle("narrow", inner.clientWidth < NARROW_PX);
  }).observe(place);
  return map;
}

function tell(place: HTMLElement, text: string): void {
  place.querySelector(".al-map-say")?.remove();
  const said = Object.assign(document.createElement("div"), { className: "al-map-say", textContent: text });
  said.setAttribute("role", "status");
  place.append(said);
  window.setTimeout(() => said.remove(), RETRY_S * 1_000);
}

async function layersOf(props: MapProps): Promise<LayerProps[]> {
  if (Array.isArray(props.layers)) return props.layers;
  if (!props.layers) return [];
  return (await json<{ layers: LayerProps[] }>(props.layers)).layers;
}

async function start(place: HTMLElement, props: MapProps): Promise<MapIsland | null> {
  const [base, layers] = await Promise.all([json<Base>(props.base ?? "/map/base.json"), layersOf(props)]);
  if (base.empty) {
    message(place, say("noDistrict"));
    return null;
  }
  await letters(base);
  let map: MapLibre;
  try {
    map = openMap(place, props, base);
  } catch {
    message(place, say("noWebgl"));
    return null;
  }
  await map.once("load");
  const colour = paletteOf(place);
  await supplyImages(map, colour);
  let panel: LayersPanel | null = null;
  const failed = (layer: LayerProps): void => {
    tell(place, say("notLoaded", { what: layer.word, n: RETRY_S }));
    window.setTimeout(() => marks.refresh(), RETRY_S * 1_000);
  };
  const marks: Marks = new Marks(map, layers, colour, () => panel?.show(), failed);
  panel = new LayersPanel(marks, colour);
  const kept = props.file ? remembered() : null;
  const asked = (props.on ?? kept ?? []).filter((key) => layers.some((layer) => layer.key === key));
  const on = asked.length || kept ? asked : layers.filter((layer) => layer.on).map((layer) => layer.key);
  const island = new MapIsland(place, props, base, map, marks, panel);
  (place as HTMLElement & { map?: MapLibre }).map = map;
  await marks.turnOn(on);
  if (typeof props.selected === "string") marks.ring(props.selected);
  if (!props.fit && !props.depth && !props.area) island.toEvent();
  island.settled();
  return island;
}

export function mount(place: HTMLElement, props: MapProps): { update: (props: MapProps) => void } {
  let island: MapIsland | null = null;
  let latest = props;
  const begin = (): void => {
    start(place, latest).then(
      (ready) => {
        island = ready;
        if (latest !== props) island?.update(latest);
      },
      (fault: unknown) => {
        console.warn("map", fault);
        message(place, say("notLoaded", { what: say("map"), n: RETRY_S }));
        window.setTimeout(() => {
          place.querySelector(".al-map-empty")?.remove();
          begin();
        }, RETRY_S * 1_000);
      },
    );
  };
  begin();
  return {
    update: (fresh) => {
      latest = fresh;
      island?.update(fresh);
    },
  };
}
