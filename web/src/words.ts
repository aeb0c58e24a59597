/* What the islands say, both languages side by side; TypeScript refuses a phrase with one missing. */
type Phrase = { zh: string; en: string };

const PHRASES = {
  seeForecast: { zh: "看的是预报", en: "Showing the forecast" },
  seeObserved: { zh: "看的是实测", en: "Showing what was observed" },
  seeNow: { zh: "看的是现在", en: "Showing now" },
  now: { zh: "现在", en: "Now" },
  crest: { zh: "洪峰", en: "Crest" },
  play: { zh: "播放", en: "Play" },
  pause: { zh: "暂停", en: "Pause" },
  byStage: { zh: "按水位看", en: "By stage" },
  byTime: { zh: "按时间看", en: "By time" },
  seeStage: { zh: "看的是水位稳定时", en: "Showing a steady stage" },
  stageOf: { zh: "{name}水位", en: "Stage at {name}" },
  stagesMade: { zh: "正在算水位图库，第 {done} 步，共 {total} 步", en: "Making the stage library, step {done} of {total}" },
  timeOfMap: { zh: "地图的时间", en: "Time of the map" },
  observed: { zh: "实测", en: "Observed" },
  forecast: { zh: "预报", en: "Forecast" },
  ranges: { zh: "50%、90% 范围", en: "50 %, 90 % range" },
  suspect: { zh: "存疑", en: "Suspect" },
  judgedWrong: { zh: "判为错误，不参加计算", en: "Judged wrong, not computed with" },
  rain: { zh: "面雨量 mm/h", en: "Areal rain mm/h" },
  table: { zh: "看表格", en: "Table" },
  chart: { zh: "看图", en: "Chart" },
  csv: { zh: "下载 CSV", en: "Download CSV" },
  time: { zh: "时间", en: "Time" },
  low90: { zh: "90% 下限", en: "90 % low" },
  high90: { zh: "90% 上限", en: "90 % high" },
  noSeries: { zh: "这段时间无数据", en: "No data in this period" },
  layers: { zh: "图层", en: "Layers" },
  terrain3d: { zh: "三维地形", en: "3D terrain" },
  toEvent: { zh: "回到事件", en: "To the event" },
  toDistrict: { zh: "看全区", en: "Whole district" },
  zoomIn: { zh: "放大", en: "Zoom in" },
  zoomOut: { zh: "缩小", en: "Zoom out" },
  map: { zh: "地图", en: "Map" },
  exaggerated: { zh: "三维地形，高差放大 {n} 倍", en: "3D terrain, heights × {n}" },
  backFlat: { zh: "回到平面", en: "Back to flat" },
  depthForecast: { zh: "预报淹没水深 m", en: "Forecast depth of water, m" },
  depthStage: { zh: "水位稳定时的水深 m", en: "Depth at a steady stage, m" },
  depthMax: { zh: "预报最大水深 m", en: "Forecast greatest depth, m" },
  likely: { zh: "90% 可能范围", en: "90 % possible extent" },
  noDistrict: {
    zh: "还没有装入区域数据。请系统管理员执行 anlan district load",
    en: "No district is loaded. The system administrator runs anlan district load",
  },
  noTerrain: { zh: "没有地形数据，不能看三维", en: "No terrain loaded, no 3D" },
  noWebgl: { zh: "这个浏览器画不了地图（没有 WebGL）。下面的列表照常能用。", en: "This browser cannot draw the map (no WebGL). The list still works." },
  notLoaded: { zh: "没有取到：{what}。{n} 秒后再试", en: "Not loaded: {what}. Trying again in {n} s" },
  nothingHere: { zh: "没有", en: "none" },
  nothingFound: { zh: "没有找到「{what}」。换个名字，或在图上点", en: "Nothing found for “{what}”. Try another name, or click the map" },
  found: { zh: "{n} 处", en: "{n} places" },
  schematic: { zh: "示意", en: "schematic" },
  noFile: { zh: "点图上的符号，或搜一个名字，这里是它的档案。", en: "Click a mark, or search a name; its file opens here." },
  holdOn: { zh: "按住别松", en: "Keep holding" },
  cancelled: { zh: "松手了，没有发出", en: "Let go: nothing was sent" },
  sending: { zh: "正在发出", en: "Sending" },
  m: { zh: "m", en: "m" },
  openFile: { zh: "打开档案", en: "Open the file" },
  close: { zh: "关闭", en: "Close" },
  wholeFile: { zh: "打开完整档案", en: "Open the whole file" },
  legend: { zh: "图例", en: "Legend" },
} satisfies Record<string, Phrase>;

export type Word = keyof typeof PHRASES;

export const english = document.documentElement.lang.toLowerCase().startsWith("en");

/** The phrase in the page's language, its {name} places filled. */
export function say(word: Word, values: Record<string, string | number> = {}): string {
  const phrase = PHRASES[word];
  return (english ? phrase.en : phrase.zh).replace(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name] ?? ""),
  );
}
