/* What the water is drawn on: flat, its own tiles; in 3D, quarters of the map's own pieces of ground,
   each with the heights that the map itself draws there. */
import type { Map as MapLibre } from "maplibre-gl";
import type { DepthProps, WaterTilesProps as Source } from "../../props";
import { inside, type Tile, tilesIn } from "./tiles";

/** Heights under a square: a texture of the map's, how its colours make metres, and where in it the
    square lies (left, top, width; 1 is the whole). */
export interface Ground {
  texture: WebGLTexture;
  unpack: number[];
  pixels: number;
  place: [number, number, number];
}

export interface Square extends Tile {
  ground: Ground | null;
}

/** MapLibre counts places in a tile to this. */
const EXTENT = 8_192;

/** The squares that are in view and may have water. */
export function squaresIn(map: MapLibre, corners: DepthProps["corners"], source: Source): Square[] {
  const terrain = map.getTerrain() ? map.terrain : null;
  if (!terrain) return tilesIn(map, corners, source).map((tile) => ({ ...tile, ground: null }));
  const found: Square[] = [];
  for (const { tileID } of terrain.tileManager.getRenderableTiles()) {
    const { z, x, y } = tileID.canonical;
    const quarters = [0, 1, 2, 3].map((n) => ({ z: z + 1, x: 2 * x + (n % 2), y: 2 * y + (n >> 1) }));
    const wet = quarters.filter((one) => one.z >= source.minzoom && inside(one, corners));
    if (!wet.length) continue;
    const data = terrain.getTerrainData(tileID);
    const matrix = data.u_terrain_matrix as unknown as number[];
    const [across, down] = [matrix[0] ?? 0, matrix[5] ?? 0];
    for (const one of wet) {
      found.push({ ...one, ground: {
        texture: data.texture, unpack: data.u_terrain_unpack, pixels: data.u_terrain_dim,
        place: [
          (one.x % 2) * (EXTENT / 2) * across + (matrix[12] ?? 0),
          (one.y % 2) * (EXTENT / 2) * down + (matrix[13] ?? 0),
          (EXTENT / 2) * across,
        ],
      } });
    }
  }
  return found;
}

/** The tile that shows a square best. */
export function tileOf(square: Tile, source: Source): Tile {
  const up = Math.max(square.z - source.maxzoom, 0);
  return { z: square.z - up, x: square.x >> up, y: square.y >> up };
}

/** Where a square lies in a tile: left, top, width; 1 is the whole tile. */
export function partOf(square: Tile, tile: Tile): [number, number, number] {
  const width = 2 ** (tile.z - square.z);
  return [square.x * width - tile.x, square.y * width - tile.y, width];
}

/** Whether a tile and a square share ground. */
export function meet(one: Tile, other: Tile): boolean {
  const [fine, coarse] = one.z > other.z ? [one, other] : [other, one];
  const up = fine.z - coarse.z;
  return fine.x >> up === coarse.x && fine.y >> up === coarse.y;
}
