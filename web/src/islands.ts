/* The islands, each loaded only where a page has one. */
import type { Islands } from "./mount";

export const ISLANDS: Islands = {
  map: () => import("./islands/map/map"),
  hydrograph: () => import("./islands/hydrograph"),
  bars: () => import("./islands/bars"),
  camera: () => import("./islands/camera"),
  timeline: () => import("./islands/timeline"),
  fieldwork: () => import("./islands/fieldwork/fieldwork"),
  stages: () => import("./islands/stages"),
  waterwords: () => import("./islands/waterwords"),
};
