/* Times are the district's (Asia/Shanghai) whatever the browser thinks; "now" is the platform's. */
import { english } from "./words";

const HOUR_MS = 3_600_000;
const OFFSET_MS = 8 * HOUR_MS;
const WEEKDAYS = "日一二三四五六";
const WEEKDAYS_EN = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The same instant, with China's wall time in the UTC fields. */
function china(at: number): Date {
  return new Date(at + OFFSET_MS);
}

const two = (n: number): string => String(n).padStart(2, "0");

/** 18:10 */
export function clockTime(at: number): string {
  const day = china(at);
  return `${two(day.getUTCHours())}:${two(day.getUTCMinutes())}`;
}

/** 20日 02:00 */
export function dayTime(at: number): string {
  const day = china(at);
  const date = english ? `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}` : `${day.getUTCDate()}日`;
  return `${date} ${clockTime(at)}`;
}

/** 8月20日 */
export function monthDay(at: number): string {
  const day = china(at);
  return english
    ? `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}`
    : `${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;
}

/** 8月19日 星期三 */
export function longDate(at: number): string {
  const day = china(at);
  return english
    ? `${WEEKDAYS_EN[day.getUTCDay()]} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}`
    : `${monthDay(at)} 星期${WEEKDAYS[day.getUTCDay()]}`;
}

/** Hour of the day in China, 0–23. */
export function chinaHour(at: number): number {
  return china(at).getUTCHours();
}

let base = Date.parse(document.documentElement.dataset.now ?? "") || Date.now();
let heard = performance.now();

/** The platform's time, carried on from what the server last said. */
export function platformNow(): number {
  return base + (performance.now() - heard);
}

/** The server has said what time it is. */
export function setPlatformNow(at: number): void {
  base = at;
  heard = performance.now();
}
