/* Islands: <div data-island="map"><script type="application/json">props</script></div> ({% island %}).
   Each is loaded only where a page has one. New props reach a mounted island without a redraw: by a
   morph of its element, or by <script type="application/json" data-for="ID"> ({% island_update %}). */
import type { IslandName, Props } from "./props";

type Mount<N extends IslandName> = (place: HTMLElement, props: Props[N]) => { update: (props: Props[N]) => void };
type Load<N extends IslandName> = () => Promise<{ mount: Mount<N> }>;
export type Islands = { [N in IslandName]: Load<N> };

let offered: Partial<Islands> = {};

/** Which islands there are and where each comes from. */
export function offer(islands: Partial<Islands>): void {
  offered = islands;
}

interface Standing {
  text: string;
  update: ((text: string) => void) | null;
}

const standing = new WeakMap<Element, Standing>();

function propsText(place: Element): string {
  return place.querySelector(":scope > script[type='application/json']")?.textContent || "{}";
}

async function mountOne<N extends IslandName>(place: HTMLElement, load: Load<N>): Promise<void> {
  const mine: Standing = { text: propsText(place), update: null };
  standing.set(place, mine);
  const { mount } = await load();
  const island = mount(place, JSON.parse(mine.text) as Props[N]);
  mine.update = (text) => island.update(JSON.parse(text) as Props[N]);
}

export function mountIslands(root: ParentNode = document): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-island]")) {
    const name = place.dataset.island;
    const load = name && name in offered ? offered[name as IslandName] : undefined;
    if (load && !standing.has(place)) void mountOne(place, load as Load<IslandName>);
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
