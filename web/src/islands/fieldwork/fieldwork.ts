/* Checking on site, with a signal or without: today's list, the form, the outbox. */
import "./fieldwork.css";
import type { FieldworkProps } from "../../props";
import { say } from "../../words";
import { aboutDanger, aboutFind, rectifyForm, reportForm } from "./danger";
import { asked, form, review, type Asked } from "./form";
import { list, notice, type Standing } from "./list";
import { make } from "./parts";
import { Sending } from "./sending";
import { Patrol, walkOf } from "./patrol";
import { keepShell } from "./shell";
import { complete, meetingForm, meetingReview, present, quizForm } from "./meeting";
import { all, drop, freshKey, get, put, submit, type DangerItem, type Draft, type Pack, type PatrolBody, type PatrolItem, type Photo, type Post, type Quiz, type Submitted, type Waiting } from "./store";

const TRIES_EVERY_MS = 20_000;
const POSITION_MS = 15_000;
const STALE_MS = 10 * 60_000;

class Fieldwork {
  private readonly status = make("div");
  private readonly body = make("div");
  private readonly sending: Sending;
  private pack: Pack | null = null;
  private packOf: number | null = null;
  private account: number | null = null;
  private reviewing = false;
  private shown = "";
  private patrol: Patrol | null = null;

  constructor(private readonly place: HTMLElement, private readonly props: FieldworkProps) {
    this.sending = new Sending(props, () => void this.refresh());
  }

  async start(): Promise<void> {
    this.place.append(this.status, this.body);
    addEventListener("hashchange", () => void this.show());
    addEventListener("online", () => void this.send());
    addEventListener("offline", () => void this.send());
    document.addEventListener("visibilitychange", () => void this.sendIfWaiting());
    setInterval(() => void this.sendIfWaiting(), TRIES_EVERY_MS);
    try {
      await this.take(true);
      await this.show();
    } catch {
      this.body.append(make("p", { className: "al-fw-line", role: "alert", textContent: say("fwNoStore") }));
      return;
    }
    await this.send();
    await this.show();
    this.place.dataset.ready = "yes";
    keepShell(this.props).catch(() => undefined); // without a signal what was kept before stays
    void navigator.storage?.persist?.();
  }

  private async take(kept: boolean, text = ""): Promise<void> {
    const before = await get("pack", "pack");
    if (!this.sending.session) this.sending.aheadMs = before?.ahead_ms ?? 0;
    this.pack = kept ? (before?.pack ?? null) : await this.sending.take(text);
    this.account = this.sending.session?.account ?? before?.account ?? null;
    this.packOf = (await get("pack", "pack"))?.account ?? null;
  }

  /* Send what waits; once there is a line again, or the lists have grown old, take them anew. */
  private async send(): Promise<void> {
    const before = this.sending.line;
    await this.sending.go();
    if (this.sending.line !== "up" || (before === "up" && !this.stale())) return;
    await this.take(false);
    await this.refresh();
  }

  private stale(): boolean {
    return !this.pack || this.sending.now().getTime() - Date.parse(this.pack.list_at) > STALE_MS;
  }

  private async sendIfWaiting(): Promise<void> {
    if (document.visibilityState === "hidden") return;
    if (this.sending.line !== "up" || this.stale() || (await all("waiting")).length) await this.send();
  }

  private async standing(): Promise<Standing> {
    const [waiting, received] = [await all("waiting"), await all("received")];
    const walks = new Map((await all("patrols")).map((one) => [one.id, one]));
    const drafts = await all("drafts");
    return { walks, drafts, pack: this.pack, now: this.sending.now(), line: this.sending.line, account: this.account, waiting, received };
  }

  /* The line changed or something was received: the list is drawn anew, a form being filled is not. */
  private async refresh(): Promise<void> {
    this.account = this.sending.session?.account ?? this.account;
    if (this.packOf !== this.account) this.leave();
    const now = await this.standing();
    this.status.replaceChildren(...[notice(now, this.props)].filter((one) => one !== null));
    // Whoever is typing a name goes on typing.
    if (this.shown === "" && !(document.activeElement instanceof HTMLInputElement)) this.drawList(now, "");
  }

