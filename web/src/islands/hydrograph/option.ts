/* The ECharts option of the hydrograph; no drawing here, so it can be read and checked alone. */
import type { EChartsCoreOption } from "echarts/core";
import type { HydrographProps } from "../../props";
import { chinaHour, clockTime, dayTime, monthDay } from "../../times";
import { say } from "../../words";
import { FONT, type Palette } from "../palette";

type Point = [number, number | null];
const HOUR = 3_600_000;
const NICE = [0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 20];

interface Frame {
  from: number;
  to: number;
  now: number;
  low: number;
  high: number;
  step: number;
  /** Distance of the plot's right edge, px. */
  right: number;
  /** Between a threshold's word and its figure: on a phone the figure stands below. */
  between: " " | "\n";
  width: number;
  size: number;
}

function points(at: string[], values: (number | null)[] | undefined): Point[] {
  return at.map((time, i) => [Date.parse(time), values?.[i] ?? null]);
}

/** A gap longer than three usual steps is not joined. */
export function withGaps(series: Point[]): Point[] {
  const known = series.filter((p) => p[1] !== null);
  const steps = known.slice(1).map((p, i) => p[0] - (known[i]?.[0] ?? p[0])).sort((a, b) => a - b);
  const usual = steps[Math.floor(steps.length / 2)] ?? HOUR;
  const out: Point[] = [];
  series.forEach((point, i) => {
    const before = series[i - 1];
    if (before && point[0] - before[0] > 3 * usual) out.push([before[0] + usual, null]);
    out.push(point);
  });
  return out;
}

function axis(props: HydrographProps): { low: number; high: number; step: number } {
  const f = props.forecast;
  const all = [
    props.observed.value, (props.flagged ?? []).map((one) => one.value), f?.stage, f?.low90, f?.high90,
    props.crest ? [props.crest.value] : [], (props.thresholds ?? []).map((t) => t.value),
  ].flatMap((values) => values ?? []).filter((v): v is number => v !== null);
  const [min, max] = [Math.min(...all), Math.max(...all)];
  const step = NICE.find((nice) => (max - min) / nice <= 6) ?? 50;
  const low = Math.floor((min - step * 0.15) / step) * step;
  const high = Math.ceil((max + step * 0.25) / step) * step;
  return { low, high, step };
}

function frameOf(props: HydrographProps, width: number): Frame {
  const times = [...props.observed.at, ...(props.forecast?.at ?? [])].map((at) => Date.parse(at));
  const size = 13;
  const room = (lines: string[]): number => Math.max(0, ...lines.map((line) => line.length * size * 0.68 + 22));
  const words = (props.thresholds ?? []).map((t) => t.word);
  const figure = (props.thresholds ?? []).map((t) => t.value.toFixed(2));
  const most = width * 0.3;
  const oneLine = room(words.map((word, i) => `${word} ${figure[i]}`));
  return {
    from: props.since ? Date.parse(props.since) : Math.min(...times),
    to: props.until ? Date.parse(props.until) : Math.max(...times),
    now: props.now ? Date.parse(props.now) : Number.NaN,
    right: words.length ? Math.min(oneLine > most ? room([...words, ...figure]) : oneLine, most) : 16,
    between: oneLine > most ? "\n" : " ",
    width,
    size,
    ...axis(props),
  };
}

/** Labels of neighbouring thresholds keep a line's distance: the upper one moves up. */
function thresholdLines(props: HydrographProps, frame: Frame, colour: Palette): unknown[] {
  const height = (props.height ?? 250) * 0.75;
  const lines = frame.between === "\n" ? 2 : 1;
  const metres = ((frame.high - frame.low) / height) * frame.size * 1.35 * lines;
  let before = Number.NEGATIVE_INFINITY;
  return [...(props.thresholds ?? [])].sort((a, b) => a.value - b.value).map((threshold) => {
    const ink = threshold.level ? colour(`alert-${threshold.level}-text`) : colour(threshold.dashed ? "ink-2" : "ink");
    const shift = Math.max(0, before + metres - threshold.value);
    before = threshold.value + shift;
    return {
      yAxis: threshold.value,
      lineStyle: { color: ink, width: 1.4, type: threshold.dashed ? [4, 4] : "solid" },
      label: {
        formatter: `${threshold.word}${frame.between}${threshold.value.toFixed(2)}`, lineHeight: frame.size * 1.3, position: "end", color: ink, fontSize: frame.size, fontWeight: 600,
        fontFamily: FONT, distance: 8, offset: [0, (-shift / metres) * frame.size * 1.35 * lines],
      },
    };
  });
}

