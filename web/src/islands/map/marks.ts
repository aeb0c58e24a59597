/* The layers on the map: fetched, merged, clustered, drawn, and asked again when something happened. */
import type { Feature, FeatureCollection, Point } from "geojson";
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre, MapGeoJSONFeature } from "maplibre-gl";
import type { LayerProps, MarkProperties } from "../../props";
import type { Palette } from "../palette";
import { collect, FONT_BOLD, FONT_MEDIUM } from "./base";
import { imageName } from "./glyphs";

const REFRESH_MS = 2_500;
const CLUSTER_PX = 46;
const CLUSTER_TO_ZOOM = 12;
const SINGLES = ["own-marks", "marks"];

type Mark = Feature<Point, MarkProperties>;

export interface Chosen {
  properties: MarkProperties;
  at: [number, number];
}

function isPoint(layer: LayerProps): boolean {
  return layer.family !== "area" && layer.family !== "line";
}

/** What stays visible whatever the zoom: part of the event, or over an orange or red threshold. */
function staysOut(mark: MarkProperties): boolean {
  return mark.involved === true || (mark.level ?? 9) <= 2;
}

export class Marks {
  private readonly data = new Map<string, FeatureCollection>();
  private readonly on = new Set<string>();
  private refreshed = 0;
  private waiting = 0;
  chosen: Chosen | null = null;
  /** A mark that was ringed by its code never hides in a cluster. */
  private kept = "";

  constructor(
    private readonly map: MapLibre,
    readonly layers: LayerProps[],
    private readonly colour: Palette,
    private readonly heard: () => void,
    private readonly failed: (layer: LayerProps) => void,
  ) {
    this.draw();
  }

  isOn(key: string): boolean {
    return this.on.has(key);
  }

  count(key: string): number | null {
    return this.data.get(key)?.features.length ?? null;
  }

  async turn(key: string, on: boolean): Promise<void> {
    if (on) this.on.add(key);
    else this.on.delete(key);
    const layer = this.layers.find((one) => one.key === key);
    if (on && layer && !this.data.has(key)) await this.load(layer);
    this.show();
  }

  async turnOn(keys: string[]): Promise<void> {
    for (const key of keys) this.on.add(key);
    await Promise.all(this.layers.filter((layer) => keys.includes(layer.key)).map((layer) => this.load(layer)));
    this.show();
  }

  /** Something happened: ask again for what is on, at most every 2.5 s. */
  refresh(): void {
    window.clearTimeout(this.waiting);
    const wait = Math.max(0, this.refreshed + REFRESH_MS - performance.now());
    this.waiting = window.setTimeout(async () => {
      this.refreshed = performance.now();
      await Promise.all(this.layers.filter((layer) => this.on.has(layer.key)).map((layer) => this.load(layer)));
      this.show();
    }, wait);
  }

  choose(chosen: Chosen | null): void {
    this.chosen = chosen;
    const point: Feature[] = chosen
      ? [{ type: "Feature", geometry: { type: "Point", coordinates: chosen.at }, properties: chosen.properties }]
      : [];
    this.source("chosen")?.setData(collect(point));
  }

  /** Ring the mark of a code, where it is on the map. */
  ring(code: string): void {
    const mark = this.marks().find((one) => one.properties.code === code);
    if (!mark) return;
    this.kept = code;
    this.show();
    this.choose({ properties: mark.properties, at: mark.geometry.coordinates as [number, number] });
  }

  /** Marks of the layers that are on, for going to the event. */
  involved(): Mark[] {
    return this.marks().filter((mark) => staysOut(mark.properties));
  }

  at(point: { x: number; y: number }): MapGeoJSONFeature | null {
    const { x, y } = point;
    const box: [[number, number], [number, number]] = [[x - 6, y - 6], [x + 6, y + 6]];
    return this.map.queryRenderedFeatures(box, { layers: [...SINGLES, "clusters"] })[0] ?? null;
  }

