/* The slider of time over a forecast's frames: drag, arrow keys, play (space), or the greatest water
   of them all. Maps hear it as `timeline`. */
import type { TimelineProps } from "../props";
import { clockTime, dayTime } from "../times";
import { say } from "../words";

const PLAY_MS = 450;
const STILL_MS = 2_000;
const SAME_MS = 90_000;
const LABEL_PX = 96;
const HOUR_MS = 3_600_000;
const STEPS_H = [1, 2, 3, 6, 12, 24];

export interface TimelineDetail {
  at: number;
  index: number;
  /** The greatest water, whatever the time. */
  greatest: boolean;
}

class Timeline {
  private times: number[] = [];
  private now = 0;
  private index = 0;
  private timer = 0;
  private greatest = false;
  private readonly most = document.createElement("button");
  private readonly track = document.createElement("div");
  private readonly knob = document.createElement("div");
  private readonly past = document.createElement("div");
  private readonly button = document.createElement("button");
  private readonly shown = document.createElement("div");

  constructor(private readonly place: HTMLElement, private props: TimelineProps) {
    this.read();
    this.index = this.nearest(props.value ? Date.parse(props.value) : this.now);
    this.build();
    this.listen();
    this.show();
    new ResizeObserver(() => this.ticks()).observe(this.track);
  }

  /** New frames keep the instant that is looked at; whoever looked at now goes on looking at now. */
  update(props: TimelineProps): void {
    const looked = this.times[this.index] ?? this.now;
    const atNow = this.index === this.nearest(this.now);
    this.props = props;
    this.read();
    this.index = this.nearest(atNow ? this.now : looked);
    this.place.hidden = !this.times.length;
    this.ticks();
    this.tell();
  }

  private read(): void {
    this.times = this.props.frames.map((at) => Date.parse(at));
    this.now = Date.parse(this.props.now);
    this.place.hidden = !this.times.length;
  }

  private nearest(at: number): number {
    let best = 0;
    this.times.forEach((time, i) => {
      if (Math.abs(time - at) < Math.abs((this.times[best] ?? 0) - at)) best = i;
    });
    return best;
  }

  private share(at: number): number {
    const [first, last] = [this.times[0] ?? 0, this.times.at(-1) ?? 1];
    return last === first ? 0 : (Math.min(Math.max(at, first), last) - first) / (last - first);
  }

  private build(): void {
    const box = document.createElement("div");
    box.className = "al-timeline";
    this.button.type = "button";
    this.button.className = "al-timeline-play";
    this.shown.className = "al-timeline-now";
    this.track.className = "al-timeline-track";
    this.knob.className = "knob";
    this.knob.tabIndex = 0;
    this.knob.setAttribute("role", "slider");
    this.knob.setAttribute("aria-label", say("timeOfMap"));
    this.knob.setAttribute("aria-valuemin", "0");
    this.past.className = "past";
    this.most.type = "button";
    this.most.className = "btn btn-sm al-timeline-most";
    this.most.textContent = say("greatest");
    box.append(this.button, this.shown, this.track, this.most);
    this.place.append(box);
    this.ticks();
  }

  /** Day and hour labels where they fit, now and the marks above the line. */
  private ticks(): void {
    const held = document.activeElement === this.knob;
    this.track.replaceChildren(Object.assign(document.createElement("div"), { className: "line" }), this.past, this.knob);
    if (held) this.knob.focus();
    const width = this.track.clientWidth;
    const room = Math.max(1, Math.floor(width / LABEL_PX));
    const hours = ((this.times.at(-1) ?? 0) - (this.times[0] ?? 0)) / HOUR_MS;
    const step = (STEPS_H.find((h) => hours / h <= room) ?? 48) * HOUR_MS;
    const from = this.share(this.now) * width;
    let day = "";
    for (let at = Math.ceil(((this.times[0] ?? 0) + 8 * HOUR_MS) / step) * step - 8 * HOUR_MS; at <= (this.times.at(-1) ?? 0); at += step) {
      if (Math.abs(this.share(at) * width - from) < LABEL_PX * 0.6) continue;
      // The day is said once, where it begins on this line.
      const today = dayTime(at).split(" ").slice(0, -1).join(" ");
      this.label(at, today === day ? clockTime(at) : dayTime(at), false);
      day = today;
    }
    if (this.share(this.now) > 0 || this.times[0] === this.now) this.label(this.now, say("now"), false);
    for (const mark of this.props.marks ?? []) this.label(Date.parse(mark.at), mark.word, true);
    this.paint();
  }

