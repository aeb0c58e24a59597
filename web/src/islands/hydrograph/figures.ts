/* The same figures as the chart, as a table and as CSV: one row a time, no figure for a gap. */
import type { HydrographProps } from "../../props";
import { dayTime } from "../../times";
import { say } from "../../words";

type Row = (string | number | null)[];

class Figures {
  constructor(private readonly head: string[], private readonly rows: Row[]) {}

  csv(): string {
    const cell = (value: string | number | null): string => {
      const text = value === null ? "" : String(value);
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return [this.head, ...this.rows].map((row) => row.map(cell).join(",")).join("\r\n");
  }

  element(): HTMLTableElement {
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    for (const word of this.head) {
      const th = document.createElement("th");
      th.scope = "col";
      th.textContent = word;
      head.append(th);
    }
    const body = table.createTBody();
    for (const [at, ...values] of this.rows) {
      const row = body.insertRow();
      const th = document.createElement("th");
      th.scope = "row";
      th.textContent = dayTime(Date.parse(String(at)));
      row.append(th);
      for (const value of values) {
        row.insertCell().textContent = value === null ? "—" : typeof value === "number" ? value.toFixed(2) : value;
      }
    }
    return table;
  }
}

export function table(props: HydrographProps): Figures {
  const unit = `${props.unit ?? "m"}${props.datum ? ` ${props.datum}` : ""}`;
  const head = [say("time"), `${say("observed")} ${unit}`];
  const rows = new Map<string, Row>();
  const width = 1 + (props.forecast ? 3 : 0) + (props.rain ? 1 : 0) + (props.flagged?.length ? 1 : 0);
  const put = (at: string, column: number, value: number | string | null): void => {
    const key = new Date(at).toISOString();
    const row: Row = rows.get(key) ?? [at, ...Array<null>(width).fill(null)];
    row[column] = value;
    rows.set(key, row);
  };
  props.observed.at.forEach((at, i) => put(at, 1, props.observed.value[i] ?? null));
  if (props.flagged?.length) props.flagged.forEach((one) => put(one.at, width, one.wrong ? `${one.value.toFixed(2)} ${one.word}` : one.word));
  if (props.forecast) {
    head.push(`${say("forecast")} ${unit}`, say("low90"), say("high90"));
    props.forecast.at.forEach((at, i) => {
      put(at, 2, props.forecast?.stage[i] ?? null);
      put(at, 3, props.forecast?.low90?.[i] ?? null);
      put(at, 4, props.forecast?.high90?.[i] ?? null);
    });
  }
  if (props.rain) {
    head.push(say("rain"));
    props.rain.at.forEach((at, i) => put(at, width - (props.flagged?.length ? 1 : 0), props.rain?.value[i] ?? null));
  }
  if (props.flagged?.length) head.push(say("suspect"));
  return new Figures(head, [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row));
}