function nowLine(frame: Frame, colour: Palette): unknown[] {
  if (!(frame.now >= frame.from && frame.now <= frame.to)) return [];
  // The words stand on the side with more room, so that they never meet the crest's.
  const left = (frame.now - frame.from) / (frame.to - frame.from) > 0.2;
  return [{
    xAxis: frame.now,
    lineStyle: { color: colour("ink"), width: 1.4, type: "solid" },
    label: {
      formatter: `${say("now")} ${clockTime(frame.now)}`, position: "end", color: colour("ink"),
      fontSize: frame.size, fontWeight: 600, fontFamily: FONT, distance: 4, align: left ? "right" : "left",
      offset: [left ? 6 : -6, 0],
    },
  }];
}

function timeAxis(index: number, show: boolean, frame: Frame, colour: Palette): unknown {
  const hours = (frame.to - frame.from) / HOUR;
  const room = Math.max(2, (frame.width - frame.right - 40) / 62);
  const step = [1, 2, 3, 6, 12, 24, 48, 72, 168].find((h) => hours / h <= room) ?? 336;
  return {
    type: "time", gridIndex: index, min: frame.from, max: frame.to,
    axisLine: { show, lineStyle: { color: colour("line-strong") } },
    axisTick: { show, lineStyle: { color: colour("line-strong") }, customValues: ticks(frame, step) },
    splitLine: { show: false },
    axisLabel: {
      show, color: colour("ink-3"), fontSize: frame.size, fontFamily: FONT, hideOverlap: true,
      customValues: ticks(frame, step),
      formatter: (at: number) => (chinaHour(at) === 0 ? `{day|${monthDay(at)}}` : clockTime(at)),
      rich: { day: { color: colour("ink"), fontWeight: 600, fontSize: frame.size, fontFamily: FONT } },
    },
  };
}

/** Whole hours of China's day, `step` apart. */
function ticks(frame: Frame, step: number): number[] {
  const out: number[] = [];
  const unit = step * HOUR;
  for (let at = Math.ceil((frame.from + 8 * HOUR) / unit) * unit - 8 * HOUR; at <= frame.to; at += unit) out.push(at);
  return out;
}

function fan(at: string[], low: (number | null)[], high: (number | null)[], name: string, fill: string): unknown[] {
  const base = { type: "line", symbol: "none", silent: true, lineStyle: { opacity: 0 }, stack: name, stackStrategy: "all", tooltip: { show: false } };
  const widths = high.map((value, i) => (value === null || low[i] == null ? null : value - (low[i] ?? 0)));
  return [
    { ...base, data: points(at, low) },
    { ...base, data: points(at, widths), areaStyle: { color: fill } },
  ];
}

function crestMark(props: HydrographProps, frame: Frame, colour: Palette): unknown {
  const crest = props.crest;
  if (!crest) return undefined;
  const at = Date.parse(crest.at);
  const share = (at - frame.from) / (frame.to - frame.from);
  // Beside the now-line the words begin at the crest instead of standing over both.
  const plot = frame.width - frame.right - 44;
  const beside = ((at - frame.now) / (frame.to - frame.from)) * plot;
  const crowded = beside >= 0 && beside < (props.compact ? 26 : 62);
  const value = crest.value.toFixed(2);
  return {
    symbol: "circle", symbolSize: 9, silent: true,
    itemStyle: { color: colour("surface"), borderColor: colour("fc"), borderWidth: 2.5 },
    label: {
      show: true, position: "top", distance: 8, color: colour("ink"), fontSize: frame.size + (props.compact ? 0 : 1),
      fontWeight: 600, lineHeight: (frame.size + 1) * 1.35, fontFamily: FONT, align: share > 0.8 ? "right" : share < 0.15 || crowded ? "left" : "center",
      offset: crowded && share <= 0.8 ? [6 - Math.min(beside, 6), 0] : [0, 0],
      formatter: props.compact ? value : `${say("crest")} ${value} m\n${dayTime(at)}`,
    },
    data: [{ coord: [at, crest.value] }],
  };
}

function markName(wrong: boolean): string {
  return say(wrong ? "judgedWrong" : "suspect");
}

/** Suspect: a hollow square; judged wrong: a cross. Marks of ink, because colour means danger. */
function flaggedMarks(props: HydrographProps, colour: Palette): unknown[] {
  return [false, true].map((wrong) => {
    const marked = (props.flagged ?? []).filter((one) => one.wrong === wrong);
    return {
      type: "line", name: markName(wrong), z: 6, lineStyle: { opacity: 0 },
      data: marked.map((one): Point => [Date.parse(one.at), one.value]),
      showSymbol: true, symbolSize: 9, symbol: wrong ? "path://M1 0 5 4 9 0 10 1 6 5 10 9 9 10 5 6 1 10 0 9 4 5 0 1Z" : "rect",
      itemStyle: wrong ? { color: colour("ink") } : { color: colour("surface"), borderColor: colour("ink"), borderWidth: 1.8 },
    };
  });
}

