/* What each island is given by the server ({% island "name" props %}), as JSON.

   Times are ISO 8601 with offset; stages are metres in the named datum; positions are [lon, lat]
   (CGCS2000). A missing value in a series is null: a gap stays a gap. */

import type { GeoJSON } from "geojson";

export type LonLat = [number, number];

/** What a map layer's feature may carry in its properties (see vocabulary/layers.py). */
export interface MarkProperties {
  code: string;
  kind: string;
  name: string;
  link?: string;
  schematic?: boolean;
  /** 1–4: over a threshold of that level; the mark takes the level's fill. */
  level?: 1 | 2 | 3 | 4 | null;
  stale?: boolean;
  late?: boolean;
  /** 1–3: a satellite hotspot by its age; the mark takes the heat fill. */
  heat?: 1 | 2 | 3;
  /** 1–4: a risk point by its level; the mark takes the quieter risk fill. */
  risk?: 1 | 2 | 3 | 4;
  /** How far the work is, as the pills say it: a line takes its colour, a mark that is done is filled. */
  tone?: "wait" | "doing" | "done" | "stop" | "plain";
  /** Part of the event: larger, labelled, never in a cluster. */
  involved?: boolean;
  /** Words beside the mark, and a second line. */
  label?: string;
  sub?: string;
}

/** One line across the hydrograph. `level` 1–4 draws it in that level's text colour. */
export interface Threshold {
  word: string;
  value: number;
  dashed?: boolean;
  level?: 1 | 2 | 3 | 4;
}

export interface CameraProps {
  /** Address of the HLS playlist. */
  hls: string;
  /** Words for when the stream is away. */
  away: string;
}

export interface HydrographProps {
  /** Word of the datum shown on the axis: 吴淞, 黄海. */
  datum?: string;
  unit?: string;
  now?: string;
  observed: { at: string[]; value: (number | null)[] };
  /** Points that a check found suspect, or that were judged wrong (not in `observed`). */
  flagged?: { at: string; value: number; word: string; wrong: boolean }[];
  forecast?: {
    issued_at?: string;
    at: string[];
    stage: (number | null)[];
    low50?: (number | null)[];
    high50?: (number | null)[];
    low90?: (number | null)[];
    high90?: (number | null)[];
  } | null;
  crest?: { at: string; value: number } | null;
  thresholds?: Threshold[];
  rain?: { at: string[]; value: (number | null)[] } | null;
  /** Shown period; the data's own extent by default. */
  since?: string;
  until?: string;
  /** Height in CSS pixels; on the wall the panel decides. */
  height?: number;
  /** No key, no table, short labels: for a narrow panel. */
  compact?: boolean;
  title?: string;
}

/** A slider over the frames of a forecast. It tells maps by the event `timeline` on the document. */
export interface TimelineProps {
  frames: string[];
  now: string;
  value?: string;
  /** When the forecast was issued: times are said from there as well. */
  issued?: string;
  /** Offers the greatest water beside the times. */
  greatest?: boolean;
  marks?: { at: string; word: string }[];
}

/** The slider's water in words: depth and level by community. */
export interface WaterWordsProps {
  url: string;
}

/** Tiles of water: {url}{moment}/{z}/{x}/{y}.png?v={version}. */
export interface WaterTilesProps {
  url: string;
  version: number;
  minzoom: number;
  maxzoom: number;
  /** The moment of the greatest water: where that is dry, every other is. */
  greatest: "most" | number;
}

/** The water at rest at any stage of a gauge. */
export interface StagesProps {
  name: string;
  done: number;
  total: number;
  lowest?: number;
  highest?: number;
  /** The stage now, metres of `datum`. */
  value?: number | null;
  datum?: string;
  /** A second datum: `add` is added to the stage. */
  second?: { datum: string; add: number } | null;
  corners?: [LonLat, LonLat, LonLat, LonLat];
  /** The water at each stage, by its centimetres; none while the library is still being made. */
  tiles?: WaterTilesProps;
}

export interface DepthProps {
  /** Which water at which time: its moment among the tiles, its own number unless said, or, where
      there are no tiles, one PNG, transparent where dry; `?theme=` is added. */
  frames: { at: string; moment?: number; url?: string }[];
  /** Corners of every frame: top left, top right, bottom right, bottom left. */
  corners: [LonLat, LonLat, LonLat, LonLat];
  /** GeoJSON address of the 90 % extent, drawn as a dotted line. */
  extent?: string | null;
  /** Shown first; the last frame before it is drawn. */
  at?: string;
  /** True when the frames are one picture of greatest depth. */
  greatest?: boolean;
  tiles?: WaterTilesProps;
}

export interface LayerProps {
  key: string;
  word: string;
  family: "circle" | "diamond" | "square" | "area" | "line";
  icon: string;
  group?: string;
  on?: boolean;
  /** Address that answers a GeoJSON FeatureCollection. */
  url: string;
}

export interface MapProps {
  /** Layers to offer: an address answering {"layers": LayerProps[]}, or the layers themselves. */
  layers?: string | LayerProps[];
  /** Keys that are on at first; a layer's own `on` otherwise. */
  on?: string[];
  base?: string;
  theme?: "light" | "dark";
  depth?: DepthProps | null;
  /** Opens in 3D, where the screen is no phone's. */
  raised?: boolean;
  /** The area of an alert: GeoJSON or its address, in the colour of its level. */
  area?: GeoJSON | string | null;
  area_level?: 1 | 2 | 3 | 4;
  /** [west, south, east, north] to go to at first, or "district". */
  fit?: [number, number, number, number] | "district" | "extent";
  tools?: boolean;
  legend?: boolean;
  inset?: boolean;
  /** A picture, not an instrument: no dragging, no tools (public phone page). */
  still?: boolean;
  /** A way on foot with its two ends. */
  way?: { line: LonLat[]; from?: string; to?: string } | null;
  /** CSS selector of the element that receives a thing's file when its mark is clicked: the part
      of its page under [data-file], or its main part. Without it a small card opens on the map. */
  file?: string;
  /** Search and around-here (the one map page): addresses. */
  search?: string;
  around?: string;
  /** A click says where: the event `picked` with [lon, lat], and a dot there. `at`: the dot at first. */
  pick?: { at?: LonLat | null } | null;
  /** A line is drawn into the textarea of this id, at most so many points; `word`: what it is called. */
  draw?: { field: string; most: number; word: string } | null;
  /** The thing that is selected at first; or the code of a mark, which is only ringed. */
  selected?: { code: string; name: string; lon: number; lat: number; link: string } | string | null;
}

export interface BarsProps {
  /** One a group of bars, e.g. a month. */
  labels: string[];
  /** At most four; values in the order of the labels. */
  series: { name: string; values: number[] }[];
}

/** Checking on site: addresses of the page, of what it takes along and of what it sends to. */
export interface FieldworkProps {
  page: string;
  pack: string;
  session: string;
  checks: string;
  photos: string;
  meetings: string;
  quizzes: string;
  patrols: string;
  patrol_photos: string;
  dangers: string;
  rectifications: string;
  danger_photos: string;
  worker: string;
  login: string;
  desk: string;
}

export interface Props {
  map: MapProps;
  bars: BarsProps;
  hydrograph: HydrographProps;
  timeline: TimelineProps;
  stages: StagesProps;
  waterwords: WaterWordsProps;
  camera: CameraProps;
  fieldwork: FieldworkProps;
}

export type IslandName = keyof Props;
