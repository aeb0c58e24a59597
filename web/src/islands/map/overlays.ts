/* What lies on the ground beside layers and depth: an alert's area, a way on foot, a ring around. */
import type { Feature, GeoJSON, LineString } from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { LonLat, MapProps } from "../../props";
import type { Palette } from "../palette";
import { collect, feature, FONT_BOLD } from "./base";

const EARTH_M = 6_371_008.8;

export function drawArea(map: MapLibre, area: GeoJSON | string, level: number, colour: Palette): void {
  const known = map.getSource<GeoJSONSource>("alert-area");
  if (known) {
    known.setData(area);
    return;
  }
  map.addSource("alert-area", { type: "geojson", data: area });
  map.addLayer({ id: "alert-area-fill", type: "fill", source: "alert-area", paint: { "fill-color": colour(`alert-${level}`), "fill-opacity": 0.14 } }, "streams");
  map.addLayer({ id: "alert-area", type: "line", source: "alert-area", layout: { "line-join": "round" }, paint: { "line-color": colour(`alert-${level}`), "line-width": 2.4 } }, "towns");
}

export function drawWay(map: MapLibre, way: NonNullable<MapProps["way"]>, colour: Palette): void {
  const line: Feature<LineString> = { type: "Feature", geometry: { type: "LineString", coordinates: way.line }, properties: {} };
  const [from, to] = [way.line[0], way.line.at(-1)];
  const ends = [
    ...(from ? [feature({ type: "Point", coordinates: from }, { name: way.from ?? "", home: true })] : []),
    ...(to ? [feature({ type: "Point", coordinates: to }, { name: way.to ?? "", home: false, image: "square|tent|goal|28|" })] : []),
  ];
  const round = { "line-cap": "round", "line-join": "round" } as const;
  map.addSource("way", { type: "geojson", data: line });
  map.addSource("way-ends", { type: "geojson", data: collect(ends) });
  map.addLayer({ id: "way-edge", type: "line", source: "way", layout: round, paint: { "line-color": colour("surface"), "line-width": 9 } });
  map.addLayer({ id: "way", type: "line", source: "way", layout: round, paint: { "line-color": colour("jade"), "line-width": 5 } });
  map.addLayer({
    id: "way-home", type: "circle", source: "way-ends", filter: ["get", "home"],
    paint: { "circle-radius": 8, "circle-color": colour("ink"), "circle-stroke-color": colour("surface"), "circle-stroke-width": 3 },
  });
  map.addLayer({
    id: "way-ends", type: "symbol", source: "way-ends",
    layout: {
      "icon-image": ["coalesce", ["get", "image"], ""], "icon-allow-overlap": true, "text-field": ["get", "name"], "text-font": FONT_BOLD, "text-size": 15,
      "text-variable-anchor": ["left", "right", "bottom", "top"], "text-radial-offset": 1.2, "text-optional": true,
    },
    paint: { "text-color": colour("map-label"), "text-halo-color": colour("map-halo"), "text-halo-width": 1.8 },
  });
}

/** A circle on the ground: points `km` away from the centre. */
function circle([lon, lat]: LonLat, km: number): Feature {
  const angle = (km * 1000) / EARTH_M;
  const phi = (lat * Math.PI) / 180;
  const ring = Array.from({ length: 97 }, (_, i) => {
    const bearing = (i / 96) * 2 * Math.PI;
    const there = Math.asin(Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(bearing));
    const across = Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(phi), Math.cos(angle) - Math.sin(phi) * Math.sin(there));
    return [lon + (across * 180) / Math.PI, (there * 180) / Math.PI];
  });
  return feature({ type: "LineString", coordinates: ring });
}

export function drawRing(map: MapLibre, centre: LonLat | null, km: number, colour: Palette): void {
  const data = collect(centre ? [...(km ? [circle(centre, km)] : []), feature({ type: "Point", coordinates: centre })] : []);
  const known = map.getSource<GeoJSONSource>("ring");
  if (known) {
    known.setData(data);
    return;
  }
  map.addSource("ring", { type: "geojson", data });
  map.addLayer({ id: "ring", type: "line", source: "ring", paint: { "line-color": colour("jade"), "line-width": 2 } });
  map.addLayer({
    id: "ring-centre", type: "circle", source: "ring", filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-radius": 5, "circle-color": colour("jade"), "circle-stroke-color": colour("surface"), "circle-stroke-width": 2 },
  });
}
