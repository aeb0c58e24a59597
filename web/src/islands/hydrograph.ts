/* The hydrograph (ui.md 7). Observed solid, forecast dashed with its fan, thresholds named at the
   right end, now-line full height, crest as a ring; rain hangs from the top. Gaps stay gaps. */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { HydrographProps } from "../props";
import { say } from "../words";
import { table } from "./hydrograph/figures";
import { chartOption } from "./hydrograph/option";
import { paletteOf } from "./palette";

use([BarChart, LineChart, GridComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, SVGRenderer]);

function hasValues(props: HydrographProps): boolean {
  return [props.observed.value, props.forecast?.stage ?? []].some((values) => values.some((v) => v !== null));
}

const KEY = `
<span><svg width="24" height="6"><path d="M0 3H24" stroke="var(--al-obs)" stroke-width="2.6"/></svg>{observed}</span>`;
const KEY_FORECAST = `
<span><svg width="24" height="6"><path d="M0 3H24" stroke="var(--al-fc)" stroke-width="2" stroke-dasharray="6 4"/></svg>{forecast}</span>
<span><svg width="24" height="12"><rect width="24" height="12" fill="var(--al-fan-90)"/><rect y="3" width="24" height="6" fill="var(--al-fan-50)"/></svg>{ranges}</span>`;
const KEY_SUSPECT = `
<span><svg width="12" height="12"><rect x="1.5" y="1.5" width="9" height="9" fill="var(--al-surface)" stroke="var(--al-ink)" stroke-width="1.8"/></svg>{suspect}</span>`;
const KEY_WRONG = `
<span><svg width="12" height="12"><path d="M2 2 10 10M10 2 2 10" stroke="var(--al-ink)" stroke-width="1.8"/></svg>{wrong}</span>`;
const KEY_RAIN = `
<span><svg width="12" height="12"><rect x="2" width="8" height="12" fill="var(--al-rain)"/></svg>{rain}</span>`;

function keyOf(props: HydrographProps): HTMLElement {
  const key = document.createElement("div");
  key.className = "al-chart-key";
  key.innerHTML =
    KEY.replace("{observed}", say("observed")) +
    (props.forecast ? KEY_FORECAST.replace("{forecast}", say("forecast")).replace("{ranges}", say("ranges")) : "") +
    (props.flagged?.some((one) => !one.wrong) ? KEY_SUSPECT.replace("{suspect}", say("suspect")) : "") +
    (props.flagged?.some((one) => one.wrong) ? KEY_WRONG.replace("{wrong}", say("judgedWrong")) : "") +
    (props.rain ? KEY_RAIN.replace("{rain}", say("rain")) : "");
  return key;
}

class Hydrograph {
  private readonly drawing = document.createElement("div");
  private readonly chart;

  constructor(private readonly place: HTMLElement, private props: HydrographProps) {
    this.drawing.className = "al-chart";
    this.drawing.setAttribute("role", "img");
    if (!props.compact) place.append(keyOf(props));
    place.append(this.drawing);
    if (props.height) this.drawing.style.setProperty("--chart-h", `${props.height}px`);
    if (props.compact) this.drawing.style.height = "100%";
    this.chart = init(this.drawing, null, { renderer: "svg" });
    if (!props.compact) this.foot();
    new ResizeObserver(() => {
      this.chart.resize();
      this.draw();
    }).observe(this.drawing);
    void document.fonts?.ready.then(() => this.draw());
    this.draw();
  }

  update(props: HydrographProps): void {
    this.props = props;
    this.place.querySelector(".al-chart-key")?.replaceWith(keyOf(props));
    this.draw();
  }

  private draw(): void {
    const none = this.place.querySelector(".al-chart-none");
    if (!hasValues(this.props)) {
      this.chart.clear();
      if (!none) {
        const words = Object.assign(document.createElement("p"), { className: "al-chart-none", textContent: say("noSeries") });
        this.place.append(words);
      }
      return;
    }
    none?.remove();
    this.drawing.setAttribute("aria-label", this.props.title ?? say("observed"));
    this.chart.setOption(chartOption(this.props, paletteOf(this.place), this.drawing.clientWidth), true);
  }

  private foot(): void {
    const foot = document.createElement("div");
    foot.className = "al-chart-foot";
    const box = document.createElement("div");
    box.className = "al-chart-table";
    box.hidden = true;
    const toggle = document.createElement("button");
    toggle.type = "button";
    toggle.textContent = say("table");
    toggle.setAttribute("aria-expanded", "false");
    toggle.addEventListener("click", () => {
      box.hidden = !box.hidden;
      toggle.setAttribute("aria-expanded", String(!box.hidden));
      toggle.textContent = say(box.hidden ? "table" : "chart");
      this.drawing.hidden = !box.hidden;
      if (!box.hidden) box.replaceChildren(table(this.props).element());
    });
    const save = document.createElement("button");
    save.type = "button";
    save.textContent = say("csv");
    save.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", table(this.props).csv()], { type: "text/csv" }));
      link.download = `${this.props.title ?? "hydrograph"}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    });
    foot.append(toggle, save);
    this.place.append(box, foot);
  }
}

export function mount(place: HTMLElement, props: HydrographProps): Hydrograph {
  return new Hydrograph(place, props);
}
