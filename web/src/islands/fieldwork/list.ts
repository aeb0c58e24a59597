/* The first page: what is to be checked today, what waits in the phone, what was received. */
import type { FieldworkProps } from "../../props";
import { say } from "../../words";
import { aboutDanger, aboutFind } from "./danger";
import { button, make } from "./parts";
import type { Line } from "./sending";
import type { Draft, Pack, Received, Waiting, Walk } from "./store";

export interface Standing {
  pack: Pack | null;
  now: Date;
  line: Line;
  account: number | null;
  waiting: Waiting[];
  received: Received[];
  walks: Map<number, Walk>;
  drafts: Draft[];
}

interface Presses {
  open: (about: string) => void;
  search: (text: string) => void;
  again: (row: Waiting) => void;
  dropped: (row: Waiting) => void;
}

export function list(now: Standing, text: string, props: FieldworkProps, press: Presses): HTMLElement {
  const { pack } = now;
  const done = new Set([...now.waiting, ...now.received].map((one) => one.about));
  const page = make("div", { className: "al-fw" });
  if (!pack) page.append(make("h1", { className: "al-say", textContent: say(now.line === "down" || now.line === "ended" ? "fwNoPack" : "fwTaking") }));
  else if (pack.own) tasks(page, pack, now.now, done, press);
  else places(page, { ...now, pack }, done, text, press);
  if (pack) page.append(...dangers(pack, now, press), ...patrols(pack, now, press), ...meetings(pack, done, press));
  page.append(...outbox(now, press));
  if (pack) {
    const at = pack.list_at.slice(5, 16).replace("T", " ");
    page.append(make("p", { className: "al-fw-small" }, `${say("fwAsOf", { at })} · `, make("a", { href: props.desk, textContent: say("fwDesk") })));
  }
  return page;
}

/** What the line and the outbox have to say, worst first; empty when there is nothing to say. */
export function notice(now: Standing, props: FieldworkProps): HTMLElement | null {
  const mine = now.waiting.filter((one) => now.account === null || one.account === now.account);
  const others = now.waiting.length - mine.length;
  const n = mine.length;
  if (now.line === "ended") {
    const way = make("a", { href: `${props.login}?next=${encodeURIComponent(props.page)}`, textContent: say("fwLogin") });
    return make("p", { className: "al-fw-line", role: "status" }, say("fwEnded", { n: now.waiting.length }), " ", way);
  }
  const words = [
    now.line === "down" && say("fwOffline"),
    n > 0 && say("fwWaiting", { n }),
    others > 0 && say("fwOther", { n: others }),
  ].filter(Boolean);
  return words.length ? make("p", { className: "al-fw-line", role: "status" }, words.join(" ")) : null;
}

function tasks(page: HTMLElement, pack: Pack, now: Date, done: Set<string>, press: Presses): void {
  const today = now.toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
  const left = pack.tasks.filter((one) => !done.has(`t${one.id}`) && one.due_on >= today);
  const title = left.length ? say("fwToday", { n: left.length }) : say("fwNothing");
  page.append(make("h1", { className: "al-say", textContent: title }));
  for (const one of left) {
    const until = one.due_on === today ? say("fwUntilToday") : say("fwUntil", { day: one.due_on.slice(5) });
    page.append(row(`${one.word} · ${one.unit}`, `${say("fwItems", { n: one.codes.length })} · ${until}`, `t${one.id}`, press));
  }
}

/* Dangers to rectify, and a new one to report. One that was sent from here waits for the next list:
   it may come back from its re-check. */
