/* A forecast's water at the time that the slider says. */
import type { Map as MapLibre } from "maplibre-gl";
import type { DepthProps, WaterTilesProps as Source } from "../../props";
import type { TimelineDetail } from "../timeline";
import type { Palette } from "../palette";
import type { Theme } from "./base";
import { drawExtent } from "./depth";
import { NONE, Surface } from "./surface";
import type { Moment } from "./tiles";

/* So many kept times ahead are fetched while one is looked at. */
const AHEAD = 3;

export class Water {
  private readonly times: number[];
  private readonly surface: Surface;
  private wanted: number;
  private readonly hear = (event: Event): void => {
    const { at, greatest } = (event as CustomEvent<TimelineDetail>).detail;
    this.show(at, greatest === true);
  };

  constructor(
    private readonly map: MapLibre,
    readonly props: DepthProps,
    private readonly source: Source,
    colour: Palette,
    theme: Theme,
    private readonly changed: (shown: number | "most" | null) => void,
    at?: number,
  ) {
    this.times = props.frames.map((frame) => Date.parse(frame.at));
    this.wanted = at ?? (props.at ? Date.parse(props.at) : (this.times.at(-1) ?? 0));
    this.surface = new Surface(map, "depth", props.corners, source, colour, theme, (shown) => this.tell(shown));
    if (props.extent) drawExtent(map, props.extent, colour);
    this.show(this.wanted, false);
    document.addEventListener("timeline", this.hear);
    document.dispatchEvent(new CustomEvent("timeline:ask"));
  }

  /** The instant that is shown, to be kept when new water arrives. */
  get at(): number {
    return this.wanted;
  }

  remove(): void {
    document.removeEventListener("timeline", this.hear);
    this.surface.remove();
    if (this.map.getLayer("extent")) this.map.removeLayer("extent");
    if (this.map.getSource("extent")) this.map.removeSource("extent");
  }

  /** The last kept time that is not after the instant; before the first one the ground is dry. */
  private show(at: number, greatest: boolean): void {
    this.wanted = at;
    const index = this.times.findLastIndex((time) => time <= at + 1_000);
    const next = this.times.map((_, n) => n).slice(index + 1, index + 1 + AHEAD);
    this.surface.show(greatest ? this.source.greatest : this.momentOf(index), greatest ? [] : next.map((n) => this.momentOf(n)));
  }

  private momentOf(index: number): Moment {
    return this.props.frames[index]?.moment ?? (index < 0 ? NONE : index);
  }

  private tell(shown: Moment): void {
    this.map.getContainer().dataset.water = String(shown);
    if (shown === "most") return this.changed("most");
    const index = this.times.findIndex((_, n) => this.momentOf(n) === shown);
    this.changed(this.times[index] ?? null);
  }
}
