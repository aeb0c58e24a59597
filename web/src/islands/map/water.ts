/* A forecast's water from the tiles of its result store: classes of depth laid flat on the map, and
   in 3D the water's own surface, a mesh of its levels over the ground, which hides what lies under
   it and is hidden by what stands before it. */
import { type CustomLayerInterface, type CustomRenderMethodInput, type Map as MapLibre, MercatorCoordinate } from "maplibre-gl";
import type { DepthProps } from "../../props";
import type { TimelineDetail } from "../timeline";
import type { Palette } from "../palette";
import type { Theme } from "./base";
import { drawExtent } from "./depth";
import { Mesh } from "./mesh";
import { type Key, keyOf, type Moment, type Tile, tilesIn, WaterTiles } from "./tiles";

const FLAT_BEFORE = "beds";
const RAISED_BEFORE = "river-names";
const CLASSES = 5;
/* The map draws the ground coarser than it is, the more so the farther one looks from; so much is
   the water favoured (metres), that no corner of the ground hides shallow water on a slope. */
const LIFT_M = { least: 6, most: 40, zoom: 13 };

export class Water {
  private readonly times: number[];
  private readonly tiles: WaterTiles;
  private readonly layer: CustomLayerInterface;
  private mesh: Mesh | null = null;
  private drawn: Key[] = [];
  private wanted: number;
  private moment: Moment = 0;
  private gone = false;
  private readonly hear = (event: Event): void => {
    const { at, greatest } = (event as CustomEvent<TimelineDetail>).detail;
    this.show(at, greatest === true);
  };
  private readonly raise = (): void => {
    if (this.map.getLayer("depth")) this.map.moveLayer("depth", this.map.getTerrain() ? RAISED_BEFORE : FLAT_BEFORE);
  };

  constructor(
    private readonly map: MapLibre,
    readonly props: DepthProps,
    source: NonNullable<DepthProps["tiles"]>,
    private readonly colour: Palette,
    private readonly theme: Theme,
    private readonly changed: (greatest: boolean) => void,
    at?: number,
  ) {
    this.times = props.frames.map((frame) => Date.parse(frame.at));
    this.tiles = new WaterTiles(source, () => map.triggerRepaint());
    this.wanted = at ?? (props.at ? Date.parse(props.at) : (this.times.at(-1) ?? 0));
    this.layer = {
      id: "depth", type: "custom", renderingMode: "3d",
      onAdd: (_map, gl) => {
        this.mesh = new Mesh(gl as WebGL2RenderingContext);
      },
      onRemove: (_map, gl) => {
        this.tiles.forget(gl as WebGL2RenderingContext);
        this.mesh?.remove();
      },
      render: (gl, given) => this.render(gl as WebGL2RenderingContext, given),
    };
    map.addLayer(this.layer, map.getTerrain() ? RAISED_BEFORE : FLAT_BEFORE);
    if (props.extent) drawExtent(map, props.extent, colour);
    map.on("terrain", this.raise);
    this.show(this.wanted, false);
    document.addEventListener("timeline", this.hear);
    document.dispatchEvent(new CustomEvent("timeline:ask"));
  }

  /** The instant that is shown, to be kept when new water arrives. */
  get at(): number {
    return this.wanted;
  }

  remove(): void {
    this.gone = true;
    document.removeEventListener("timeline", this.hear);
    this.map.off("terrain", this.raise);
    for (const id of ["depth", "extent"]) {
      if (this.map.getLayer(id)) this.map.removeLayer(id);
      if (this.map.getSource(id)) this.map.removeSource(id);
    }
  }

  /** The last kept time that is not after the instant; before the first one the ground is dry. */
  private show(at: number, greatest: boolean): void {
    this.wanted = at;
    const before = this.moment;
    this.moment = greatest ? "most" : this.times.findLastIndex((time) => time <= at + 1_000);
    if ((before === "most") !== greatest) this.changed(greatest);
    this.map.triggerRepaint();
  }

  /** Tiles in view; the next time's as well, so that playing does not wait for them. */
  private render(gl: WebGL2RenderingContext, given: CustomRenderMethodInput): void {
    if (this.gone || !this.mesh) return;
    const view = tilesIn(this.map, this.props.corners, this.tiles.source);
    const asked = this.moment === -1 ? [] : view.map((tile) => keyOf(this.moment, tile));
    const ready = view.every((tile) => this.tiles.ask(gl, "most", tile)) && view.every((tile) => this.moment === -1 || this.tiles.ask(gl, this.moment, tile));
    if (ready) {
      this.drawn = asked;
      this.map.getContainer().dataset.water = String(this.moment);
      if (typeof this.moment === "number" && this.moment + 1 < this.times.length) {
        for (const tile of view) this.tiles.ask(gl, this.moment + 1, tile);
      }
    }
    this.draw(gl, given);
    this.tiles.trim(gl, new Set([...this.drawn, ...asked]));
  }

  private draw(gl: WebGL2RenderingContext, given: CustomRenderMethodInput): void {
    const terrain = this.map.getTerrain();
    const metre = MercatorCoordinate.fromLngLat(this.map.getCenter(), 1).z;
    this.mesh?.begin({
      exaggeration: terrain ? (terrain.exaggeration ?? 1) : 0,
      lift: Math.min(Math.max(LIFT_M.least * 2 ** (LIFT_M.zoom - this.map.getZoom()), LIFT_M.least), LIFT_M.most),
      opacity: this.theme === "dark" ? 0.9 : 0.82,
      colours: [...Array.from({ length: CLASSES }, (_, n) => this.colour(`depth-${n + 1}`)), this.colour("map-water")],
    });
    for (const key of this.drawn) {
      const found = this.tiles.texture(key);
      if (found) this.mesh?.draw(found.texture, matrixOf(given.defaultProjectionData.mainMatrix as ArrayLike<number>, found.tile, metre));
    }
    this.mesh?.end(gl);
  }
}

/** From a tile's own square and metres of height to the screen. In double precision until here:
    the world in single floats is two metres coarse. */
function matrixOf(main: ArrayLike<number>, tile: Tile, metre: number): Float32Array {
  const size = 1 / 2 ** tile.z;
  const [left, top] = [tile.x * size, tile.y * size];
  const made = new Float32Array(16);
  for (let row = 0; row < 4; row++) {
    const [a, b, c, d] = [main[row] ?? 0, main[4 + row] ?? 0, main[8 + row] ?? 0, main[12 + row] ?? 0];
    made[row] = a * size;
    made[4 + row] = b * size;
    made[8 + row] = c * metre;
    made[12 + row] = a * left + b * top + d;
  }
  return made;
}