function dangers(pack: Pack, now: Standing, press: Presses): HTMLElement[] {
  // A list that an earlier version of this page has kept knows nothing of them.
  const [all, firms] = [pack.dangers ?? [], pack.firms ?? []];
  const today = now.now.toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
  const sent = new Set([...now.waiting, ...now.received.filter((one) => Date.parse(one.at) > Date.parse(pack.list_at))].map((one) => one.about));
  const left = all.filter((one) => !sent.has(aboutDanger(one.id, now.account)));
  if (!firms.length && !left.length) return [];
  const fresh = aboutFind(now.account);
  const begun = now.drafts.filter((one) => /^n[0-9a-f]*@/.test(one.about) && one.about.endsWith(fresh.slice(1)) && (one.about !== fresh || one.title || one.photos.length));
  return [
    make("h2", { className: "al-fw-head", textContent: say(firms.length ? "dgHead" : "dgLeft") }),
    ...left.map((one) => {
      const until = one.due_on && say(one.due_on < today ? "dgLate" : one.due_on === today ? "fwUntilToday" : "fwUntil", { day: one.due_on.slice(5) });
      const below = [one.major ? say("dgMajor") : "", one.behalf ? one.unit : "", one.place, until, one.returned && say("dgBack")];
      return row(one.title, below.filter(Boolean).join(" · "), aboutDanger(one.id, now.account), press);
    }),
    ...(pack.dangers_more ? [make("p", { className: "al-fw-small", textContent: say("dgMore", { n: all.length }) })] : []),
    ...begun.map((one) => row(one.title || say("ptDanger"), say("dgBegun"), one.about, press)),
    ...(!firms.length || begun.some((one) => one.about === fresh) ? [] : [row(say("ptDanger"), say("dgHow"), fresh, press)]),
  ];
}

/* Patrols and posts of one's own; one that was ended here waits for the next list. */
function patrols(pack: Pack, now: Standing, press: Presses): HTMLElement[] {
  // A list that an earlier version of this page has kept knows nothing of them.
  const left = (pack.patrols ?? []).filter((one) => {
    const ended = now.walks.get(one.id)?.ended_at;
    return !ended || Date.parse(ended) < Date.parse(pack.list_at);
  });
  if (!left.length) return [];
  return [
    make("h2", { className: "al-fw-head", textContent: say("ptHead") }),
    ...left.map((one) => {
      const walking = now.walks.get(one.id)?.walking || (one.mine && one.state === "UNDERWAY") ? `${say("ptUnderway")} · ` : "";
      const until = say(Date.parse(one.due_at) < now.now.getTime() ? "ptLate" : "ptUntil", { at: moment(one.due_at) });
      return row(one.name, `${one.word} · ${walking}${until}`, `p${one.id}`, press);
    }),
  ];
}

/** Day and time of the district's clock. */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(5, 16);
}

/* Shift meetings that may be held, and questions that are left to answer. */
function meetings(pack: Pack, done: Set<string>, press: Presses): HTMLElement[] {
  // A list that an earlier version of this page has kept knows nothing of them.
  const [posts, left] = [pack.posts ?? [], (pack.quizzes ?? []).filter((one) => !done.has(`q${one.id}`))];
  if (!posts.length && !left.length) return [];
  return [
    make("h2", { className: "al-fw-head", textContent: say("fwMeetings") }),
    ...left.map((one) => row(say("fwQuiz"), say("fwQuizOf", { post: one.post, name: one.name }), `q${one.id}`, press)),
    ...posts.map((one) => {
      const held = one.held || done.has(`m${one.id}`) ? say("fwHeld") : say("fwNotHeld");
      return row(`${say("fwMeeting")} · ${one.name}`, `${one.unit} · ${say("fwPeople", { n: one.people.length })} · ${held}`, `m${one.id}`, press);
    }),
  ];
}

