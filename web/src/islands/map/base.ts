/* The ground: what /map/base.json says, turned into a MapLibre style without internet. */
import type { Feature, FeatureCollection, Geometry, LineString, MultiLineString, MultiPolygon, Polygon, Position } from "geojson";
import type { StyleSpecification } from "maplibre-gl";
import type { LonLat } from "../../props";
import type { Palette } from "../palette";

export type Bounds = [number, number, number, number];
export type Theme = "light" | "dark";

export interface Base {
  empty?: boolean;
  edition: string;
  code: string;
  name: string;
  schematic: boolean;
  bounds: Bounds;
  outline: Polygon | MultiPolygon;
  waters: { name: string; kind: string; line: LineString | MultiLineString; bed: Polygon | MultiPolygon | null }[];
  towns: { name: string; lon: number; lat: number }[];
  relief: { light: string; dark: string; corners: [LonLat, LonLat, LonLat, LonLat] } | null;
  terrain: { tiles: string; minzoom: number; maxzoom: number; bounds: Bounds } | null;
}

/** MapLibre takes the weight from the first name and the face from the first that exists. */
export const FONT_MEDIUM = ["Anlan Medium", "Noto Sans SC"];
export const FONT_BOLD = ["Anlan SemiBold", "Noto Sans SC"];

const WORLD: Position[] = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]];

export function collect(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}

export function feature(geometry: Geometry, properties: Record<string, unknown> = {}): Feature {
  return { type: "Feature", geometry, properties };
}

/** Everything outside the district, to be dimmed. */
function veil(outline: Polygon | MultiPolygon): Feature {
  const rings = outline.type === "Polygon" ? [outline.coordinates[0]] : outline.coordinates.map((part) => part[0]);
  return feature({ type: "Polygon", coordinates: [WORLD, ...rings.filter((ring) => ring !== undefined)] });
}

export function styleOf(base: Base, colour: Palette, theme: Theme): StyleSpecification {
  const waters = base.waters;
  const halo = { "text-halo-color": colour("map-halo"), "text-halo-width": 1.6 };
  const style: StyleSpecification = {
    version: 8,
    sources: {
      veil: { type: "geojson", data: veil(base.outline) },
      outline: { type: "geojson", data: feature(base.outline) },
      streams: {
        type: "geojson",
        data: collect(waters.map((w) => feature(w.line, { name: w.name, wide: w.bed !== null }))),
      },
      beds: { type: "geojson", data: collect(waters.flatMap((w) => (w.bed ? [feature(w.bed)] : []))) },
      towns: {
        type: "geojson",
        data: collect(base.towns.map((t) => feature({ type: "Point", coordinates: [t.lon, t.lat] }, { name: t.name }))),
      },
    },
    layers: [
      { id: "land", type: "background", paint: { "background-color": colour("map-land") } },
      { id: "veil", type: "fill", source: "veil", paint: { "fill-color": colour("map-veil"), "fill-antialias": false } },
      {
        id: "streams", type: "line", source: "streams", filter: ["!", ["get", "wide"]],
        layout: { "line-cap": "round", "line-join": "round" },
        paint: { "line-color": colour("map-water-line"), "line-width": ["interpolate", ["linear"], ["zoom"], 9, 0.6, 15, 2.4] },
      },
      { id: "beds", type: "fill", source: "beds", paint: { "fill-color": colour("map-water") } },
      { id: "banks", type: "line", source: "beds", paint: { "line-color": colour("map-water-line"), "line-width": 1 } },
      {
        id: "outline", type: "line", source: "outline", layout: { "line-join": "round" },
        paint: { "line-color": colour("map-border"), "line-opacity": theme === "dark" ? 0.62 : 0.8, "line-width": ["interpolate", ["linear"], ["zoom"], 9, 1.1, 14, 1.6] },
      },
      {
        id: "river-names", type: "symbol", source: "streams", minzoom: 10.5,
        filter: ["any", ["get", "wide"], [">=", ["zoom"], 13]],
        layout: {
          "symbol-placement": "line", "symbol-spacing": 340, "text-field": ["get", "name"], "text-font": FONT_MEDIUM,
          "text-size": ["case", ["get", "wide"], 16, 13], "text-letter-spacing": 0.3, "text-max-angle": 60, "text-padding": 4,
          "text-offset": ["interpolate", ["linear"], ["zoom"], 12, ["literal", [0, 0]], 14, ["literal", [0, 0.95]]],
        },
        paint: { "text-color": colour("map-water-label"), ...halo },
      },
      {
        id: "towns", type: "symbol", source: "towns",
        layout: {
          "text-field": ["get", "name"], "text-font": FONT_MEDIUM, "text-letter-spacing": 0.06, "text-padding": 6,
          "text-size": ["interpolate", ["linear"], ["zoom"], 9, 12, 12, 14, 15, 18],
        },
        paint: { "text-color": colour("map-label-2"), ...halo },
      },
    ],
  };
  if (base.relief) {
    style.sources.relief = { type: "image", url: base.relief[theme], coordinates: base.relief.corners };
    style.layers.splice(1, 0, { id: "relief", type: "raster", source: "relief", paint: { "raster-fade-duration": 0 } });
  }
  if (base.terrain) {
    style.sources.heights = {
      type: "raster-dem", tiles: [new URL(base.terrain.tiles, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}")],
      tileSize: 256, encoding: "terrarium", minzoom: base.terrain.minzoom, maxzoom: base.terrain.maxzoom, bounds: base.terrain.bounds,
    };
  }
  return style;
}

/** West, south, east, north of any GeoJSON. */
export function boundsOf(data: unknown): Bounds | null {
  let box: Bounds | null = null;
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) {
      if (value && typeof value === "object") {
        const node = value as Record<string, unknown>;
        for (const key of ["features", "geometry", "geometries", "coordinates"]) if (node[key]) walk(node[key]);
      }
      return;
    }
    const [x, y] = value as unknown[];
    if (typeof x === "number" && typeof y === "number") {
      box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
    } else for (const part of value as unknown[]) walk(part);
  };
  walk(data);
  return box;
}
