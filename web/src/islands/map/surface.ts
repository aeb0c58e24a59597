/* Water drawn from its tiles: classes of depth laid flat on the map, and in 3D the water's own surface.
   It is drawn on the very mesh that the map draws the ground on, each corner at the level of the
   water or of the ground, whichever is higher: so the two never cut each other by chance, however
   coarse the map draws its ground from far. */
import { type CustomLayerInterface, type CustomRenderMethodInput, type Map as MapLibre, MercatorCoordinate } from "maplibre-gl";
import type { DepthProps, WaterTilesProps as Source } from "../../props";
import type { Palette } from "../palette";
import type { Theme } from "./base";
import { Mesh } from "./mesh";
import { meet, partOf, type Square, squaresIn, tileOf } from "./squares";
import { keyOf, type Moment, type Tile, WaterTiles } from "./tiles";

const FLAT_BEFORE = "beds";
const RAISED_BEFORE = "river-names";
const CLASSES = 5;
/** The moment at which all is dry. */
export const NONE = -1;

export class Surface {
  private readonly tiles: WaterTiles;
  private mesh: Mesh | null = null;
  private drawn: Moment = NONE;
  private moment: Moment = NONE;
  private next: Moment[] = [];
  private gone = false;
  private readonly raise = (): void => {
    if (this.map.getLayer(this.id)) this.map.moveLayer(this.id, this.before);
  };

  /** `told` hears which water stands on the map, as soon as it does. */
  constructor(
    private readonly map: MapLibre,
    private readonly id: string,
    private readonly corners: DepthProps["corners"],
    private readonly source: Source,
    private readonly colour: Palette,
    private readonly theme: Theme,
    private readonly told: (shown: Moment) => void,
  ) {
    this.tiles = new WaterTiles(source, () => map.triggerRepaint());
    const layer: CustomLayerInterface = {
      id, type: "custom", renderingMode: "3d",
      onAdd: (_map, gl) => {
        this.mesh = new Mesh(gl as WebGL2RenderingContext);
      },
      onRemove: (_map, gl) => {
        this.tiles.forget(gl as WebGL2RenderingContext);
        this.mesh?.remove();
      },
      render: (gl, given) => this.render(gl as WebGL2RenderingContext, given),
    };
    map.addLayer(layer, this.before);
    map.on("terrain", this.raise);
  }

  /** Show a moment as soon as its tiles are there; `next` are fetched after it. */
  show(moment: Moment, next: Moment[]): void {
    this.moment = moment;
    this.next = next;
    this.map.triggerRepaint();
  }

  remove(): void {
    this.gone = true;
    this.map.off("terrain", this.raise);
    if (this.map.getLayer(this.id)) this.map.removeLayer(this.id);
  }

  private get before(): string {
    return this.map.getTerrain() ? RAISED_BEFORE : FLAT_BEFORE;
  }

  /** The water wanted as soon as all of it in view is there, until then what was drawn before; and
      the next times, so that playing does not wait for them. */
  private render(gl: WebGL2RenderingContext, given: CustomRenderMethodInput): void {
    if (this.gone || !this.mesh) return;
    const squares = squaresIn(this.map, this.corners, this.source);
    const view = [...new Map(squares.map((one) => tileOf(one, this.source)).map((tile) => [keyOf(this.source.greatest, tile), tile])).values()];
    if (this.all(gl, this.source.greatest, view) && this.all(gl, this.moment, view)) {
      if (this.drawn !== this.moment) this.told(this.moment);
      this.drawn = this.moment;
      for (const one of this.next) this.all(gl, one, view);
    }
    this.draw(gl, given, squares);
    this.tiles.trim(gl, new Set([this.drawn, this.moment, this.source.greatest].flatMap((moment) => view.map((tile) => keyOf(moment, tile)))));
  }

  /** Whether all the tiles of a moment can be drawn; asks for those that cannot. */
  private all(gl: WebGL2RenderingContext, moment: Moment, view: Tile[]): boolean {
    return moment === NONE || view.map((tile) => this.tiles.ask(gl, moment, tile)).every(Boolean);
  }

  private draw(gl: WebGL2RenderingContext, given: CustomRenderMethodInput, squares: Square[]): void {
    const { mesh } = this;
    if (!mesh || this.drawn === NONE) return;
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
    const own = tileOf(square, this.source);
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
