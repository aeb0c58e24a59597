/* Islands: <div data-island="map"><script type="application/json">props</script></div> ({% island %}).
   Each is loaded only where a page has one. */
import type { IslandName, Props } from "./props";

type Mount<N extends IslandName> = (place: HTMLElement, props: Props[N]) => unknown;
type Load<N extends IslandName> = () => Promise<{ mount: Mount<N> }>;

const ISLANDS: { [N in IslandName]: Load<N> } = {
  map: () => import("./islands/map/map"),
  hydrograph: () => import("./islands/hydrograph"),
  timeline: () => import("./islands/timeline"),
};

async function mountOne<N extends IslandName>(place: HTMLElement, name: N): Promise<void> {
  place.dataset.mounted = "yes";
  const script = place.querySelector(":scope > script[type='application/json']");
  const props = JSON.parse(script?.textContent || "{}") as Props[N];
  const { mount } = await ISLANDS[name]();
  mount(place, props);
}

export function mountIslands(root: ParentNode = document): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-island]:not([data-mounted])")) {
    const name = place.dataset.island;
    if (name && name in ISLANDS) void mountOne(place, name as IslandName);
  }
}
