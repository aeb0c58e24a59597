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
import { meet, partOf, type Square, squaresIn, tileOf } from "./squares";
import { keyOf, type Moment, type Tile, WaterTiles } from "./tiles";

const FLAT_BEFORE = "beds";
const RAISED_BEFORE = "river-names";
const CLASSES = 5;
/* So many kept times ahead are fetched while one is looked at. */
const AHEAD = 3;

export class Water {
  private readonly times: number[];
  private readonly tiles: WaterTiles;
  private readonly layer: CustomLayerInterface;
  private mesh: Mesh | null = null;
  private drawn: Moment = -1;
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
    private readonly changed: (shown: number | "most" | null) => void,
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
    this.moment = greatest ? "most" : this.times.findLastIndex((time) => time <= at + 1_000);
    this.map.triggerRepaint();
  }

  /** The water wanted as soon as all of it in view is there, until then what was drawn before; and
      the next times, so that playing does not wait for them. */
  private render(gl: WebGL2RenderingContext, given: CustomRenderMethodInput): void {
    if (this.gone || !this.mesh) return;
    const squares = squaresIn(this.map, this.props.corners, this.tiles.source);
    const view = [...new Map(squares.map((one) => tileOf(one, this.tiles.source)).map((tile) => [keyOf("most", tile), tile])).values()];
    if (this.all(gl, "most", view) && this.all(gl, this.moment, view)) {
      if (this.drawn !== this.moment) this.told(this.moment);
      this.drawn = this.moment;
      if (typeof this.moment === "number") {
        for (let n = this.moment + 1; n <= Math.min(this.moment + AHEAD, this.times.length - 1); n++) this.all(gl, n, view);
      }
    }
    this.draw(gl, given, squares);
    this.tiles.trim(gl, new Set([this.drawn, this.moment, "most" as Moment].flatMap((moment) => view.map((tile) => keyOf(moment, tile)))));
  }

  /** Whether all the tiles of a moment can be drawn; asks for those that cannot. */
  private all(gl: WebGL2RenderingContext, moment: Moment, view: Tile[]): boolean {
    return moment === -1 || view.map((tile) => this.tiles.ask(gl, moment, tile)).every(Boolean);
  }

  private told(moment: Moment): void {
    this.map.getContainer().dataset.water = String(moment);
    this.changed(moment === "most" ? "most" : (this.times[moment] ?? null));
  }

  private draw(gl: WebGL2RenderingContext, given: CustomRenderMethodInput, squares: Square[]): void {
    const { mesh } = this;
    if (!mesh || this.drawn === -1) return;
    const terrain = this.map.getTerrain();
    const metre = MercatorCoordinate.fromLngLat(this.map.getCenter(), 1).z;
    const main = given.defaultProjectionData.mainMatrix as ArrayLike<number>;
    mesh.begin({
      exaggeration: terrain ? (terrain.exaggeration ?? 1) : 0,
      opacity: this.theme === "dark" ? 0.9 : 0.82,
      colours: [...Array.from({ length: CLASSES }, (_, n) => this.colour(`depth-${n + 1}`)), this.colour("map-water")],
    });
    for (const square of squares) {
      const matrix = matrixOf(main, square, metre);
      for (const tile of this.showing(this.drawn, square)) {
        const texture = this.tiles.texture(keyOf(this.drawn, tile));
        if (texture) mesh.draw(texture, matrix, partOf(square, tile), square.ground);
      }
    }
    mesh.end(gl);
  }

  /** The tiles that show a square: its own; while that is fetched, the finest above it, or those
      below. */
  private showing(moment: Moment, square: Square): Tile[] {
    const own = tileOf(square, this.tiles.source);
    if (this.tiles.texture(keyOf(moment, own)) || this.tiles.isDry(moment, own)) return [own];
    const found = this.tiles.drawable(moment).filter((tile) => meet(tile, own));
    const above = found.findLast((tile) => tile.z < own.z);
    return above ? [above] : found;
  }
}

/** From a square's own places and metres of height to the screen. In double precision until here:
    the world in single floats is two metres coarse. */
function matrixOf(main: ArrayLike<number>, square: Tile, metre: number): Float32Array {
  const size = 1 / 2 ** square.z;
  const [left, top] = [square.x * size, square.y * size];
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
