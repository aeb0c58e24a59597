/* What every page starts. */
import "./htmx";
import { startHold } from "./hold";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { mountIslands } from "./mount";

export function start(): void {
  startLive();
  startHold();
  startKeys();
  mountIslands();
  document.addEventListener("htmx:afterSettle", () => mountIslands());
}
