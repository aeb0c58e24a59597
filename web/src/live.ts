/* The live stream: `live` on the body whenever something happened, the platform's clock, and the
   strip 连接断开 when the stream is lost. One stream a page, none while the page is hidden. */
import { htmx } from "./htmx";
import { clockTime, longDate, platformNow, setPlatformNow } from "./times";

const LOST_AFTER_MS = 4_000;
const RETRY_MS = 5_000;
const HIDDEN_MS = 20_000;
const REFRESH_MS = 60_000;

let stream: EventSource | null = null;
let newest = "";
let lastHeard = 0;
let lostTimer = 0;
let hiddenTimer = 0;
let toldAt = 0;

function tell(): void {
  toldAt = performance.now();
  htmx.trigger(document.body, "live", { newest });
}

function heard(): void {
  lastHeard = platformNow();
  window.clearTimeout(lostTimer);
  lostTimer = 0;
  const strip = document.getElementById("al-lost");
  if (strip) strip.hidden = true;
  delete document.documentElement.dataset.lost;
}

function lost(): void {
  if (lostTimer) return;
  lostTimer = window.setTimeout(() => {
    const strip = document.getElementById("al-lost");
    const at = strip?.querySelector("[data-lost-at]");
    if (at) at.textContent = clockTime(lastHeard || platformNow());
    if (strip) strip.hidden = false;
    document.documentElement.dataset.lost = "yes";
  }, LOST_AFTER_MS);
}

function open(address: string): void {
  stream?.close();
  stream = new EventSource(address);
  stream.addEventListener("changed", (event) => {
    heard();
    if (event.data === newest) return;
    newest = event.data;
    tell();
  });
  stream.addEventListener("clock", (event) => {
    setPlatformNow(Date.parse(event.data));
    heard();
    showClock();
  });
  stream.onerror = () => {
    lost();
    if (stream?.readyState === EventSource.CLOSED) window.setTimeout(() => open(address), RETRY_MS);
  };
}

function close(): void {
  stream?.close();
  stream = null;
}

function showClock(): void {
  const now = platformNow();
  for (const place of document.querySelectorAll("[data-clock]")) place.textContent = clockTime(now);
  for (const place of document.querySelectorAll("[data-date]")) place.textContent = longDate(now);
}

export function startLive(): void {
  window.setInterval(showClock, 1_000);
  const address = document.documentElement.dataset.live;
  if (!address) return;
  open(address);
  // Deadlines and ages move by themselves: a quiet page asks again each minute.
  window.setInterval(() => {
    if (stream && performance.now() - toldAt > REFRESH_MS) tell();
  }, REFRESH_MS / 4);
  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = window.setTimeout(close, HIDDEN_MS);
    else if (!stream) open(address);
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) open(address);
  });
}