function places(page: HTMLElement, standing: Standing & { pack: Pack }, done: Set<string>, text: string, press: Presses): void {
  const { pack, now } = standing;
  const owed = (one: Pack["enterprises"][number]): [string, string][] =>
    ([[`e${one.id}`, one.due_on], [`r${one.id}`, one.review_due_on]] as [string, string][]).filter(([about, due]) => due && !done.has(about));
  const planned = pack.enterprises.reduce((sum, one) => sum + owed(one).length, 0);
  page.append(make("h1", { className: "al-say", textContent: planned ? say("fwPlannedToday", { n: planned }) : say("fwWhich") }));
  const field = make("input", { type: "search", className: "form-control", value: text, placeholder: say("fwSearch") });
  field.setAttribute("aria-label", say("fwSearch"));
  const rows = make("div");
  const today = now.toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
  const show = (): void => {
    const found = pack.enterprises.filter((one) => one.name.includes(field.value.trim()));
    const shown = found.flatMap((one) => {
      const due = owed(one);
      return (due.length ? due : [[`e${one.id}`, ""] as [string, string]]).map(([about, day]) => {
        const review = about.startsWith("r");
        const until = day ? ` · ${day < today ? say("fwPlannedLate") : say("fwPlanned", { day: day.slice(5) })}` : "";
        const n = (review ? one.review_codes : one.codes).length;
        const name = review ? `${say("fwReviewOf")} · ${one.name}` : one.name;
        return row(name, `${one.address} · ${say("fwItems", { n })}${until}`, about, press);
      });
    });
    rows.replaceChildren(...(shown.length ? shown : [make("p", { className: "al-fw-small", textContent: say("fwNoneFound") })]));
  };
  field.addEventListener("input", show);
  field.addEventListener("change", () => press.search(field.value.trim()));
  page.append(field, rows);
  show();
}

function outbox(now: Standing, press: Presses): HTMLElement[] {
  const mine = now.waiting.filter((one) => now.account === null || one.account === now.account);
  const waiting = mine.map((one) => {
    const state = one.refused ? say("fwRefused", { why: one.refused }) : now.line === "up" ? say("fwSendingNow") : say("fwInPhone");
    const place = make("li", { className: "al-fw-kept" }, make("b", { textContent: `${one.unit} · ${one.word}` }), make("span", { textContent: state }), ...remarks(one.said));
    if (one.refused && gone(one, now.pack)) place.append(...toDrop(one, press));
    else if (one.refused) place.append(button("al-button al-button-second", say("fwAgain"), () => press.again(one)));
    place.dataset.state = one.refused ? "refused" : "waiting";
    return place;
  });
  const own = now.received.filter((one) => one.account === undefined || now.account === null || one.account === now.account);
  const received = own.sort((a, b) => b.at.localeCompare(a.at)).map((one) => {
    const normal = (one.kind ?? "check") === "check" ? say("fwAllNormal") : one.kind === "patrol" && one.dangers.length ? say("ptDanger") : "";
    const found = one.dangers.filter(Boolean).map((number) => say("fwDanger", { number })).join("、") || normal;
    const place = make("li", { className: "al-fw-kept" }, make("b", { textContent: `${one.unit} · ${one.word}` }), make("span", { textContent: [say("fwReceived"), found].filter(Boolean).join(" · ") }), ...remarks(one.said));
    place.dataset.state = "received";
    return place;
  });
  if (!waiting.length && !received.length) return [];
  return [make("h2", { className: "al-fw-head", textContent: say("fwDone") }), make("ul", { className: "al-fw-list" }, ...waiting, ...received)];
}

function remarks(said: string[] = []): HTMLElement[] {
  return said.map((one) => make("span", { className: "al-fw-said", textContent: one }));
}

/* A rectification that was refused, of a danger that is not this account's to rectify any more:
   what was written stays to be read until whoever wrote it deletes it. */
function gone(one: Waiting, pack: Pack | null): boolean {
  return one.kind === "rectified" && pack !== null && !pack.dangers?.some((each) => each.id === one.body.danger);
}

function toDrop(one: Waiting, press: Presses): HTMLElement[] {
  const words = one.kind === "rectified" ? one.body.report : "";
  const sure = button("al-button al-button-second", say("dgDropNow"), () => press.dropped(one));
  return [
    make("span", { textContent: `${say("dgWrote", { words })} · ${say("fwPhotos", { n: one.photos.length })}` }),
    make("details", {}, make("summary", { textContent: say("dgDrop") }), sure),
  ];
}

function row(title: string, below: string, about: string, press: Presses): HTMLButtonElement {
  const one = button("al-fw-row", "", () => press.open(about));
  one.dataset.about = about;
  one.append(make("b", { textContent: title }), make("span", { textContent: below }));
  return one;
}
