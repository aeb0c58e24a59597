/* A patrol or a post on the phone: start, track while the page is open, tick off, report, end. */
import { say } from "../../words";
import { moment } from "./list";
import { button, make } from "./parts";
import { shrunk } from "./photo";
import { drop, get, orderedKey, put, type PatrolBody, type PatrolItem, type Photo, type Walk } from "./store";

const FLUSH_MS = 60_000;
const REDRAW_MS = 15_000;
const EARTH_M = 6_371_008.8;

interface Out {
  now: () => Date;
  /** Into the outbox, and on its way. */
  send: (body: PatrolBody, photos: Photo[], leave: boolean) => Promise<void>;
  back: () => void;
}

type Fix = [string, number, number, number];

/** Metres between two places, as the server measures them (`patrols/rules/track.py`). */
function metres(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const [p1, p2, dl] = [(lat1 * Math.PI) / 180, (lat2 * Math.PI) / 180, ((lon2 - lon1) * Math.PI) / 180];
  const h = Math.sin((p2 - p1) / 2) ** 2 + Math.cos(p1) * Math.cos(p2) * Math.sin(dl / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

export class Patrol {
  private readonly page = make("div", { className: "al-fw" });
  private walk: Walk;
  private last: Fix | null = null;
  private watch: number | null = null;
  private timers: number[] = [];
  private lock: { release: () => Promise<void> } | null = null;
  private fault = "";

  constructor(private readonly one: PatrolItem, walk: Walk | undefined, private readonly out: Out) {
    this.walk = walk ?? { id: one.id, walking: false, fixes: [], reached: [...one.reached], remark: "", ended_at: "" };
  }

  /** The page of this patrol; it goes on tracking until `leave`. */
  open(): HTMLElement {
    if (this.walk.walking) this.track();
    this.draw();
    return this.page;
  }

  leave(): void {
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch);
    for (const timer of this.timers) clearInterval(timer);
    [this.watch, this.timers] = [null, []];
    void this.lock?.release().catch(() => undefined);
    if (this.walk.fixes.length) void this.flush();
  }

  private body(verb: PatrolBody["verb"], more: Partial<PatrolBody> = {}): PatrolBody {
    const fixes = this.walk.fixes;
    this.walk.fixes = [];
    return { key: orderedKey(this.out.now()), task: this.one.id, verb, at: this.out.now().toISOString(), fixes, ...more };
  }

  private track(): void {
    if (!navigator.geolocation) {
      this.fault = say("fwNoPlace");
      return;
    }
    this.watch = navigator.geolocation.watchPosition(
      (found) => void this.take(found),
      () => { this.fault = say("ptNoSignal"); this.draw(); },
      { enableHighAccuracy: true, maximumAge: 0 },
    );
    this.timers = [window.setInterval(() => void this.flush(), FLUSH_MS), window.setInterval(() => this.draw(), REDRAW_MS)];
    const screen = navigator as { wakeLock?: { request: (kind: "screen") => Promise<{ release: () => Promise<void> }> } };
    void screen.wakeLock?.request("screen").then((lock) => { this.lock = lock; }, () => undefined);
  }

  /* One position each interval, and at once where it ticks a point off. */
  private async take({ coords }: GeolocationPosition): Promise<void> {
    const fix: Fix = [this.out.now().toISOString(), coords.longitude, coords.latitude, coords.accuracy];
    const fresh = this.near(fix).filter((index) => !this.walk.reached.includes(index));
    const due = !this.last || Date.parse(fix[0]) - Date.parse(this.last[0]) >= this.one.interval_s * 1000;
    if (!due && !fresh.length) return;
    this.fault = "";
    this.last = fix;
    this.walk.fixes.push(fix);
    this.walk.reached.push(...fresh);
    await put("patrols", this.walk);
    this.draw();
  }

  private near([, lon, lat, accuracy]: Fix): number[] {
    if (accuracy > this.one.worst_accuracy_m) return [];
    return this.one.points.flatMap((point, index) =>
      metres(lon, lat, point.lon, point.lat) <= point.radius_m + Math.min(accuracy, point.radius_m) ? [index] : [],
    );
  }

  private async flush(photos: Photo[] = []): Promise<void> {
    if (!this.walk.fixes.length && !photos.length) return;
    await this.out.send(this.body("track"), photos, false);
    await put("patrols", this.walk);
  }

  private async begin(verb: "start" | "hand over" | ""): Promise<void> {
    Object.assign(this.walk, { walking: true, ended_at: "" });
    await put("patrols", this.walk);
    if (verb) await this.out.send(this.body(verb), [], false);
    this.track();
    this.draw();
  }

  private async end(normal: boolean): Promise<void> {
    const body = this.body("finish", { normal, remark: this.walk.remark });
    Object.assign(this.walk, { walking: false, fixes: [], remark: "", ended_at: body.at });
    this.leave();
    await put("patrols", this.walk);
    await this.out.send(body, [], true);
  }

  private draw(): void {
    // Whoever is writing goes on writing.
    if (this.page.contains(document.activeElement) && document.activeElement instanceof HTMLTextAreaElement) return;
    if (this.page.querySelector("details[open]")) return;
    const { one } = this;
    this.page.replaceChildren(
      button("al-fw-back", `‹ ${say("fwBack")}`, this.out.back),
      make("h1", { className: "al-fw-title", textContent: one.name }),
      make("p", { className: "al-fw-small", textContent: `${one.word} · ${say(Date.parse(one.due_at) < this.out.now().getTime() ? "ptLate" : "ptUntil", { at: moment(one.due_at) })}` }),
      ...(one.task ? [make("p", { textContent: one.task })] : []),
      ...(this.walk.walking ? this.underway() : this.waiting()),
    );
  }

  private waiting(): HTMLElement[] {
    const others = this.one.state === "UNDERWAY" && !this.one.mine;
    const word = this.one.state === "UNDERWAY" ? (this.one.mine ? "ptGoOn" : "ptTakeOver") : this.one.post ? "ptSignIn" : "ptStart";
    const verb = this.one.state === "UNDERWAY" ? (this.one.mine ? "" : "hand over") : "start";
    const may = !others || this.one.post;
    return [
      this.points(),
      make("p", { className: "al-fw-small", textContent: say("ptHow") }),
      make("div", { className: "al-fw-foot" }, may ? button("al-button", say(word), () => void this.begin(verb)) : say("ptOther")),
    ];
  }

  private underway(): HTMLElement[] {
    const remark = make("textarea", { className: "form-control", rows: 2, maxLength: 1000, value: this.walk.remark, placeholder: say("ptRemark") });
    remark.setAttribute("aria-label", say("ptRemark"));
    remark.addEventListener("input", () => { this.walk.remark = remark.value; void put("patrols", this.walk); });
    const all = this.one.points.length;
    const few = !this.one.post && (100 * this.walk.reached.length) / all < this.one.least_share;
    const here = this.last ? say("ptLast", { at: clock(this.last[0]), m: Math.round(this.last[3]) }) : say("ptSeeking");
    return [
      make("p", { className: "al-fw-line", role: "status", textContent: this.fault || here }),
      this.points(),
      this.camera(),
      this.danger(),
      remark,
      ...(few ? [make("p", { className: "al-fw-small", textContent: say("ptFew", { n: this.walk.reached.length, all }) })] : []),
      make(
        "div", { className: "al-fw-foot" },
        button("al-button", say(this.one.post ? "ptSignOut" : "ptNormal"), () => void this.end(true)),
        button("al-button al-button-second", say("ptNotNormal"), () => void this.end(false)),
      ),
    ];
  }

  private points(): HTMLElement {
    const reached = (index: number): boolean => this.walk.reached.includes(index);
    const rows = this.one.post
      ? this.one.signs.map((at) => make("li", { className: "al-fw-kept" }, make("b", { textContent: say("ptSign", { at: clock(at) }) })))
      : this.one.points.map((point, index) => {
          const row = make("li", { className: "al-fw-kept" }, make("b", { textContent: `${reached(index) ? "✓ " : ""}${index + 1} ${point.name}` }), make("span", { textContent: reached(index) ? say("ptReached") : this.away(point) }));
          row.dataset.state = reached(index) ? "received" : "waiting";
          return row;
        });
    return make("ul", { className: "al-fw-list" }, ...rows);
  }

  /** How far a point is from where one was last, as far as that is known. */
  private away(point: PatrolItem["points"][number]): string {
    if (!this.last) return say("ptWithin", { m: point.radius_m });
    const away = Math.round(metres(this.last[1], this.last[2], point.lon, point.lat)).toLocaleString("en");
    return say("ptAway", { away, m: point.radius_m });
  }

  private camera(): HTMLElement {
    const file = make("input", { type: "file", accept: "image/*", hidden: true });
    file.setAttribute("capture", "environment");
    file.addEventListener("change", async () => {
      const where = this.last ? { lon: this.last[1], lat: this.last[2] } : {};
      const photos: Photo[] = [];
      for (const taken of file.files ?? []) photos.push({ code: "", blob: await shrunk(taken), taken_at: this.out.now().toISOString(), ...where });
      file.value = "";
      await this.flush(photos);
    });
    return make("label", { className: "al-button al-button-second" }, say("fwPhoto"), file);
  }

  /* A danger goes into the outbox with the place where one stands. */
  private danger(): HTMLElement {
    const title = make("input", { className: "form-control", maxLength: 60, placeholder: say("ptDangerName") });
    const words = make("textarea", { className: "form-control", rows: 2, maxLength: 1000, placeholder: say("fwNote") });
    title.setAttribute("aria-label", say("ptDangerName"));
    words.setAttribute("aria-label", say("fwNote"));
    const place = make("details", {}, make("summary", { textContent: say("ptDanger") }), title, words);
    const report = button("al-button", say("ptReport"), () => {
      if (!title.value.trim()) return title.focus();
      const where = this.last ? { lon: this.last[1], lat: this.last[2] } : {};
      place.open = false;
      void this.out.send(this.body("danger", { title: title.value.trim(), words: words.value.trim(), ...where }), [], false).then(() => this.draw());
    });
    place.append(report);
    return place;
  }
}

function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString("sv-SE", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
}

/** A patrol that was ended here stays away until the list was taken anew. */
export async function walkOf(one: PatrolItem, list_at: string): Promise<Walk | undefined> {
  const walk = await get("patrols", one.id);
  if (!walk?.ended_at || Date.parse(walk.ended_at) > Date.parse(list_at)) return walk;
  await drop("patrols", one.id);
  return undefined;
}
