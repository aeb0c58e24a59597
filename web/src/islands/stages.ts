/* The slider of stage beside that of time: the water at rest at any stage of the gauge. Maps hear it
   as `stage`; without a detail they go back to the time. */
import type { StagesProps, WaterTilesProps } from "../props";
import { say } from "../words";

const STEP_M = 0.05;
const SETTLE_MS = 40;

export interface StageDetail {
  /** The moment of the tiles: centimetres. */
  stage: number;
  /** The stages beside it on the slider. */
  next: number[];
  tiles: WaterTilesProps;
  corners: NonNullable<StagesProps["corners"]>;
}

class Stages {
  private open = false;
  private timer = 0;
  private readonly toggle = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm al-stages-toggle" });
  private readonly shown = Object.assign(document.createElement("div"), { className: "al-timeline-now" });
  private readonly range = Object.assign(document.createElement("input"), { type: "range", className: "form-range" });

  constructor(private readonly place: HTMLElement, private props: StagesProps) {
    const bar = Object.assign(document.createElement("div"), { className: "al-stages" });
    bar.append(this.shown, this.range, this.toggle);
    place.append(bar);
    this.toggle.addEventListener("click", () => this.turn(!this.open));
    this.range.addEventListener("input", () => {
      this.paint();
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.tell(), SETTLE_MS);
    });
    document.addEventListener("stage:ask", () => this.open && this.tell());
    this.read();
    this.range.value = String(props.value ?? props.lowest ?? 0);
    this.paint();
  }

  update(props: StagesProps): void {
    this.props = props;
    this.read();
    this.paint();
  }

  private read(): void {
    const { lowest, highest, tiles, name } = this.props;
    Object.assign(this.range, { min: String(lowest ?? 0), max: String(highest ?? 1), step: String(STEP_M) });
    this.range.setAttribute("aria-label", say("stageOf", { name }));
    this.toggle.disabled = !tiles;
  }

  private turn(open: boolean): void {
    this.open = open;
    if (open && this.props.value) this.range.value = String(this.props.value);
    this.place.parentElement?.classList.toggle("by-stage", open);
    this.paint();
    if (open) this.range.focus();
    this.tell();
  }

  private paint(): void {
    const { tiles, done, total, datum, second } = this.props;
    this.toggle.textContent = tiles ? say(this.open ? "byTime" : "byStage") : say("stagesMade", { done: String(done + 1), total: String(total) });
    const stage = Number(this.range.value);
    const small = Object.assign(document.createElement("small"), { textContent: say("seeStage") });
    const big = Object.assign(document.createElement("b"), { textContent: `${stage.toFixed(2)} m ${datum ?? ""}` });
    this.shown.replaceChildren(small, big);
    const words = [big.textContent ?? ""];
    if (second) {
      words.push(`= ${(stage + second.add).toFixed(2)} m ${second.datum}`);
      this.shown.append(Object.assign(document.createElement("small"), { textContent: words[1] }));
    }
    this.range.setAttribute("aria-valuetext", words.join(" "));
  }

  private tell(): void {
    const { tiles, corners } = this.props;
    const [here, low, high] = [this.range.value, this.range.min, this.range.max].map((metres) => Math.round(Number(metres) * 100)) as [number, number, number];
    const next = [here + STEP_M * 100, here - STEP_M * 100].filter((one) => one >= low && one <= high);
    const detail: StageDetail | null = this.open && tiles && corners ? { stage: here, next, tiles, corners } : null;
    document.dispatchEvent(new CustomEvent("stage", { detail }));
  }
}

export function mount(place: HTMLElement, props: StagesProps): { update: (props: StagesProps) => void } {
  return new Stages(place, props);
}
