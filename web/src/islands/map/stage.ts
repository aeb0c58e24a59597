/* The water at rest at one stage, instead of the forecast's depth, while the stage slider is used. */
import type { Map as MapLibre } from "maplibre-gl";
import type { Palette } from "../palette";
import type { StageDetail } from "../stages";
import type { Theme } from "./base";
import { Surface } from "./surface";

const ROOM_PX = 24;
const NEAR_ZOOM = 14;
const FORECAST = ["depth", "extent"];

/** Follow the stage slider of the page, if it has one. */
export function hearStages(map: MapLibre, colour: Palette, theme: Theme, legend: (on: boolean) => void): void {
  let surface: Surface | null = null;
  const show = (detail: StageDetail | null): void => {
    for (const id of FORECAST) {
      if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", detail ? "none" : "visible");
    }
    legend(detail !== null);
    if (!detail) {
      surface?.remove();
      surface = null;
      delete map.getContainer().dataset.stage;
      return;
    }
    if (!surface) {
      surface = new Surface(map, "stage", detail.corners, detail.tiles, colour, theme, (shown) => {
        map.getContainer().dataset.stage = String(shown);
      });
      const [first, , third] = detail.corners;
      map.fitBounds([first[0], third[1], third[0], first[1]], { padding: ROOM_PX, maxZoom: NEAR_ZOOM, duration: 500 });
    }
    surface.show(detail.stage, detail.next);
  };
  document.addEventListener("stage", (event) => show((event as CustomEvent<StageDetail | null>).detail));
  document.dispatchEvent(new CustomEvent("stage:ask"));
}
