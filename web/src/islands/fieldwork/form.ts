/* The form of one check, made of the pack's declaration: key items one by one, the rest together. */
import { say } from "../../words";
import { button, make } from "./parts";
import { shrunk } from "./photo";
import type { Answer, Choice, Draft, Item, Pack } from "./store";

export interface Asked {
  about: string;
  enterprise: number;
  task: number | null;
  use: string;
  unit: string;
  word: string;
  list_at: string;
  items: Item[];
}

interface Presses {
  changed: () => void;
  review: () => void;
  back: () => void;
}

/** What a form is about: a task of one's own (t12), an enterprise (e5) or its standardisation review (r5); null when not in the pack. */
export function asked(pack: Pack, about: string): Asked | null {
  const id = Number(about.slice(1));
  const listed = (codes: string[]): Item[] => codes.map((code) => pack.items[code]).filter((one): one is Item => one !== undefined);
  if (about.startsWith("t")) {
    const task = pack.tasks.find((one) => one.id === id);
    return task ? { about, enterprise: task.enterprise, task: id, use: "", unit: task.unit, word: task.word, list_at: pack.list_at, items: listed(task.codes) } : null;
  }
  const place = pack.enterprises.find((one) => one.id === id);
  if (!place) return null;
  const review = about.startsWith("r");
  return {
    about, enterprise: id, task: null, use: review ? "review" : "", unit: place.name, word: say(review ? "fwReviewOf" : "fwInspection"),
    list_at: place.list_at, items: listed(review ? (place.review_codes ?? []) : place.codes),
  };
}

/** How many items are not answered yet, and how many answers lack their note. */
export function lacking(one: Asked, draft: Draft, choices: Choice[]): { answers: number; notes: number } {
  let [answers, notes] = [0, 0];
  for (const item of one.items) {
    const answer = draft.answers[item.code];
    const choice = choices.find((known) => known.key === answer?.choice);
    if (!answer || !choice) answers += 1;
    else if ((choice.note || (choice.note_on_key && item.key)) && !answer.note.trim()) notes += 1;
  }
  return { answers, notes };
}

export function form(one: Asked, draft: Draft, pack: Pack, now: () => Date, press: Presses): HTMLElement {
  const page = make("div", { className: "al-fw" });
  const next = button("al-button", "", press.review);
  const placed = make("span");
  const refresh = (): void => {
    const { answers, notes } = lacking(one, draft, pack.choices);
    next.disabled = answers + notes > 0;
    next.textContent = answers ? say("fwLeft", { n: answers }) : notes ? say("fwNoteLeft", { n: notes }) : say("fwReview");
  };
  const changed = (): void => {
    refresh();
    press.changed();
  };
  const place = (): void => {
    placed.textContent = draft.lon === undefined ? say("fwNoPlace") : say("fwPlaced");
  };
  place();
  page.addEventListener("placed", place);
  const keys = one.items.filter((item) => item.key);
  const rest = one.items.filter((item) => !item.key);
  page.append(
    button("al-fw-back", `‹ ${say("fwBack")}`, press.back),
    make("h1", { className: "al-fw-title", textContent: one.unit }),
    make("p", { className: "al-fw-small" }, `${one.word} · ${say("fwItems", { n: one.items.length })} · `, placed),
    ...other(one, pack),
  );
  if (keys.length) page.append(make("h2", { className: "al-fw-head", textContent: say("fwKey") }));
  page.append(...keys.map((item) => card(item, draft, pack, now, changed)));
  if (rest.length) page.append(...together(rest, draft, pack, now, changed));
  page.append(make("div", { className: "al-fw-foot" }, next));
  refresh();
  return page;
}

/* The other thing that may be done here: an inspection, or a standardisation review. */
function other(one: Asked, pack: Pack): HTMLElement[] {
  const place = one.task === null ? pack.enterprises.find((each) => each.id === one.enterprise) : undefined;
  if (!place?.review_codes?.length) return [];
  const [about, word] = one.use ? [`e${place.id}`, "fwInspectInstead" as const] : [`r${place.id}`, "fwReviewInstead" as const];
  return [make("a", { className: "al-fw-other", href: `#${about}`, textContent: say(word) })];
}

/* "The rest is normal": one press answers every ordinary item that has no answer yet. */
function together(rest: Item[], draft: Draft, pack: Pack, now: () => Date, changed: () => void): HTMLElement[] {
  const cards = make("div");
  const show = (): void => cards.replaceChildren(...rest.map((item) => card(item, draft, pack, now, changed)));
  const normal = button("al-button al-button-second al-fw-rest", say("fwRestNormal", { n: rest.length }), () => {
    for (const item of rest) draft.answers[item.code] ??= { choice: pack.choices[0]?.key ?? "", note: "", confirmed: false };
    normal.setAttribute("aria-pressed", "true");
    show();
    changed();
  });
  normal.setAttribute("aria-pressed", String(rest.every((item) => draft.answers[item.code])));
  const opened = make("details", {}, make("summary", { textContent: say("fwShowRest") }), cards);
  opened.open = rest.some((item) => draft.answers[item.code]?.note);
  show();
  return [make("h2", { className: "al-fw-head", textContent: say("fwRest", { n: rest.length }) }), normal, opened];
}

