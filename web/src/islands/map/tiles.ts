/* The tiles of a forecast's water: which are in view, what has been fetched, what is forgotten. */
import type { Map as MapLibre } from "maplibre-gl";
import type { DepthProps, WaterTilesProps as Source } from "../../props";

/** Which water: the number of a kept time, the centimetres of a stage, or the greatest. */
export type Moment = number | "most";

export interface Tile {
  z: number;
  x: number;
  y: number;
}

export type Key = string;

const MOST_IN_VIEW = 32;
const MOST_KEPT = 400;
const RETRY_MS = 5_000;

export function keyOf(moment: Moment, { z, x, y }: Tile): Key {
  return `${moment}/${z}/${x}/${y}`;
}

/** Column and row of a place at a zoom level, with fractions (the OpenStreetMap formula). */
export function placeOf(lon: number, lat: number, z: number): [number, number] {
  const up = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI;
  return [((lon + 180) / 360) * 2 ** z, ((1 - up) / 2) * 2 ** z];
}

/** Whether a tile may hold water of these corners. */
export function inside({ z, x, y }: Tile, corners: DepthProps["corners"]): boolean {
  const places = corners.map(([lon, lat]) => placeOf(lon, lat, z));
  const [across, down] = [places.map(([one]) => one), places.map(([, one]) => one)];
  return Math.max(...across) >= x && Math.min(...across) <= x + 1 && Math.max(...down) >= y && Math.min(...down) <= y + 1;
}

/** The tiles of the water's corners that are in view, fewer and coarser where there would be many. */
export function tilesIn(map: MapLibre, corners: DepthProps["corners"], source: Source): Tile[] {
  const view = map.getBounds();
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  const west = Math.max(Math.min(...lons), view.getWest());
  const east = Math.min(Math.max(...lons), view.getEast());
  const south = Math.max(Math.min(...lats), view.getSouth());
  const north = Math.min(Math.max(...lats), view.getNorth());
  if (west >= east || south >= north) return [];
  // MapLibre counts zoom by tiles of 512 pixels.
  const zoom = Math.round(map.getZoom() + 1);
  for (let z = Math.min(Math.max(zoom, source.minzoom), source.maxzoom); ; z--) {
    const [left, top] = placeOf(west, north, z).map(Math.floor) as [number, number];
    const [right, bottom] = placeOf(east, south, z).map(Math.floor) as [number, number];
    if ((right - left + 1) * (bottom - top + 1) > MOST_IN_VIEW && z > source.minzoom) continue;
    const found: Tile[] = [];
    for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) found.push({ z, x, y });
    return found;
  }
}

interface Held {
  tile: Tile;
  picture: ImageBitmap | null;
  texture: WebGLTexture | null;
}

export class WaterTiles {
  private readonly held = new Map<Key, Held>();
  private readonly dry = new Set<Key>();
  private readonly asked = new Set<Key>();

  constructor(readonly source: Source, private readonly arrived: () => void) {}

  /** Whether a tile can be drawn; asks for it if not. Where the greatest water leaves all dry it is
      dry at every time. */
  ask(gl: WebGL2RenderingContext, moment: Moment, tile: Tile): boolean {
    const key = keyOf(moment, tile);
    if (this.isDry(moment, tile)) return true;
    const known = this.held.get(key);
    if (known) {
      this.held.delete(key);
      this.held.set(key, known);
      if (known.picture) this.upload(gl, known, known.picture);
      return true;
    }
    if (!this.asked.has(key)) void this.fetch(key, tile);
    return false;
  }

  isDry(moment: Moment, tile: Tile): boolean {
    return this.dry.has(keyOf(moment, tile)) || this.dry.has(keyOf(this.source.greatest, tile));
  }

  texture(key: Key): WebGLTexture | null {
    return this.held.get(key)?.texture ?? null;
  }

  /** Every tile of a moment that can be drawn, the coarsest first. */
  drawable(moment: Moment): Tile[] {
    const start = `${moment}/`;
    const found = [...this.held].filter(([key, one]) => one.texture && key.startsWith(start)).map(([, one]) => one.tile);
    return found.sort((a, b) => a.z - b.z);
  }

  /** Forget what was not drawn for longest. */
  trim(gl: WebGL2RenderingContext, needed: Set<Key>): void {
    for (const [key, { texture }] of this.held) {
      if (this.held.size <= MOST_KEPT) return;
      if (needed.has(key)) continue;
      gl.deleteTexture(texture);
      this.held.delete(key);
    }
  }

  forget(gl: WebGL2RenderingContext): void {
    for (const { texture } of this.held.values()) gl.deleteTexture(texture);
    this.held.clear();
  }

  private async fetch(key: Key, tile: Tile): Promise<void> {
    this.asked.add(key);
    try {
      const answer = await fetch(`${this.source.url}${key}.png?v=${this.source.version}`);
      if (answer.status === 200) {
        // Pixels are numbers: nothing may be made of their colour.
        const picture = await createImageBitmap(await answer.blob(), { premultiplyAlpha: "none", colorSpaceConversion: "none" });
        this.held.set(key, { tile, picture, texture: null });
      } else if (answer.status === 204 || answer.status === 404) this.dry.add(key);
      else throw new Error(String(answer.status));
      this.asked.delete(key);
    } catch {
      window.setTimeout(() => {
        this.asked.delete(key);
        this.arrived();
      }, RETRY_MS);
    }
    this.arrived();
  }

  private upload(gl: WebGL2RenderingContext, into: Held, picture: ImageBitmap): void {
    into.texture = gl.createTexture();
    into.picture = null;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, into.texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    for (const side of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, side, gl.NEAREST);
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
    picture.close();
  }
}
