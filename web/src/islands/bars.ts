/* Counts by month, aligned bars side by side (ui.md 7): no more than four series, each named at the
   top; the numbers stand in a table below the chart, where the page puts it. */
import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { BarsProps } from "../props";
import { FONT, paletteOf, type Palette } from "./palette";

use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const INKS = ["ink", "fc", "ink-3", "line"];

function option(props: BarsProps, colour: Palette): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: colour("ink") },
    legend: { left: 0, top: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: colour("ink-2"), fontSize: 12 } },
    grid: { left: 0, right: 8, top: 32, bottom: 0, containLabel: true },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
    xAxis: {
      type: "category",
      data: props.labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("line") } },
      axisLabel: { color: colour("ink-2"), fontSize: 12 },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      splitLine: { lineStyle: { color: colour("line") } },
      axisLabel: { color: colour("ink-2"), fontSize: 12 },
    },
    series: props.series.map((one, i) => ({
      type: "bar",
      name: one.name,
      data: one.values,
      barMaxWidth: 22,
      itemStyle: { color: colour(INKS[i] ?? "ink") },
    })),
  };
}

class Bars {
  private readonly drawing = document.createElement("div");
  private readonly chart;

  constructor(private readonly place: HTMLElement, private props: BarsProps) {
    this.drawing.className = "al-chart";
    this.drawing.setAttribute("role", "img");
    this.drawing.setAttribute("aria-label", props.series.map((one) => one.name).join(", "));
    this.drawing.style.setProperty("--chart-h", "240px");
    place.append(this.drawing);
    this.chart = init(this.drawing, null, { renderer: "svg" });
    new ResizeObserver(() => this.chart.resize()).observe(this.drawing);
    this.draw();
  }

  update(props: BarsProps): void {
    this.props = props;
    this.draw();
  }

  private draw(): void {
    this.chart.setOption(option(this.props, paletteOf(this.place)), true);
  }
}

export function mount(place: HTMLElement, props: BarsProps): { update: (props: BarsProps) => void } {
  return new Bars(place, props);
}
