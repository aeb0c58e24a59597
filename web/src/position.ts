/* A place in a form ([data-position]): typed, taken from the phone ([data-here]), or picked on a map,
   which is loaded where somebody opens it (details > template). */
import { mountIslands } from "./mount";
import { say } from "./words";

const WAIT_MS = 15_000;
const DIGITS = 6;

function fill(place: Element, lon: number, lat: number): void {
  for (const [key, value] of [["lon", lon], ["lat", lat]] as const) {
    const field = place.querySelector<HTMLInputElement>(`input[name='${key}']`);
    if (field) field.value = value.toFixed(DIGITS);
  }
}

function fromPhone(place: Element, button: HTMLButtonElement): void {
  const told = place.querySelector("[data-said]");
  const failed = (): void => {
    button.disabled = false;
    if (told) told.textContent = say("noPosition");
  };
  if (!("geolocation" in navigator)) return failed();
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      button.disabled = false;
      fill(place, coords.longitude, coords.latitude);
      if (told) told.textContent = say("positionWithin", { n: Math.ceil(coords.accuracy) });
    },
    failed,
    { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
  );
}

/** When a photo was chosen in a form ([data-taking]), and where the phone is then. */
function taking(form: HTMLFormElement): void {
  const write = (key: string, value: string): void => {
    const field = form.querySelector<HTMLInputElement>(`input[type='hidden'][name='${key}']`);
    if (field) field.value = value;
  };
  write("taken_at", new Date().toISOString());
  for (const key of ["lon", "lat"]) write(key, "");
  if (!("geolocation" in navigator)) return;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      write("lon", coords.longitude.toFixed(DIGITS));
      write("lat", coords.latitude.toFixed(DIGITS));
    },
    () => undefined,
    { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
  );
}

export function startPosition(): void {
  document.addEventListener("change", (event) => {
    const file = event.target instanceof HTMLInputElement && event.target.type === "file" ? event.target : null;
    const form = file?.closest<HTMLFormElement>("form[data-taking]");
    if (form && file?.files?.length) taking(form);
  });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("[data-here]") : null;
    const place = button?.closest("[data-position]");
    if (button && place) fromPhone(place, button);
  });
  document.addEventListener(
    "toggle",
    (event) => {
      const opened = event.target instanceof HTMLDetailsElement && event.target.open ? event.target : null;
      const waiting = opened?.closest("[data-position]") ? opened.querySelector("template") : null;
      if (!opened || !waiting) return;
      waiting.replaceWith(waiting.content);
      mountIslands(opened);
    },
    true,
  );
  document.addEventListener("picked", (event) => {
    const place = event.target instanceof Element ? event.target.closest("[data-position]") : null;
    if (!place || !(event instanceof CustomEvent)) return;
    const [lon, lat] = event.detail as [number, number];
    fill(place, lon, lat);
  });
}