  /* Somebody else has logged in on this phone: nothing of whoever had it before stays on the page. */
  private leave(): void {
    this.pack = null;
    if (this.shown) location.hash = "";
  }

  private async show(): Promise<void> {
    const about = location.hash.slice(1);
    const one = this.pack && /^[ter]\d+$/.test(about) ? asked(this.pack, about) : null;
    const post = this.pack?.posts?.find((each) => `m${each.id}` === about);
    const quiz = this.pack?.quizzes?.find((each) => `q${each.id}` === about);
    const round = this.pack?.patrols?.find((each) => `p${each.id}` === about);
    const broken = this.pack?.dangers?.find((each) => aboutDanger(each.id, this.account) === about);
    const find = /^n[0-9a-f]*@/.test(about) && about.endsWith(aboutFind(this.account).slice(1)) && Boolean(this.pack?.firms?.length);
    this.shown = one || post || quiz || round || broken || find ? about : "";
    this.reviewing = false;
    this.patrol?.leave();
    this.patrol = null;
    if (one && this.pack) await this.fill(one, this.pack);
    else if (post && this.pack) await this.meet(post, this.pack);
    else if (quiz && this.pack) await this.answer(quiz, this.pack);
    else if (round && this.pack) await this.walk(round, this.pack);
    else if (broken && this.pack) await this.rectify(broken, this.pack);
    else if (find && this.pack) await this.report(about, this.pack);
    await this.refresh();
    scrollTo(0, 0);
  }

  private drawList(now: Standing, text: string): void {
    this.body.replaceChildren(
      list(now, text, this.props, {
        open: (about) => { location.hash = about; },
        search: (said) => void this.search(said),
        again: (row) => void this.again(row),
        dropped: (row) => void drop("waiting", row.key).then(() => this.refresh()),
      }),
    );
  }

  private async search(text: string): Promise<void> {
    if (this.sending.line === "up") await this.take(false, text);
    this.drawList(await this.standing(), text);
  }

  /* A record that the server did not take becomes a draft again. */
  private async again(row: Waiting): Promise<void> {
    let { about } = row;
    const photos = row.photos.map(({ sent: _sent, ...photo }) => photo);
    if (row.kind === "patrol") {
      await drop("waiting", row.key);
      location.hash = about;
      return this.refresh();
    }
    // Beside what is being written just now.
    if (row.kind === "danger") about = aboutFind(row.account, row.key);
    if (row.kind === "meeting") await put("drafts", { about, answers: {}, photos, remarks: row.body.remarks, picked: ticked(row.body.answers) });
    else if (row.kind === "quiz") await put("drafts", { about, answers: {}, photos });
    else if (row.kind === "rectified") await put("drafts", { about, answers: {}, photos, words: row.body.report });
    else if (row.kind === "danger") {
      const { title, place, words, grade, enterprise } = row.body;
      await put("drafts", { about, answers: {}, photos, title, place, words, grade, firm: enterprise });
    } else {
      const { lon, lat, answers } = row.body;
      const where = lon !== undefined && lat !== undefined ? { lon, lat } : {};
      await put("drafts", { about, answers, photos, ...where });
    }
    await drop("waiting", row.key);
    location.hash = about;
  }

  private async fill(one: Asked, pack: Pack): Promise<void> {
    const draft = await this.draft(one.about);
    // An item that has left the list since the draft was begun is not asked any more.
    const codes = new Set(one.items.map((item) => item.code));
    for (const code of Object.keys(draft.answers)) if (!codes.has(code)) delete draft.answers[code];
    const draw = (): void => {
      this.body.replaceChildren(
        this.reviewing
          ? review(one, draft, () => void this.submit(one, draft), () => turn(false))
          : form(one, draft, pack, this.sending.now.bind(this.sending), { changed: () => void put("drafts", draft), review: () => turn(true), back: () => { location.hash = ""; } }),
      );
    };
    const turn = (reviewing: boolean): void => {
      this.reviewing = reviewing;
      draw();
      scrollTo(0, 0);
    };
    draw();
    locate(draft, () => this.body.firstElementChild?.dispatchEvent(new Event("placed")));
  }

