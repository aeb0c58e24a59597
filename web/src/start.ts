/* What every page starts. */
import "./htmx";
import { startHold } from "./hold";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { deliverUpdates, mountIslands } from "./mount";
import { startPlan } from "./plan";

export function start(): void {
  startLive();
  startHold();
  startKeys();
  startPlan();
  mountIslands();
  for (const done of ["htmx:afterSettle", "htmx:oobAfterSwap"]) {
    document.addEventListener(done, () => {
      mountIslands();
      deliverUpdates();
    });
  }
}