  private label(at: number, word: string, top: boolean): void {
    const left = `${(100 * this.share(at)).toFixed(2)}%`;
    const text = document.createElement("span");
    text.className = top ? "word top" : "word";
    text.textContent = word;
    text.style.left = left;
    const tick = document.createElement("div");
    tick.className = "tick";
    tick.style.left = left;
    this.track.append(text, tick);
    // The end labels stay inside the track.
    const half = text.offsetWidth / 2;
    const centre = this.share(at) * this.track.clientWidth;
    if (centre < half) text.style.transform = `translateX(${-centre}px)`;
    if (centre > this.track.clientWidth - half) {
      text.style.transform = `translateX(${this.track.clientWidth - centre - 2 * half}px)`;
    }
  }

  private listen(): void {
    const seek = (event: PointerEvent): void => {
      const box = this.track.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      const [first, last] = [this.times[0] ?? 0, this.times.at(-1) ?? 0];
      this.set(this.nearest(first + share * (last - first)));
    };
    this.track.addEventListener("pointerdown", (event) => {
      this.pause();
      this.greatest = false;
      this.track.setPointerCapture(event.pointerId);
      seek(event);
    });
    this.track.addEventListener("pointermove", (event) => {
      if (this.track.hasPointerCapture(event.pointerId)) seek(event);
    });
    this.knob.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault();
        this.button.click();
        return;
      }
      const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -6, PageUp: 6 };
      const by = event.key === "Home" ? -this.times.length : event.key === "End" ? this.times.length : steps[event.key];
      if (by === undefined) return;
      event.preventDefault();
      this.pause();
      this.set(this.index + by);
    });
    this.button.addEventListener("click", () => (this.timer ? this.pause() : this.play()));
    this.most.addEventListener("click", () => {
      this.pause();
      this.greatest = !this.greatest;
      this.show();
    });
    document.addEventListener("timeline:ask", () => this.tell());
  }

  private play(): void {
    if (this.index >= this.times.length - 1) this.set(0);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.timer = window.setInterval(() => {
      if (this.index >= this.times.length - 1) this.pause();
      else this.set(this.index + 1);
    }, still ? STILL_MS : PLAY_MS);
    this.paint();
  }

  private pause(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.paint();
  }

  private set(index: number): void {
    this.index = Math.min(Math.max(index, 0), this.times.length - 1);
    this.greatest = false;
    this.show();
  }

  private show(): void {
    this.paint();
    this.tell();
  }

  private tell(): void {
    const detail: TimelineDetail = { at: this.times[this.index] ?? this.now, index: this.index, greatest: this.greatest };
    document.dispatchEvent(new CustomEvent("timeline", { detail }));
  }

  /** 预报 +3 h: from the issue of the forecast. */
  private after(at: number): string {
    if (this.greatest || !this.props.issued) return "";
    const hours = Math.round((at - Date.parse(this.props.issued)) / (HOUR_MS / 4)) / 4;
    return say("sinceIssue", { n: `${hours < 0 ? "−" : "+"}${Math.abs(hours)}` });
  }

  private paint(): void {
    const at = this.times[this.index] ?? this.now;
    const word = this.greatest ? "seeGreatest" : Math.abs(at - this.now) < SAME_MS ? "seeNow" : "seeForecast";
    const small = Object.assign(document.createElement("small"), { textContent: [say(word), this.after(at)].filter(Boolean).join(" · ") });
    const big = Object.assign(document.createElement("b"), { textContent: this.greatest ? say("greatest") : dayTime(at) });
    this.shown.replaceChildren(small, big);
    this.most.hidden = !this.props.greatest;
    this.most.setAttribute("aria-pressed", String(this.greatest));
    this.place.classList.toggle("greatest", this.greatest);
    this.knob.style.left = `${100 * this.share(at)}%`;
    this.knob.setAttribute("aria-valuemax", String(this.times.length - 1));
    this.knob.setAttribute("aria-valuenow", String(this.index));
    this.knob.setAttribute("aria-valuetext", `${small.textContent ?? ""} ${big.textContent ?? ""}`);
    const from = Math.min(this.share(this.now), this.share(at));
    this.past.style.left = `${100 * from}%`;
    this.past.style.width = `${100 * Math.abs(this.share(at) - this.share(this.now))}%`;
    const icon = this.timer ? "player-pause" : "player-play";
    const label = say(this.timer ? "pause" : "play");
    if (this.button.dataset.icon !== icon) {
      this.button.dataset.icon = icon;
      this.button.setAttribute("aria-label", label);
      this.button.innerHTML = this.timer
        ? '<svg width="20" height="20" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true"><path d="M7 5h3v14H7zM14 5h3v14h-3z"/></svg>'
        : '<svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linejoin="round" aria-hidden="true"><path d="M7 4v16l13-8z"/></svg>';
    }
  }
}

export function mount(place: HTMLElement, props: TimelineProps): Timeline {
  return new Timeline(place, props);
}
