/* A line as a form writes it, one place a line, and as files of other programs bring it. Degrees of
   CGCS2000, which WGS 84 (GPX, GeoJSON) agrees with to less than a metre. */
import type { LonLat } from "../../props";

const A_M = 6_378_137; // GRS 80, the ellipsoid of CGCS2000
const E2 = 0.006_694_380_022_9;
const DIGITS = 6;
const RAD = Math.PI / 180;

export const same = (a: LonLat, b: LonLat): boolean => a[0] === b[0] && a[1] === b[1];
export const rounded = ([lon, lat]: LonLat): LonLat => [Number(lon.toFixed(DIGITS)), Number(lat.toFixed(DIGITS))];
export const written = (line: LonLat[]): string => line.map(([lon, lat]) => `${lon},${lat}`).join("\n");

const isPlace = ([lon, lat]: number[]): boolean => Math.abs(lon ?? 999) <= 180 && Math.abs(lat ?? 999) <= 90;

/** The places of a text, or the number of the first row that is none. */
export function read(text: string): LonLat[] | number {
  const line: LonLat[] = [];
  for (const [index, row] of text.split(/[\n;；]+/).map((one) => one.trim()).filter(Boolean).entries()) {
    const parts = row.split(/[\s,，]+/).map(Number);
    if (parts.length !== 2 || !isPlace(parts)) return index + 1;
    line.push(rounded(parts as LonLat));
  }
  return line;
}

/** Named places, one a row: name, longitude, latitude; what is none is left out. */
export function placesOf(text: string): { name: string; at: LonLat }[] {
  return text.split("\n").flatMap((row) => {
    const [name = "", lon, lat] = row.split(/[,，;；\t]+/).map((part) => part.trim());
    const at: LonLat = [Number(lon || NaN), Number(lat || NaN)];
    return isPlace(at) ? [{ name, at }] : [];
  });
}

/** Metres between two places, right to a thousandth for the few kilometres of a segment. */
function metres(a: LonLat, b: LonLat): number {
  const phi = ((a[1] + b[1]) / 2) * RAD;
  const w = 1 - E2 * Math.sin(phi) ** 2;
  const north = ((b[1] - a[1]) * RAD * A_M * (1 - E2)) / w ** 1.5;
  const east = ((b[0] - a[0]) * RAD * A_M * Math.cos(phi)) / Math.sqrt(w);
  return Math.hypot(east, north);
}

export function lengthOf(line: LonLat[]): number {
  return line.slice(1).reduce((sum, to, i) => sum + metres(line[i] as LonLat, to), 0);
}

/** Metres from a place to the straight line between two others. */
function off(at: LonLat, from: LonLat, to: LonLat): number {
  const k = Math.cos(at[1] * RAD);
  const [x, y] = [(to[0] - from[0]) * k, to[1] - from[1]];
  const [u, v] = [(at[0] - from[0]) * k, at[1] - from[1]];
  const t = Math.max(0, Math.min(1, (u * x + v * y) / (x * x + y * y || 1)));
  return Math.hypot(u - t * x, v - t * y) * RAD * A_M;
}

/** Douglas and Peucker (1973): what deviates by less than `within` metres goes. */
function thinned(line: LonLat[], within: number): LonLat[] {
  const keep = new Set([0, line.length - 1]);
  const parts: [number, number][] = [[0, line.length - 1]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [first, last] = part;
    let [most, far] = [within, -1];
    for (let i = first + 1; i < last; i += 1) {
      const d = off(line[i] as LonLat, line[first] as LonLat, line[last] as LonLat);
      if (d > most) [most, far] = [d, i];
    }
    if (far < 0) continue;
    keep.add(far);
    parts.push([first, far], [far, last]);
  }
  return line.filter((_, i) => keep.has(i));
}

/** A recorded line with what a form takes: within two metres, or what it takes to have `most`. */
export function simplified(line: LonLat[], most: number): LonLat[] {
  const places = line.map(rounded).filter((at, i, all) => i === 0 || !same(at, all[i - 1] as LonLat));
  let within = 2;
  let found = thinned(places, within);
  while (found.length > most) {
    within *= 2;
    found = thinned(places, within);
  }
  return found;
}

function longest(lines: LonLat[][]): LonLat[] {
  return lines.reduce((best, one) => (one.length > best.length ? one : best), []);
}

function linesOfJson(node: unknown): LonLat[][] {
  if (!node || typeof node !== "object") return [];
  const { type, coordinates, geometry, geometries, features } = node as Record<string, unknown>;
  if (type === "LineString") return [coordinates as LonLat[]];
  if (type === "MultiLineString") return coordinates as LonLat[][];
  return [geometry, ...((geometries ?? []) as unknown[]), ...((features ?? []) as unknown[])].flatMap(linesOfJson);
}

function linesOfGpx(text: string): LonLat[][] {
  const tree = new DOMParser().parseFromString(text, "application/xml");
  return [...tree.querySelectorAll("trkseg, rte")].map((part) =>
    [...part.querySelectorAll("trkpt, rtept")].map((at) => [Number(at.getAttribute("lon") ?? NaN), Number(at.getAttribute("lat") ?? NaN)] as LonLat),
  );
}

/** The longest line of a GPX or GeoJSON file; null where it has none. */
export function lineOfFile(text: string): LonLat[] | null {
  try {
    const lines = text.trimStart().startsWith("{") ? linesOfJson(JSON.parse(text)) : linesOfGpx(text);
    const line = longest(lines).map((at) => [at[0], at[1]] as LonLat);
    return line.length > 1 && line.every(isPlace) ? line : null;
  } catch {
    return null;
  }
}
