/* Dangers on the phone: report one as it is found, rectify one with photos before and after. */
import { say, type Word } from "../../words";
import { button, make } from "./parts";
import { shrunk } from "./photo";
import type { DangerItem, Draft, Pack } from "./store";

interface Presses {
  now: () => Date;
  changed: () => void;
  submit: () => void;
  back: () => void;
}

/** Whose draft a danger's is: somebody else's login on the same phone never opens it. */
export function aboutDanger(id: number, account: number | null): string {
  return `d${id}@${account}`;
}

/** Likewise of a danger that is found now; `of`: which, where one was sent back to be changed. */
export function aboutFind(account: number | null, of = ""): string {
  return `n${of}@${account}`;
}

/** A danger is reported: what and where, how severe it seems, with photos. */
export function reportForm(pack: Pack, draft: Draft, press: Presses): HTMLElement {
  draft.firm ??= pack.firms[0]?.id ?? 0;
  const send = sender(press, () => (!draft.title?.trim() ? "dgLackTitle" : !draft.place?.trim() ? "dgLackPlace" : ""), "dgReport");
  const title = written("input", say("dgTitle"), 120, draft.title, (text) => { draft.title = text; }, send.changed);
  const place = written("input", say("dgPlace"), 200, draft.place, (text) => { draft.place = text; }, send.changed);
  const words = written("textarea", say("dgWords"), 1000, draft.words, (text) => { draft.words = text; }, send.changed);
  const placed = make("span");
  const page = make(
    "div", { className: "al-fw" },
    button("al-fw-back", `‹ ${say("fwBack")}`, press.back),
    make("h1", { className: "al-fw-title", textContent: say("ptDanger") }),
    make("p", { className: "al-fw-small" }, pack.firms.length === 1 ? `${pack.firms[0]?.name} · ` : "", placed),
    pack.firms.length > 1 && firms(pack, draft, send.changed),
    title, place,
    pictures(draft, "before", say("dgPhoto"), press.now, send),
    make("p", { className: "al-fw-small", textContent: say("dgNow") }),
    words, grade(pack, draft, send.changed),
    send.foot,
  );
  where(page, placed, draft);
  return page;
}

/** A danger is rectified: what was done, with photos of how it was and how it is. */
export function rectifyForm(one: DangerItem, draft: Draft, press: Presses): HTMLElement {
  const shot = (): boolean => one.after > 0 || draft.photos.some((photo) => photo.code === "after");
  const send = sender(press, () => (!shot() ? "dgLackAfter" : !draft.words?.trim() ? "dgLackDone" : ""), "dgRectified");
  const placed = make("span");
  const page = make(
    "div", { className: "al-fw" },
    button("al-fw-back", `‹ ${say("fwBack")}`, press.back),
    make("h1", { className: "al-fw-title", textContent: one.title }),
    make("p", { className: "al-fw-small" }, [one.major ? say("dgMajor") : "", one.number, one.unit, one.place].filter(Boolean).join(" · "), " · ", placed),
    one.words && make("p", { className: "al-fw-words", textContent: one.words }),
    one.behalf && make("p", { className: "al-fw-line", textContent: say("dgBehalf") }),
    one.returned && make("p", { className: "al-fw-line", textContent: say("dgReturned", { why: one.returned }) }),
  );
  if (one.hindered) page.append(make("p", { className: "al-fw-line", textContent: say("dgHindered", { why: one.hindered }) }));
  else
    page.append(
      pictures(draft, "before", say("dgBefore"), press.now, send, one.before),
      pictures(draft, "after", say("dgAfter"), press.now, send, one.after),
      one.own ? make("p", { className: "al-fw-small", textContent: say("dgBoth") }) : "",
      written("textarea", say("dgDone"), 500, draft.words, (text) => { draft.words = text; }, send.changed),
      send.foot,
    );
  where(page, placed, draft);
  return page;
}

interface Sender {
  foot: HTMLElement;
  changed: () => void;
  /** Nothing is sent while a photo is being made small. */
  hold: (more: 1 | -1) => void;
}

