/* The outbox: every check, meeting, quiz, danger and piece of a patrol goes until the server has said that it has it, once however often sent. */
import type { FieldworkProps } from "../../props";
import { say } from "../../words";
import { all, drop, get, put, together, type Pack, type Photo, type Waiting } from "./store";

const RECEIVED_KEPT = 10;

/** How the line to the server stands: `ended`: there is one, but nobody is logged in. */
export type Line = "unknown" | "up" | "down" | "ended";

export interface Session {
  account: number;
  name: string;
  csrf: string;
  now: string;
}

class Ended extends Error {}
class Refused extends Error {}

export class Sending {
  line: Line = "unknown";
  session: Session | null = null;
  /** Milliseconds by which the platform's clock is ahead of the phone's, as far as known. */
  aheadMs = 0;
  private busy = false;

  constructor(private readonly props: FieldworkProps, private readonly changed: () => void) {}

  /** The platform's time: a phone's own clock may be wrong. */
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  /** Send what waits, oldest first; whatever fails stays. */
  async go(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      this.session = (await this.ask(this.props.session)) as Session;
      this.aheadMs = Date.parse(this.session.now) - Date.now();
      this.line = "up";
      for (const row of await all("waiting")) {
        if (row.account === this.session.account && !row.refused) await this.send(row);
      }
    } catch (fault) {
      this.line = fault instanceof Ended ? "ended" : "down";
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  /** Take the lists along anew; without a line the ones taken before. */
  async take(text = ""): Promise<Pack | null> {
    const kept = await get("pack", "pack");
    if (this.line !== "up" || !this.session) return kept?.pack ?? null;
    try {
      const found = (await this.ask(`${this.props.pack}?q=${encodeURIComponent(text)}`)) as Pack;
      const pack = text && kept?.account === this.session.account && !found.own ? together(kept.pack, found) : found;
      await put("pack", { id: "pack", account: this.session.account, pack, ahead_ms: this.aheadMs });
      return pack;
    } catch {
      return kept?.account === this.session.account ? kept.pack : null;
    }
  }

  private async send(row: Waiting): Promise<void> {
    try {
      // Of a rectification the photos go first: without one of how it is now it is not taken.
      if (row.kind === "rectified") await this.sendPhotos(row);
      if (row.dangers === null) await this.sendBody(row);
      await this.sendPhotos(row);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      row.refused = fault.message;
      await put("waiting", row);
      return;
    }
    // What goes on all the time is not told of.
    if (row.kind === "patrol" && row.body.verb !== "finish" && row.body.verb !== "danger") {
      await drop("waiting", row.key);
      return;
    }
    await put("received", {
      key: row.key, kind: row.kind ?? "check", account: row.account, about: row.about, unit: row.unit, word: row.word, dangers: row.dangers ?? [], at: this.now().toISOString(), said: row.said ?? [],
    });
    await drop("waiting", row.key);
    const older = (await all("received")).sort((a, b) => b.at.localeCompare(a.at)).slice(RECEIVED_KEPT);
    for (const one of older) await drop("received", one.key);
    this.changed();
  }

  private async sendBody(row: Waiting): Promise<void> {
    const { checks, meetings, quizzes, patrols, dangers, rectifications } = this.props;
    const address = { check: checks, meeting: meetings, quiz: quizzes, patrol: patrols, danger: dangers, rectified: rectifications }[row.kind ?? "check"];
    const kept = (await this.ask(address, JSON.stringify(row.body))) as { dangers?: { number: string }[]; said: string };
    row.dangers = (kept.dangers ?? []).map((one) => one.number);
    row.said = [...(row.said ?? []), ...(kept.said ? [kept.said] : [])];
    await put("waiting", row);
  }

  private async sendPhotos(row: Waiting): Promise<void> {
    for (const photo of row.photos.filter((one) => !one.sent)) {
      await this.sendPhoto(row, photo);
      photo.sent = true;
      await put("waiting", row);
    }
  }

  private async sendPhoto(row: Waiting, photo: Photo): Promise<void> {
    const { photos, patrol_photos, danger_photos } = this.props;
    const address = row.kind === "patrol" ? patrol_photos : row.kind === "danger" || row.kind === "rectified" ? danger_photos : photos;
    const form = new FormData();
    if (row.kind === "patrol") form.set("task", String(row.body.task));
    else {
      form.set("key", row.key);
      form.set("code", photo.code);
    }
    if (row.kind === "rectified") form.set("danger", String(row.body.danger));
    form.set("taken_at", photo.taken_at);
    if (photo.lon !== undefined && photo.lat !== undefined) {
      form.set("lon", String(photo.lon));
      form.set("lat", String(photo.lat));
    }
    form.set("photo", photo.blob, "photo.jpg");
    try {
      await this.ask(address, form);
    } catch (fault) {
      // The record itself is kept: a photo that is none holds nothing up, but it is said.
      if (!(fault instanceof Refused)) throw fault;
      row.said = [...(row.said ?? []), say("fwPhotoRefused", { why: fault.message })];
    }
  }

  private async ask(address: string, body?: BodyInit): Promise<unknown> {
    const asked: RequestInit = { redirect: "manual", cache: "no-store" };
    if (body !== undefined) {
      asked.method = "POST";
      asked.body = body;
      asked.headers = { "X-CSRFToken": this.session?.csrf ?? "" };
    }
    const answer = await fetch(address, asked);
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new Ended();
    if (answer.status === 409 || answer.status === 413 || answer.status === 422) {
      const said = (await answer.json().catch(() => ({}))) as { detail?: string };
      throw new Refused(said.detail ?? String(answer.status));
    }
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }
}
