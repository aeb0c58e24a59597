/* Islands: <div data-island="map"><script type="application/json">props</script></div> ({% island %}).
   Each is loaded only where a page has one. New props reach a mounted island without a redraw: by a
   morph of its element, or by <script type="application/json" data-for="ID"> ({% island_update %}). */
import type { IslandName, Props } from "./props";

type Mount<N extends IslandName> = (place: HTMLElement, props: Props[N]) => { update: (props: Props[N]) => void };
type Load<N extends IslandName> = () => Promise<{ mount: Mount<N> }>;

const ISLANDS: { [N in IslandName]: Load<N> } = {
  map: () => import("./islands/map/map"),
  hydrograph: () => import("./islands/hydrograph"),
  bars: () => import("./islands/bars"),
  camera: () => import("./islands/camera"),
  timeline: () => import("./islands/timeline"),
  fieldwork: () => import("./islands/fieldwork/fieldwork"),
  stages: () => import("./islands/stages"),
  waterwords: () => import("./islands/waterwords"),
};

interface Standing {
  text: string;
  update: ((text: string) => void) | null;
}

const standing = new WeakMap<Element, Standing>();

function propsText(place: Element): string {
  return place.querySelector(":scope > script[type='application/json']")?.textContent || "{}";
}

async function mountOne<N extends IslandName>(place: HTMLElement, name: N): Promise<void> {
  const mine: Standing = { text: propsText(place), update: null };
  standing.set(place, mine);
  const { mount } = await ISLANDS[name]();
  const island = mount(place, JSON.parse(mine.text) as Props[N]);
  mine.update = (text) => island.update(JSON.parse(text) as Props[N]);
}

export function mountIslands(root: ParentNode = document): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-island]")) {
    const name = place.dataset.island;
    if (name && name in ISLANDS && !standing.has(place)) void mountOne(place, name as IslandName);
  }
}

/** Give an island new props; the same text again is no news. */
export function updateIsland(place: Element, text: string): void {
  const known = standing.get(place);
  if (!known || known.text === text) return;
  known.text = text;
  const script = place.querySelector(":scope > script[type='application/json']");
  if (script) script.textContent = text;
  known.update?.(text);
}

/** Props that came with a swap for islands elsewhere on the page. */
export function deliverUpdates(root: ParentNode = document): void {
  for (const script of root.querySelectorAll<HTMLScriptElement>("script[data-for]")) {
    const place = document.getElementById(script.dataset.for ?? "");
    if (place) updateIsland(place, script.textContent || "{}");
  }
}
