/* Depth of water over the ground: one picture a frame, shown as the timeline says; 90 % extent
   dotted. Pictures are drawn to one canvas, so that stepping through time never flickers. */
import type { CanvasSource, Map as MapLibre } from "maplibre-gl";
import type { DepthProps } from "../../props";
import type { TimelineDetail } from "../timeline";
import type { Palette } from "../palette";
import type { Theme } from "./base";

const BEFORE = "beds";

function addressOf(url: string, theme: Theme): string {
  return `${url}${url.includes("?") ? "&" : "?"}theme=${theme}`;
}

async function picture(url: string): Promise<ImageBitmap | null> {
  try {
    const answer = await fetch(url);
    return answer.ok ? await createImageBitmap(await answer.blob()) : null;
  } catch {
    return null;
  }
}

/* From farther away the dots of an extent would lie as far apart as it is wide, and look like lone
   pools: it is a fine line there. */
const DOTS_FROM_ZOOM = 12;

/** The 90 % extent, dotted. */
export function drawExtent(map: MapLibre, extent: string, colour: Palette): void {
  map.addSource("extent", { type: "geojson", data: extent });
  map.addLayer({
    id: "extent", type: "line", source: "extent", layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour("depth-band"),
      "line-width": ["step", ["zoom"], 0.8, DOTS_FROM_ZOOM, 1.8],
      "line-opacity": ["step", ["zoom"], 0.55, DOTS_FROM_ZOOM, 1],
      "line-dasharray": ["step", ["zoom"], ["literal", [1]], DOTS_FROM_ZOOM, ["literal", [0.01, 2.6]]],
    },
  }, "outline");
}

export class Depth {
  private readonly canvas = document.createElement("canvas");
  private readonly times: number[];
  private readonly pictures = new Map<number, Promise<ImageBitmap | null>>();
  private shown = Number.NaN;
  private wanted: number;
  private gone = false;
  private readonly hear = (event: Event): void => {
    this.show((event as CustomEvent<TimelineDetail>).detail.at);
  };

  constructor(
    private readonly map: MapLibre,
    readonly props: DepthProps,
    private readonly colour: Palette,
    private readonly theme: Theme,
    at?: number,
  ) {
    this.times = props.frames.map((frame) => Date.parse(frame.at));
    this.size(1, 1);
    this.draw();
    this.wanted = at ?? (props.at ? Date.parse(props.at) : (this.times.at(-1) ?? 0));
    this.show(this.wanted);
    document.addEventListener("timeline", this.hear);
    document.dispatchEvent(new CustomEvent("timeline:ask"));
    void this.preload();
  }

  /** The instant that is shown, to be kept when new frames arrive. */
  get at(): number {
    return this.wanted;
  }

  remove(): void {
    this.gone = true;
    document.removeEventListener("timeline", this.hear);
    for (const id of ["depth", "extent"]) {
      if (this.map.getLayer(id)) this.map.removeLayer(id);
      if (this.map.getSource(id)) this.map.removeSource(id);
    }
  }

  private draw(): void {
    this.map.addSource("depth", { type: "canvas", canvas: this.canvas, coordinates: this.props.corners, animate: false });
    this.map.addLayer({
      id: "depth", type: "raster", source: "depth",
      paint: { "raster-opacity": this.theme === "dark" ? 0.9 : 0.82, "raster-resampling": "nearest", "raster-fade-duration": 0 },
    }, BEFORE);
    if (this.props.extent) drawExtent(this.map, this.props.extent, this.colour);
  }

  /** Room for a picture. MapLibre draws a canvas whose sides are one power of two black (it expects
      mipmaps there), so a square one is drawn at twice its width. */
  private size(width: number, height: number): void {
    const wide = width === height ? 2 * width : width;
    if (this.canvas.width !== wide) this.canvas.width = wide;
    if (this.canvas.height !== height) this.canvas.height = height;
  }

  private load(index: number): Promise<ImageBitmap | null> {
    let known = this.pictures.get(index);
    const frame = this.props.frames[index];
    if (!known && frame?.url) {
      known = picture(addressOf(frame.url, this.theme));
      this.pictures.set(index, known);
    }
    return known ?? Promise.resolve(null);
  }

  private async preload(): Promise<void> {
    for (let i = 0; i < this.times.length && !this.gone; i += 2) await Promise.all([this.load(i), this.load(i + 1)]);
  }

  /** The last frame that is not after the instant; before the first one the ground is dry. */
  private show(at: number): void {
    this.wanted = at;
    const index = this.times.findLastIndex((time) => time <= at + 1_000);
    if (index === this.shown) return;
    this.shown = index;
    void this.load(index).then((image) => {
      if (this.gone || this.shown !== index) return;
      if (image) this.size(image.width, image.height);
      const pen = this.canvas.getContext("2d");
      if (!pen) return;
      pen.imageSmoothingEnabled = false;
      pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
      if (image) pen.drawImage(image, 0, 0, this.canvas.width, this.canvas.height);
      const source = this.map.getSource<CanvasSource>("depth");
      // Playing for one moment uploads the canvas once.
      source?.play();
      source?.pause();
      this.map.triggerRepaint();
    });
  }
}
