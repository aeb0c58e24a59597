/* What every page starts. */
import "./htmx";
import { startHeads } from "./heads";
import { startHold } from "./hold";
import { ISLANDS } from "./islands";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { deliverUpdates, mountIslands, offer } from "./mount";
import { startPick } from "./pick";
import { startPlan } from "./plan";
import { startPosition } from "./position";
import { startTick } from "./tick";

export function start(): void {
  startLive();
  startHeads();
  startHold();
  startKeys();
  startPick();
  startPlan();
  startPosition();
  startTick();
  offer(ISLANDS);
  mountIslands();
  for (const done of ["htmx:afterSettle", "htmx:oobAfterSwap"]) {
    document.addEventListener(done, () => {
      mountIslands();
      deliverUpdates();
    });
  }
}