function card(item: Item, draft: Draft, pack: Pack, now: () => Date, changed: () => void): HTMLElement {
  const group = make("div", { className: "al-fw-choices", role: "radiogroup" });
  group.setAttribute("aria-label", item.text);
  const more = make("div");
  const show = (): void => {
    const answer = draft.answers[item.code];
    for (const each of group.children) each.setAttribute("aria-checked", String((each as HTMLElement).dataset.choice === answer?.choice));
    const choice = pack.choices.find((known) => known.key === answer?.choice);
    const asks = answer && choice && (choice.note || (choice.note_on_key && item.key));
    more.replaceChildren(...(asks ? details(item, answer, draft, pack, now, changed) : []));
  };
  for (const choice of pack.choices) {
    const one = button("al-fw-choice", choice.word, () => {
      draft.answers[item.code] = { choice: choice.key, note: draft.answers[item.code]?.note ?? "", confirmed: true };
      show();
      changed();
    });
    one.setAttribute("role", "radio");
    one.dataset.choice = choice.key;
    group.append(one);
  }
  const how = item.method && make("details", { className: "al-fw-small" }, make("summary", { textContent: say("fwHow") }), item.method);
  show();
  const place = make("section", { className: "al-fw-item" }, make("p", { textContent: item.text }), make("small", { textContent: item.basis }), how || null, group, more);
  place.dataset.code = item.code;
  return place;
}

function details(item: Item, answer: Answer, draft: Draft, pack: Pack, now: () => Date, changed: () => void): HTMLElement[] {
  const note = make("textarea", { className: "form-control", rows: 2, maxLength: pack.longest_note, value: answer.note, placeholder: say("fwNote") });
  note.setAttribute("aria-label", `${say("fwNote")}：${item.text}`);
  note.addEventListener("input", () => {
    answer.note = note.value;
    changed();
  });
  const count = make("span");
  const counted = (): void => {
    const n = draft.photos.filter((one) => one.code === item.code).length;
    count.textContent = n ? ` · ${say("fwPhotos", { n })}` : "";
  };
  const file = make("input", { type: "file", accept: "image/*", hidden: true });
  file.setAttribute("capture", "environment");
  file.addEventListener("change", async () => {
    for (const taken of file.files ?? []) {
      const where = draft.lon !== undefined && draft.lat !== undefined ? { lon: draft.lon, lat: draft.lat } : {};
      draft.photos.push({ code: item.code, blob: await shrunk(taken), taken_at: now().toISOString(), ...where });
    }
    file.value = "";
    counted();
    changed();
  });
  counted();
  const take = make("label", { className: "al-button al-button-second" }, say("fwPhoto"), count, file);
  return [note, take];
}

/** The second thought: what will be submitted, in words. */
export function review(one: Asked, draft: Draft, submit: () => void, back: () => void): HTMLElement {
  const of = (key: string): Item[] => one.items.filter((item) => draft.answers[item.code]?.choice === key);
  const [found, skipped] = [of("not_ok"), of("na")];
  const page = make("div", { className: "al-fw" });
  page.append(
    button("al-fw-back", `‹ ${say("fwChange")}`, back),
    make("h1", { className: "al-fw-title", textContent: found.length ? say("fwNotOk", { n: found.length }) : say("fwAllNormal") }),
    make("p", { textContent: `${one.unit} · ${one.word}` }),
  );
  for (const item of found) {
    const n = draft.photos.filter((photo) => photo.code === item.code).length;
    const note = draft.answers[item.code]?.note ?? "";
    page.append(make("section", { className: "al-fw-item" }, make("p", { textContent: item.text }), make("small", { textContent: n ? `${note} · ${say("fwPhotos", { n })}` : note })));
  }
  page.append(
    make("p", { textContent: say("fwOkCount", { n: one.items.length - found.length - skipped.length }) }),
    skipped.length ? make("p", { textContent: say("fwNaCount", { n: skipped.length }) }) : "",
    make("p", { className: "al-fw-small", textContent: say("fwImmutable") }),
  );
  const send = button("al-button", say("fwSubmit"), () => {
    send.disabled = true;
    submit();
  });
  page.append(make("div", { className: "al-fw-foot" }, send));
  return page;
}
