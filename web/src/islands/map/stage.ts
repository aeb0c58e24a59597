/* The water at rest at one stage, instead of the forecast's depth, while the stage slider is used. */
import type { ImageSource, Map as MapLibre } from "maplibre-gl";
import type { StageDetail } from "../stages";
import type { Theme } from "./base";

const BEFORE = "beds";
const ROOM_PX = 24;
const NEAR_ZOOM = 14;
const FORECAST = ["depth", "extent"];

/** Follow the stage slider of the page, if it has one. */
export function hearStages(map: MapLibre, theme: Theme, legend: (on: boolean) => void): void {
  document.addEventListener("stage", (event) => show(map, theme, legend, (event as CustomEvent<StageDetail | null>).detail));
  document.dispatchEvent(new CustomEvent("stage:ask"));
}

function show(map: MapLibre, theme: Theme, legend: (on: boolean) => void, detail: StageDetail | null): void {
  for (const id of FORECAST) {
    if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", detail ? "none" : "visible");
  }
  legend(detail !== null);
  if (!detail) {
    if (map.getLayer("stage")) map.removeLayer("stage");
    if (map.getSource("stage")) map.removeSource("stage");
    return;
  }
  const image = { url: `${detail.url}?theme=${theme}`, coordinates: detail.corners };
  const known = map.getSource<ImageSource>("stage");
  if (known) {
    known.updateImage(image);
    return;
  }
  map.addSource("stage", { type: "image", ...image });
  const [first, , third] = detail.corners;
  map.fitBounds([first[0], third[1], third[0], first[1]], { padding: ROOM_PX, maxZoom: NEAR_ZOOM, duration: 500 });
  map.addLayer({
    id: "stage", type: "raster", source: "stage",
    paint: { "raster-opacity": theme === "dark" ? 0.9 : 0.82, "raster-resampling": "nearest", "raster-fade-duration": 0 },
  }, BEFORE);
}