  private async meet(post: Post, pack: Pack): Promise<void> {
    const draft = await this.draft(`m${post.id}`);
    const turn = (reviewing: boolean): void => {
      this.body.replaceChildren(
        reviewing
          ? meetingReview(post, draft, () => void this.submitMeeting(post, draft, pack), () => turn(false))
          : meetingForm(post, draft, pack, { changed: () => void put("drafts", draft), review: () => turn(true), back: () => { location.hash = ""; } }),
      );
      scrollTo(0, 0);
    };
    turn(false);
  }

  private async answer(quiz: Quiz, pack: Pack): Promise<void> {
    const draft = await this.draft(`q${quiz.id}`);
    this.body.replaceChildren(
      quizForm(quiz, draft, pack, { changed: () => void put("drafts", draft), submit: () => void this.submitQuiz(quiz, draft, pack), back: () => { location.hash = ""; } }),
    );
  }

  private async report(about: string, pack: Pack): Promise<void> {
    const draft = await this.draft(about);
    this.body.replaceChildren(reportForm(pack, draft, this.pressed(draft, () => this.submitFind(draft, pack))));
    locate(draft, () => this.body.firstElementChild?.dispatchEvent(new Event("placed")));
  }

  private async rectify(one: DangerItem, pack: Pack): Promise<void> {
    const draft = await this.draft(aboutDanger(one.id, this.account));
    this.body.replaceChildren(rectifyForm(one, draft, this.pressed(draft, () => this.submitRectified(one, draft, pack))));
    locate(draft, () => this.body.firstElementChild?.dispatchEvent(new Event("placed")));
  }

  private pressed(draft: Draft, send: () => Promise<void>): Parameters<typeof reportForm>[2] {
    return { now: () => this.sending.now(), changed: () => void put("drafts", draft), submit: () => void send(), back: () => { location.hash = ""; } };
  }

  private async submitFind(draft: Draft, pack: Pack): Promise<void> {
    const where = draft.lon !== undefined && draft.lat !== undefined ? { lon: draft.lon, lat: draft.lat } : {};
    const firm = pack.firms.find((one) => one.id === draft.firm) ?? pack.firms[0];
    const [title, place, words] = [draft.title ?? "", draft.place ?? "", draft.words ?? ""].map((text) => text.trim()) as [string, string, string];
    const body = { key: freshKey(), enterprise: firm?.id ?? 0, title, place, words, grade: draft.grade ?? "", list_at: pack.list_at, performed_at: this.sending.now().toISOString(), ...where };
    await this.keep({ kind: "danger", body }, { about: draft.about, unit: firm?.name ?? "", word: `${say("ptDanger")} · ${title}` }, draft);
    await this.afresh();
  }

  private async submitRectified(one: DangerItem, draft: Draft, pack: Pack): Promise<void> {
    const body = { key: freshKey(), danger: one.id, report: (draft.words ?? "").trim(), list_at: pack.list_at, performed_at: this.sending.now().toISOString() };
    await this.keep({ kind: "rectified", body }, { about: draft.about, unit: one.unit, word: `${say("dgRectify")} · ${one.title}` }, draft);
    await this.afresh();
  }

  /* What was received has changed what is left to do: the server says what that is now. */
  private async afresh(): Promise<void> {
    if (this.sending.line !== "up") return;
    await this.take(false);
    await this.refresh();
  }