  private async load(layer: LayerProps): Promise<void> {
    try {
      const answer = await fetch(layer.url, { headers: { Accept: "application/geo+json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.data.set(layer.key, (await answer.json()) as FeatureCollection);
    } catch {
      this.failed(layer);
    }
  }

  private source(name: string): GeoJSONSource | undefined {
    return this.map.getSource<GeoJSONSource>(name);
  }

  private marks(): Mark[] {
    return this.layers.filter((layer) => isPoint(layer) && this.on.has(layer.key)).flatMap((layer) =>
      (this.data.get(layer.key)?.features ?? []).map((one) => {
        const mark = one as Mark;
        const p = mark.properties;
        const state = p.level ? String(p.level) : p.heat ? `heat${p.heat}` : p.risk ? `risk${p.risk}` : p.stale ? "stale" : p.tone === "done" ? "goal" : "plain";
        const image = imageName({ family: layer.family, icon: layer.icon, state, big: p.involved === true, late: p.late === true });
        return { ...mark, properties: { ...p, layer: layer.key, image, worst: p.level ?? 9, first: this.order(p) } } as Mark;
      }),
    );
  }

  /** Label order (ui.md 6): the event's station, what is involved, the rest. */
  private order(p: MarkProperties): number {
    if (p.level && p.involved) return 0;
    return p.involved ? 1 : p.level ? 1 + p.level : p.late ? 6 : 7;
  }

  private out(mark: Mark): boolean {
    return staysOut(mark.properties) || mark.properties.code === this.kept;
  }

  private show(): void {
    const marks = this.marks();
    this.source("own-marks")?.setData(collect(marks.filter((mark) => this.out(mark))));
    this.source("marks")?.setData(collect(marks.filter((mark) => !this.out(mark))));
    for (const layer of this.layers.filter((one) => !isPoint(one))) {
      const shown = this.on.has(layer.key) ? this.data.get(layer.key)?.features : [];
      this.source(`shapes-${layer.key}`)?.setData(collect(shown ?? []));
    }
    this.heard();
  }

  private draw(): void {
    const { map, colour } = this;
    const none = collect([]);
    for (const layer of this.layers.filter((one) => !isPoint(one))) this.drawShape(layer);
    map.addSource("marks", {
      type: "geojson", data: none, cluster: true, clusterRadius: CLUSTER_PX, clusterMaxZoom: CLUSTER_TO_ZOOM,
      clusterProperties: { worst: ["min", ["get", "worst"]] },
    });
    map.addSource("own-marks", { type: "geojson", data: none });
    map.addSource("chosen", { type: "geojson", data: none });
    // From below: names of the event's marks, clusters, marks, the event's marks. What is above is
    // placed first, so a name gives way to every mark and every cluster.
    this.drawNames("own-marks", true);
    this.drawNames("marks", false);
    this.drawClusters();
    this.drawMarks("marks");
    map.addLayer({
      id: "chosen", type: "circle", source: "chosen",
      paint: { "circle-radius": 19, "circle-color": "transparent", "circle-stroke-color": colour("ink"), "circle-stroke-width": 2 },
    });
    this.drawMarks("own-marks");
  }

  private drawShape(layer: LayerProps): void {
    const source = `shapes-${layer.key}`;
    this.map.addSource(source, { type: "geojson", data: collect([]) });
    // An alert's area takes its level, a forecast's water its depth class, anything else a thin line.
    const kinds = (level: (n: number) => string, depth: (n: number) => string, plain: string | number): ExpressionSpecification =>
      ["case",
        ["has", "level"], ["match", ["get", "level"], 1, level(1), 2, level(2), 3, level(3), 4, level(4), plain],
        ["has", "class"], ["match", ["get", "class"], 0, depth(1), 1, depth(2), 2, depth(3), 3, depth(4), 4, depth(5), plain],
        ["has", "tone"], ["match", ["get", "tone"], "wait", this.colour("wait"), "doing", this.colour("doing"), "done", this.colour("done"), "stop", this.colour("stopped"), this.colour("map-marker")],
        plain] as unknown as ExpressionSpecification;
    const level = (n: number): string => this.colour(`alert-${n}`);
    const depth = (n: number): string => this.colour(`depth-${n}`);
    if (layer.family === "area") {
      const opacity = ["case", ["has", "class"], 0.82, ["has", "level"], 0.12, 0.04] as unknown as ExpressionSpecification;
      this.map.addLayer({ id: `${source}-fill`, type: "fill", source, paint: { "fill-color": kinds(level, depth, this.colour("map-border")), "fill-opacity": opacity, "fill-antialias": false } }, "beds");
    }
    const dashed = layer.key.endsWith("_areas") ? { "line-dasharray": [5, 4] } : {};
    const width = ["case", ["has", "level"], 2.4, ["has", "tone"], 4, ["has", "class"], 0, 1.2] as unknown as ExpressionSpecification;
    this.map.addLayer({ id: `${source}-line`, type: "line", source, paint: { "line-color": kinds(level, depth, this.colour("map-border-2")), "line-width": width, ...dashed } }, "outline");
    this.map.addLayer({
      id: `${source}-name`, type: "symbol", source, minzoom: layer.family === "area" ? 12.5 : 14,
      layout: { "text-field": ["coalesce", ["get", "label"], ["get", "name"], ""], "text-font": FONT_MEDIUM, "text-size": 12, "symbol-placement": layer.family === "line" ? "line" : "point", "text-padding": 4 },
      paint: { "text-color": this.colour("map-label-2"), "text-halo-color": this.colour("map-halo"), "text-halo-width": 1.5 },
    });
  }

  private drawClusters(): void {
    const { colour } = this;
    const byWorst = (plain: string, level: (n: number) => string): ExpressionSpecification =>
      ["match", ["get", "worst"], 1, level(1), 2, level(2), 3, level(3), 4, level(4), plain] as unknown as ExpressionSpecification;
    this.map.addLayer({
      id: "clusters", type: "circle", source: "marks", filter: ["has", "point_count"],
      paint: {
        "circle-radius": ["step", ["get", "point_count"], 12, 10, 14, 50, 17, 200, 20],
        "circle-color": byWorst(colour("map-marker"), (n) => colour(`alert-${n}`)),
        "circle-stroke-color": colour("map-marker-ink"), "circle-stroke-opacity": 0.6, "circle-stroke-width": 1,
      },
    });
    this.map.addLayer({
      id: "cluster-counts", type: "symbol", source: "marks", filter: ["has", "point_count"],
      layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT_BOLD, "text-size": 12, "text-allow-overlap": true, "text-padding": 9 },
      paint: { "text-color": byWorst(colour("map-marker-ink"), (n) => colour(`alert-${n}-on`)) },
    });
  }

  private drawMarks(source: string): void {
    this.map.addLayer({
      id: source, type: "symbol", source, filter: ["!", ["has", "point_count"]],
      layout: { "icon-image": ["get", "image"], "icon-allow-overlap": true, "icon-padding": 0, "symbol-sort-key": ["-", 10, ["get", "first"]] },
    });
  }

  private drawNames(source: string, own: boolean): void {
    const { colour } = this;
    const name: ExpressionSpecification = ["coalesce", ["get", "label"], ["get", "name"]];
    const words: ExpressionSpecification = own
      ? ["case", ["has", "sub"], ["concat", name, "\n", ["get", "sub"]], name]
      : ["step", ["zoom"], "", 14, name];
    this.map.addLayer({
      id: `${source}-names`, type: "symbol", source, filter: ["!", ["has", "point_count"]],
      layout: {
        "symbol-sort-key": ["get", "first"],
        "text-field": words, "text-font": own ? FONT_BOLD : FONT_MEDIUM, "text-size": own ? 14 : 12.5,
        "text-variable-anchor": ["left", "right", "bottom", "top"], "text-radial-offset": own ? 1.6 : 1.5,
        "text-justify": "auto", "text-max-width": 12, "text-line-height": 1.25,
      },
      paint: {
        "text-color": ["case", ["==", ["get", "stale"], true], colour("stale"), colour("map-label")] as unknown as ExpressionSpecification,
        "text-halo-color": colour("map-halo"), "text-halo-width": 1.6,
      },
    });
  }
}