/* The press in the thumb zone: as long as something is lacking it says what. */
function sender(press: Presses, lacking: () => Word | "", word: Word): Sender {
  let held = 0;
  const send = button("al-button", "", () => {
    send.disabled = true;
    press.submit();
  });
  const show = (): void => {
    const lack = lacking();
    send.disabled = lack !== "" || held > 0;
    send.textContent = say(lack || word);
  };
  show();
  const changed = (): void => {
    show();
    press.changed();
  };
  const hold = (more: 1 | -1): void => {
    held += more;
    show();
  };
  return { foot: make("div", { className: "al-fw-foot" }, send), changed, hold };
}

function written(tag: "input" | "textarea", word: string, longest: number, value: string | undefined, write: (text: string) => void, changed: () => void): HTMLElement {
  const field = tag === "input" ? make("input", { className: "form-control" }) : make("textarea", { className: "form-control", rows: 3 });
  Object.assign(field, { maxLength: longest, value: value ?? "" });
  field.addEventListener("input", () => {
    write(field.value);
    changed();
  });
  return make("label", { className: "al-fw-field" }, make("span", { textContent: word }), field);
}

function firms(pack: Pack, draft: Draft, changed: () => void): HTMLElement {
  const field = make("select", { className: "form-control" }, ...pack.firms.map((one) => make("option", { value: String(one.id), textContent: one.name })));
  field.value = String(draft.firm);
  field.addEventListener("change", () => {
    draft.firm = Number(field.value);
    changed();
  });
  return make("label", { className: "al-fw-field" }, make("span", { textContent: say("dgFirm") }), field);
}

/* How severe it seems to whoever found it; grading it is somebody else's decision. */
function grade(pack: Pack, draft: Draft, changed: () => void): HTMLElement {
  const group = make("div", { className: "al-fw-choices", role: "radiogroup" });
  group.setAttribute("aria-label", say("dgGrade"));
  const show = (): void => {
    for (const each of group.children) each.setAttribute("aria-checked", String((each as HTMLElement).dataset.grade === (draft.grade ?? "")));
  };
  for (const { key, word } of [...pack.grades, { key: "", word: say("dgUnsure") }]) {
    const one = button("al-fw-choice", word, () => {
      draft.grade = key;
      show();
      changed();
    });
    one.setAttribute("role", "radio");
    one.dataset.grade = key;
    group.append(one);
  }
  show();
  return make("section", { className: "al-fw-item" }, make("p", { textContent: say("dgGrade") }), make("small", { textContent: say("dgGraded") }), group);
}

/* Photos of one moment: those taken here, each to be seen and taken away, and one more to take. */
function pictures(draft: Draft, code: string, word: string, now: () => Date, { changed, hold }: Sender, has = 0): HTMLElement {
  const shown = make("div", { className: "al-fw-shots" });
  const file = make("input", { type: "file", accept: "image/*", hidden: true });
  file.setAttribute("capture", "environment");
  const show = (): void => {
    shown.replaceChildren(...draft.photos.filter((one) => one.code === code).map((one) => {
      const picture = make("img", { src: URL.createObjectURL(one.blob), alt: word });
      picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
      const away = button("al-fw-away", "×", () => {
        draft.photos.splice(draft.photos.indexOf(one), 1);
        show();
        changed();
      });
      away.setAttribute("aria-label", say("dgTakeAway"));
      return make("div", {}, picture, away);
    }));
  };
  file.addEventListener("change", async () => {
    hold(1);
    for (const taken of file.files ?? []) {
      const at = draft.lon !== undefined && draft.lat !== undefined ? { lon: draft.lon, lat: draft.lat } : {};
      draft.photos.push({ code, blob: await shrunk(taken), taken_at: now().toISOString(), ...at });
    }
    file.value = "";
    hold(-1);
    show();
    changed();
  });
  show();
  const take = make("label", { className: "al-button al-button-second" }, say("dgTake"), file);
  const place = make("section", { className: "al-fw-item" }, make("p", { textContent: word }), has ? make("small", { textContent: say("dgHas", { n: has }) }) : null, shown, take);
  place.dataset.code = code;
  return place;
}

/* Whether the phone knows where it is; it may come to know later. */
function where(page: HTMLElement, placed: HTMLElement, draft: Draft): void {
  const show = (): void => {
    placed.textContent = say(draft.lon === undefined ? "fwNoPlace" : "fwPlaced");
  };
  show();
  page.addEventListener("placed", show);
}
