/* Checking on site, with a signal or without: today's list, the form, the outbox. */
import "./fieldwork.css";
import type { FieldworkProps } from "../../props";
import { say } from "../../words";
import { asked, form, review, type Asked } from "./form";
import { list, notice, type Standing } from "./list";
import { make } from "./parts";
import { Sending } from "./sending";
import { keepShell } from "./shell";
import { all, drop, freshKey, get, put, submit, type Draft, type Pack, type Waiting } from "./store";

const TRIES_EVERY_MS = 20_000;
const POSITION_MS = 15_000;

class Fieldwork {
  private readonly status = make("div");
  private readonly body = make("div");
  private readonly sending: Sending;
  private pack: Pack | null = null;
  private account: number | null = null;
  private reviewing = false;
  private shown = "";

  constructor(private readonly place: HTMLElement, private readonly props: FieldworkProps) {
    this.sending = new Sending(props, () => void this.refresh());
  }

  async start(): Promise<void> {
    this.place.append(this.status, this.body);
    addEventListener("hashchange", () => void this.show());
    addEventListener("online", () => void this.send());
    addEventListener("offline", () => void this.send());
    setInterval(() => void this.sendIfWaiting(), TRIES_EVERY_MS);
    try {
      await this.take(true);
      await this.show();
    } catch {
      this.body.append(make("p", { className: "al-fw-line", role: "alert", textContent: say("fwNoStore") }));
      return;
    }
    await this.send();
    await this.take(false);
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
  }

  private async send(): Promise<void> {
    await this.sending.go();
  }

  private async sendIfWaiting(): Promise<void> {
    if (this.sending.line !== "up" || (await all("waiting")).length) await this.send();
  }

  private async standing(): Promise<Standing> {
    const [waiting, received] = [await all("waiting"), await all("received")];
    return { pack: this.pack, now: this.sending.now(), line: this.sending.line, account: this.account, waiting, received };
  }

  /* The line changed or something was received: the list is drawn anew, a form being filled is not. */
  private async refresh(): Promise<void> {
    this.account = this.sending.session?.account ?? this.account;
    const now = await this.standing();
    this.status.replaceChildren(...[notice(now, this.props)].filter((one) => one !== null));
    if (this.shown === "") this.drawList(now, "");
  }

  private async show(): Promise<void> {
    const about = location.hash.slice(1);
    const one = this.pack && /^[te]\d+$/.test(about) ? asked(this.pack, about) : null;
    this.shown = one ? about : "";
    this.reviewing = false;
    if (one && this.pack) await this.fill(one, this.pack);
    await this.refresh();
    scrollTo(0, 0);
  }

  private drawList(now: Standing, text: string): void {
    this.body.replaceChildren(
      list(now, text, this.props, {
        open: (about) => { location.hash = about; },
        search: (said) => void this.search(said),
        again: (row) => void this.again(row),
      }),
    );
  }

  private async search(text: string): Promise<void> {
    if (this.sending.line === "up") await this.take(false, text);
    this.drawList(await this.standing(), text);
  }

  /* A check that the server did not take becomes a draft again. */
  private async again(row: Waiting): Promise<void> {
    const { about, photos, body } = row;
    const where = body.lon !== undefined && body.lat !== undefined ? { lon: body.lon, lat: body.lat } : {};
    await put("drafts", { about, answers: body.answers, photos, ...where });
    await drop("waiting", row.key);
    location.hash = about;
  }

  private async fill(one: Asked, pack: Pack): Promise<void> {
    const draft: Draft = (await get("drafts", one.about)) ?? { about: one.about, answers: {}, photos: [] };
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

  private async submit(one: Asked, draft: Draft): Promise<void> {
    if (this.account === null) return;
    const key = freshKey();
    const where = draft.lon !== undefined && draft.lat !== undefined ? { lon: draft.lon, lat: draft.lat } : {};
    await submit({
      key, account: this.account, about: one.about, unit: one.unit, word: one.word, photos: draft.photos,
      body: {
        key, enterprise: one.enterprise, task: one.task, list_at: one.list_at, performed_at: this.sending.now().toISOString(),
        answers: draft.answers, ...where,
      },
      dangers: null, refused: "",
    });
    location.hash = "";
    await this.send();
  }
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
