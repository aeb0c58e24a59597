import type { MapProps } from "../../props";

export function mount(place: HTMLElement, _props: MapProps): void {
  place.dataset.ready = "no";
}
