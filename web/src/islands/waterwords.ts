/* The slider's water in words, for whoever cannot see the map: people, depth and level by community
   at the time that is looked at, or the greatest of all times. */
import type { WaterWordsProps } from "../props";
import { dayTime } from "../times";
import { say } from "../words";
import type { TimelineDetail } from "./timeline";

interface Community {
  code: string;
  name: string;
  people: number[];
  depth_m: (number | null)[];
  level_m: (number | null)[];
}

interface Words {
  at: string[];
  communities: Community[];
}

interface Row {
  name: string;
  people: number;
  depth: number;
  level: number;
}

const RETRY_S = 5;

/** The rows of one time, the deepest first; with no index those of each community's worst time. */
export function rowsOf(communities: Community[], index: number | null): Row[] {
  return communities
    .map((one) => {
      const n = index ?? one.depth_m.reduce<number>((best, depth, i) => ((depth ?? 0) > (one.depth_m[best] ?? 0) ? i : best), 0);
      const people = index === null ? Math.max(...one.people) : (one.people[n] ?? 0);
      return { name: one.name, people, depth: one.depth_m[n] ?? 0, level: one.level_m[n] ?? 0 };
    })
    .filter((row) => row.depth > 0)
    .sort((a, b) => b.depth - a.depth);
}

class WaterWords {
  private words: Words | null = null;
  private detail: TimelineDetail | null = null;

  constructor(private readonly place: HTMLElement, private props: WaterWordsProps) {
    document.addEventListener("timeline", (event) => {
      this.detail = (event as CustomEvent<TimelineDetail>).detail;
      this.paint();
    });
    document.dispatchEvent(new CustomEvent("timeline:ask"));
    void this.load();
  }

  update(props: WaterWordsProps): void {
    if (props.url === this.props.url) return;
    this.props = props;
    void this.load();
  }

  private async load(): Promise<void> {
    const { url } = this.props;
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.words = (await answer.json()) as Words;
      this.paint();
    } catch {
      this.place.querySelector(".al-none")?.remove();
      this.place.append(Object.assign(document.createElement("p"), { className: "al-none", textContent: say("notLoaded", { what: say("table"), n: RETRY_S }) }));
      window.setTimeout(() => void this.load(), RETRY_S * 1_000);
    }
  }

  private paint(): void {
    if (!this.words || !this.detail) return;
    const { at, greatest } = this.detail;
    const index = this.words.at.findLastIndex((time) => Date.parse(time) <= at + 1_000);
    const rows = greatest ? rowsOf(this.words.communities, null) : index < 0 ? [] : rowsOf(this.words.communities, index);
    const table = Object.assign(document.createElement("table"), { className: "al-table caption-top" });
    table.createCaption().textContent = greatest ? say("waterMost") : say("waterAt", { at: dayTime(at) });
    const head = table.createTHead().insertRow();
    for (const [n, word] of ([say("community"), say("peopleInWater"), say("deepest"), say("levelThere")] as const).entries()) {
      head.append(Object.assign(document.createElement("th"), { scope: "col", textContent: word, className: n ? "al-num" : "" }));
    }
    const body = table.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      line.append(Object.assign(document.createElement("th"), { scope: "row", textContent: row.name }));
      for (const text of [row.people.toLocaleString("en"), row.depth.toFixed(2), row.level.toFixed(2)]) {
        line.append(Object.assign(document.createElement("td"), { className: "al-num", textContent: text }));
      }
    }
    const none = Object.assign(document.createElement("p"), { className: "al-none", textContent: say("noWater") });
    const script = this.place.querySelector(":scope > script");
    this.place.replaceChildren(...(script ? [script] : []), table, ...(rows.length ? [] : [none]));
  }
}

export function mount(place: HTMLElement, props: WaterWordsProps): WaterWords {
  return new WaterWords(place, props);
}
