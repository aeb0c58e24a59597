/* Marks drawn to images (ui.md 6): shape = family, Tabler icon inside; state in fill, dash and dot.

   An image's name says how it is drawn: family|icon|state|size|late, state plain, stale, goal, 1–4 (an alert level), heat1–heat3 (a hotspot by its age) or risk1–risk4 (a risk point by its level). */
import type { Map as MapLibre } from "maplibre-gl";
import type { Palette } from "../palette";

const RATIO = 2;
/* The image is no larger than the mark: its whole box takes room from names. */
function boxOf(name: string): number {
  const [family, , , size = "22", late] = name.split("|");
  const side = Number(size) * (family === "diamond" ? 1.22 : 1) + 3;
  return Math.ceil(late ? Math.max(side, Number(size) * 0.86 + 12) : side);
}

const sprites = new Map<string, Promise<Map<string, Path2D[]>>>();

/** The sprite's symbols as paths; fetched once a page. */
async function symbols(address: string): Promise<Map<string, Path2D[]>> {
  const text = await (await fetch(address)).text();
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  return new Map(
    [...parsed.querySelectorAll("symbol")].map((symbol) => [
      symbol.id,
      [...symbol.querySelectorAll("path")].map((path) => new Path2D(path.getAttribute("d") ?? "")),
    ]),
  );
}

export function spriteAddress(): string {
  const use = document.querySelector("svg.al-icon use");
  return (use?.getAttribute("href") ?? "").split("#")[0] ?? "";
}

function loadSprite(): Promise<Map<string, Path2D[]>> {
  const address = spriteAddress();
  let known = sprites.get(address);
  if (!known) {
    known = address ? symbols(address) : Promise.resolve(new Map());
    sprites.set(address, known);
  }
  return known;
}

function shape(pen: CanvasRenderingContext2D, family: string, r: number): void {
  pen.beginPath();
  if (family === "diamond") {
    const d = r * 1.22;
    pen.moveTo(0, -d);
    pen.lineTo(d, 0);
    pen.lineTo(0, d);
    pen.lineTo(-d, 0);
    pen.closePath();
  } else if (family === "square") pen.roundRect(-r, -r, 2 * r, 2 * r, r * 0.34);
  else pen.arc(0, 0, r, 0, 2 * Math.PI);
}

interface Look {
  family: string;
  icon: string;
  state: string;
  big: boolean;
  late: boolean;
}

export function imageName(look: Look): string {
  return [look.family, look.icon, look.state, look.big ? "28" : "22", look.late ? "late" : ""].join("|");
}

function drawMark(pen: CanvasRenderingContext2D, name: string, icons: Map<string, Path2D[]>, colour: Palette): void {
  const [family = "circle", icon = "", state = "plain", size = "22", late = ""] = name.split("|");
  const r = Number(size) / 2;
  const level = /^[1-4]$/.test(state);
  const goal = state === "goal";
  const named = /^(heat[1-3]|risk[1-4])$/.test(state) ? state.replace(/(?=\d)/, "-") : "";
  const filled = level || goal || named !== "";
  const own = level ? `alert-${state}` : named;
  pen.save();
  pen.lineJoin = "round";
  pen.lineCap = "round";
  shape(pen, family, r);
  pen.fillStyle = own ? colour(own) : goal ? colour("jade") : colour("map-marker");
  pen.fill();
  pen.strokeStyle = filled ? colour("map-halo") : colour("map-marker-ink");
  pen.globalAlpha = filled ? 1 : 0.62;
  pen.lineWidth = filled ? 1.5 : 1;
  if (state === "stale") pen.setLineDash([3, 2.5]);
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = state === "stale" ? 0.5 : 1;
  pen.strokeStyle = own ? colour(`${own}-on`) : goal ? colour("on-jade") : colour("map-marker-ink");
  const k = (r * (family === "diamond" ? 1.02 : 1.2)) / 24;
  pen.scale(k, k);
  pen.translate(-12, -12);
  pen.lineWidth = 2.1;
  for (const path of icons.get(icon) ?? []) pen.stroke(path);
  pen.restore();
  if (!late) return;
  pen.beginPath();
  pen.arc(r * 0.86, -r * 0.86, 4.5, 0, 2 * Math.PI);
  pen.fillStyle = colour("late");
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = colour("map-land");
  pen.stroke();
}

/** A canvas with one mark, for lists and panels. */
export async function markCanvas(look: Look, colour: Palette): Promise<HTMLCanvasElement> {
  const icons = await loadSprite();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 32 * RATIO;
  canvas.style.width = canvas.style.height = "32px";
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.scale(RATIO, RATIO);
    pen.translate(16, 16);
    drawMark(pen, imageName(look), icons, colour);
  }
  return canvas;
}

/** Draws every image the map asks for. */
export async function supplyImages(map: MapLibre, colour: Palette): Promise<void> {
  const icons = await loadSprite();
  const supply = (name: string): void => {
    if (!name.includes("|") || map.hasImage(name)) return;
    const canvas = document.createElement("canvas");
    const box = boxOf(name);
    canvas.width = canvas.height = box * RATIO;
    const pen = canvas.getContext("2d");
    if (!pen) return;
    pen.scale(RATIO, RATIO);
    pen.translate(box / 2, box / 2);
    drawMark(pen, name, icons, colour);
    map.addImage(name, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: RATIO });
  };
  map.on("styleimagemissing", (event) => supply(event.id));
  map.addImage("tag-box", tagBox(colour), {
    pixelRatio: RATIO, stretchX: [[16, 32]], stretchY: [[16, 32]], content: [10, 8, 38, 40],
  });
}

/** The box behind the words of the event's own station. */
function tagBox(colour: Palette): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 48;
  const pen = canvas.getContext("2d");
  if (!pen) return new ImageData(48, 48);
  pen.beginPath();
  pen.roundRect(1, 1, 46, 46, 10);
  pen.fillStyle = colour("overlay");
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = colour("line");
  pen.stroke();
  return pen.getImageData(0, 0, 48, 48);
}