function series(props: HydrographProps, frame: Frame, colour: Palette): unknown[] {
  const out: unknown[] = [];
  const f = props.forecast;
  if (f) {
    if (f.low90 && f.high90) out.push(...fan(f.at, f.low90, f.high90, "90%", colour("fan-90")));
    if (f.low50 && f.high50) out.push(...fan(f.at, f.low50, f.high50, "50%", colour("fan-50")));
    out.push({
      type: "line", name: say("forecast"), data: points(f.at, f.stage), symbol: "none", z: 4,
      lineStyle: { color: colour("fc"), width: 2, type: [6, 4] }, itemStyle: { color: colour("fc") },
      markPoint: crestMark(props, frame, colour),
    });
  }
  const observed = withGaps(points(props.observed.at, props.observed.value));
  const last = observed.filter((p) => p[1] !== null).at(-1);
  out.push({
    type: "line", name: say("observed"), data: observed, symbol: "none", connectNulls: false, z: 5,
    lineStyle: { color: colour("obs"), width: 2.6 }, itemStyle: { color: colour("obs") },
    markLine: { symbol: "none", silent: true, animation: false, data: [...thresholdLines(props, frame, colour), ...nowLine(frame, colour)] },
    markPoint: last
      ? { symbol: "circle", symbolSize: 9, silent: true, itemStyle: { color: colour("obs") }, label: { show: false }, data: [{ coord: last }] }
      : undefined,
  });
  if (props.flagged?.length) out.push(...flaggedMarks(props, colour));
  if (props.rain) {
    out.push({
      type: "bar", name: say("rain"), xAxisIndex: 1, yAxisIndex: 1, data: points(props.rain.at, props.rain.value),
      itemStyle: { color: colour("rain") }, barMaxWidth: 8,
    });
  }
  return out;
}

function valueAxes(props: HydrographProps, frame: Frame, colour: Palette): unknown[] {
  const words = { color: colour("ink-3"), fontSize: frame.size, fontFamily: FONT };
  const places = frame.step < 1 ? 1 : 0;
  const stage = {
    type: "value", gridIndex: 0, min: frame.low, max: frame.high, interval: frame.step, axisLine: { show: false },
    axisLabel: { ...words, formatter: (value: number) => value.toFixed(places) }, splitLine: { lineStyle: { color: colour("grid") } },
  };
  if (!props.rain) return [stage];
  const most = Math.max(10, ...props.rain.value.map((v) => v ?? 0));
  const top = Math.ceil(most / 10) * 10;
  return [stage, {
    type: "value", gridIndex: 1, inverse: true, min: 0, max: top, interval: top / 2,
    axisLabel: words, splitLine: { lineStyle: { color: colour("grid") } },
  }];
}

/** The whole option for a drawing `width` px wide. */
export function chartOption(props: HydrographProps, colour: Palette, width: number): EChartsCoreOption {
  const frame = frameOf(props, width);
  const words = new Map((props.flagged ?? []).map((one) => [`${markName(one.wrong)}${Date.parse(one.at)}`, one.word]));
  const head = props.rain ? 112 : 30;
  const grids = [{ left: 44, right: frame.right, top: head, bottom: 30 }, { left: 44, right: frame.right, top: 12, height: 54 }];
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: props.rain ? grids : grids.slice(0, 1),
    xAxis: props.rain ? [timeAxis(0, true, frame, colour), timeAxis(1, false, frame, colour)] : timeAxis(0, true, frame, colour),
    yAxis: valueAxes(props, frame, colour),
    tooltip: {
      trigger: "axis", confine: true, axisPointer: { type: "line", lineStyle: { color: colour("line-strong") } },
      backgroundColor: colour("raised"), borderColor: colour("line"), textStyle: { color: colour("ink"), fontSize: 13, fontFamily: FONT },
      formatter: (rows: { axisValue: number; seriesName: string; value: Point; marker: string }[]) => {
        const named = rows.filter((row) => !row.seriesName.startsWith("series") && row.value[1] != null);
        return [dayTime(rows[0]?.axisValue ?? 0), ...named.map((r) => `${r.marker}${r.seriesName} <b>${Number(r.value[1]).toFixed(2)}</b> ${words.get(`${r.seriesName}${r.value[0]}`) ?? ""}`)].join("<br>");
      },
    },
    series: series(props, frame, colour),
  };
}