  private async walk(one: PatrolItem, pack: Pack): Promise<void> {
    this.patrol = new Patrol(one, await walkOf(one, pack.list_at), {
      now: () => this.sending.now(),
      send: (body, photos, leave) => this.sendPatrol(one, body, photos, leave),
      back: () => { location.hash = ""; },
    });
    this.body.replaceChildren(this.patrol.open());
  }

  /* The list is taken anew once the end of a patrol was received: the server says what it came to. */
  private async sendPatrol(one: PatrolItem, body: PatrolBody, photos: Photo[], leave: boolean): Promise<void> {
    if (this.account === null) return;
    await put("waiting", { kind: "patrol", body, key: body.key, account: this.account, about: `p${one.id}`, unit: one.name, word: one.word, photos, dangers: null, refused: "" });
    if (leave) location.hash = "";
    await this.send();
    if (leave) await this.afresh();
  }

  private async draft(about: string): Promise<Draft> {
    return (await get("drafts", about)) ?? { about, answers: {}, photos: [] };
  }

  private async submit(one: Asked, draft: Draft): Promise<void> {
    const where = draft.lon !== undefined && draft.lat !== undefined ? { lon: draft.lon, lat: draft.lat } : {};
    const body = { key: freshKey(), enterprise: one.enterprise, task: one.task, use: one.use, list_at: one.list_at, performed_at: this.sending.now().toISOString(), answers: draft.answers, ...where };
    await this.keep({ kind: "check", body }, one, draft);
  }

  private async submitMeeting(post: Post, draft: Draft, pack: Pack): Promise<void> {
    const there = present(post, draft);
    const answered = there.filter((one) => complete(one.asked, draft.picked?.[one.id]));
    const body = {
      key: freshKey(), post: post.id, list_at: pack.list_at, performed_at: this.sending.now().toISOString(), remarks: draft.remarks ?? "",
      present: there.map((one) => one.id), told: Object.fromEntries(post.told.map((one) => [one.id, one.version])),
      answers: Object.fromEntries(answered.map((one) => [one.id, draft.picked?.[one.id] ?? {}])),
    };
    await this.keep({ kind: "meeting", body }, { about: draft.about, unit: post.unit, word: `${say("fwMeeting")} · ${post.name}` }, draft);
  }

  private async submitQuiz(quiz: Quiz, draft: Draft, pack: Pack): Promise<void> {
    const body = { key: freshKey(), attendance: quiz.id, list_at: pack.list_at, performed_at: this.sending.now().toISOString(), answers: draft.picked?.[quiz.id] ?? {} };
    await this.keep({ kind: "quiz", body }, { about: draft.about, unit: quiz.unit, word: `${say("fwQuiz")} · ${quiz.name}` }, draft);
  }

  /* Into the outbox, then on its way. */
  private async keep(given: Submitted, one: { about: string; unit: string; word: string }, draft: Draft): Promise<void> {
    if (this.account === null) return;
    const { about, unit, word } = one;
    await submit({ ...given, key: given.body.key, account: this.account, about, unit, word, photos: draft.photos, dangers: null, refused: "" });
    location.hash = "";
    await this.send();
  }
}

/* What was ticked, without the questions that were left open. */
function ticked(answers: Record<string, Record<string, number | null>>): Record<string, Record<string, number>> {
  const of = (one: Record<string, number | null>): Record<string, number> =>
    Object.fromEntries(Object.entries(one).filter((pair): pair is [string, number] => pair[1] !== null));
  return Object.fromEntries(Object.entries(answers).map(([worker, one]) => [worker, of(one)]));
}

function locate(draft: Draft, found: () => void): void {
  navigator.geolocation?.getCurrentPosition(
    ({ coords }) => {
      Object.assign(draft, { lon: coords.longitude, lat: coords.latitude });
      found();
    },
    () => undefined,
    { enableHighAccuracy: true, timeout: POSITION_MS, maximumAge: 60_000 },
  );
}

export function mount(place: HTMLElement, props: FieldworkProps): { update: (props: FieldworkProps) => void } {
  void new Fieldwork(place, props).start();
  return { update: () => undefined };
}
