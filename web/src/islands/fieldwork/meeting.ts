/* A shift meeting on the phone: tell the risks (both cards), tick who is there, three questions each. */
import { say } from "../../words";
import { button, make } from "./parts";
import type { Draft, Pack, Picked, Post, Quiz, Risk } from "./store";

interface Presses {
  changed: () => void;
  review: () => void;
  back: () => void;
}

/** The workers of a post who are there: everybody who was not marked as absent. */
export function present(post: Post, draft: Draft): Post["people"] {
  return post.people.filter((one) => !draft.absent?.includes(one.id));
}

/** Whether somebody has ticked an option of every question. */
export function complete(asked: number[], picked: Picked | undefined): boolean {
  return asked.every((id) => picked?.[id] !== undefined);
}

export function meetingForm(post: Post, draft: Draft, pack: Pack, press: Presses): HTMLElement {
  const page = make("div", { className: "al-fw" });
  const next = button("al-button", "", press.review);
  const refresh = (): void => {
    const able = post.told.length > 0 && present(post, draft).length > 0;
    next.disabled = !able;
    next.textContent = post.told.length === 0 ? say("fwNoRisks") : able ? say("fwMeetingNext") : say("fwNobody");
  };
  const changed = (): void => {
    refresh();
    press.changed();
  };
  page.append(
    button("al-fw-back", `‹ ${say("fwBack")}`, press.back),
    make("h1", { className: "al-fw-title", textContent: `${say("fwMeeting")} · ${post.name}` }),
    make("p", { className: "al-fw-small", textContent: [post.unit, post.place].filter(Boolean).join(" · ") }),
    make("h2", { className: "al-fw-head", textContent: say("fwTell") }),
    ...post.told.map(card),
    post.told.length ? "" : make("p", { className: "al-fw-small", textContent: say("fwNoRisks") }),
    make("h2", { className: "al-fw-head", textContent: say("fwThere") }),
    ...post.people.map((one) => attendee(one, draft, pack, changed)),
  );
  const remarks = make("textarea", { className: "form-control", rows: 2, maxLength: 500, value: draft.remarks ?? "", placeholder: say("fwRemarks") });
  remarks.setAttribute("aria-label", say("fwRemarks"));
  remarks.addEventListener("input", () => {
    draft.remarks = remarks.value;
    press.changed();
  });
  page.append(remarks, make("div", { className: "al-fw-foot" }, next));
  refresh();
  return page;
}

/* Both cards of a risk: what to know, what to do in an emergency. */
function card(risk: Risk): HTMLElement {
  const lines = risk.controls.map(([word, text]) => make("p", { className: "al-fw-told" }, make("b", { textContent: word }), ` ${text}`));
  const emergency = risk.emergency && make("p", { className: "al-fw-told al-fw-emergency" }, make("b", { textContent: say("fwEmergency") }), ` ${risk.emergency}`, risk.responsible ? `　${say("fwTellWhom", { name: risk.responsible })}` : "");
  const head = make("p", {}, make("span", { className: `al-risk r${risk.level}`, textContent: risk.colour }), ` ${risk.name} `, make("small", { textContent: risk.place }));
  return make("section", { className: "al-fw-item" }, head, make("small", { textContent: [risk.hazards, risk.accidents].filter(Boolean).join(" · ") }), ...lines, emergency || null);
}

function attendee(one: Post["people"][number], draft: Draft, pack: Pack, changed: () => void): HTMLElement {
  const place = make("section", { className: "al-fw-item" });
  const title = make("summary");
  const quiz = make("details", {}, title);
  const there = button("al-fw-choice", say("fwPresent"), () => turn(true));
  const away = button("al-fw-choice", say("fwAbsent"), () => turn(false));
  const show = (): void => {
    const here = !draft.absent?.includes(one.id);
    there.setAttribute("aria-checked", String(here));
    away.setAttribute("aria-checked", String(!here));
    const done = one.asked.filter((id) => draft.picked?.[one.id]?.[id] !== undefined).length;
    title.textContent = say("fwAnswered", { name: one.name, n: done, all: one.asked.length });
    quiz.hidden = !here || one.asked.length === 0;
  };
  const turn = (here: boolean): void => {
    const others = (draft.absent ?? []).filter((id) => id !== one.id);
    draft.absent = here ? others : [...others, one.id];
    show();
    changed();
  };
  for (const each of [there, away]) each.setAttribute("role", "radio");
  const choice = make("div", { className: "al-fw-choices al-fw-two", role: "radiogroup" }, there, away);
  choice.setAttribute("aria-label", one.name);
  const picked = (): Picked => {
    draft.picked ??= {};
    return (draft.picked[one.id] ??= {});
  };
  quiz.append(...questions(one.asked, pack, picked, () => {
    show();
    changed();
  }));
  const lacking = one.lacking && make("b", { className: "al-late", textContent: ` ${say("fwLacking")}` });
  place.append(make("p", {}, one.name, lacking || null), choice, quiz);
  place.dataset.worker = String(one.id);
  show();
  return place;
}

/* Questions with their options, one to be ticked of each. */
function questions(asked: number[], pack: Pack, picked: () => Picked, changed: () => void): HTMLElement[] {
  return asked.map((id, n) => {
    const question = pack.questions[id];
    const options = make("div", { className: "al-fw-options", role: "radiogroup" });
    options.setAttribute("aria-label", question?.text ?? "");
    const show = (): void => {
      [...options.children].forEach((each, at) => each.setAttribute("aria-checked", String(picked()[id] === at)));
    };
    question?.options.forEach((text, at) => {
      const one = button("al-fw-choice", text, () => {
        picked()[id] = at;
        show();
        changed();
      });
      one.setAttribute("role", "radio");
      options.append(one);
    });
    show();
    return make("div", { className: "al-fw-question" }, make("p", { textContent: `${n + 1}. ${question?.text ?? ""}` }), options);
  });
}

/** The three questions of one worker, answered on a phone of one's own or the leader's. */
export function quizForm(quiz: Quiz, draft: Draft, pack: Pack, press: { changed: () => void; submit: () => void; back: () => void }): HTMLElement {
  const send = button("al-button", "", () => {
    send.disabled = true;
    press.submit();
  });
  const refresh = (): void => {
    const left = quiz.asked.filter((id) => draft.picked?.[quiz.id]?.[id] === undefined).length;
    send.disabled = left > 0;
    send.textContent = left ? say("fwQuizLeft", { n: left }) : say("fwSubmit");
  };
  const picked = (): Picked => {
    draft.picked ??= {};
    return (draft.picked[quiz.id] ??= {});
  };
  refresh();
  return make(
    "div", { className: "al-fw" },
    button("al-fw-back", `‹ ${say("fwBack")}`, press.back),
    make("h1", { className: "al-fw-title", textContent: say("fwQuiz") }),
    make("p", { className: "al-fw-small", textContent: `${say("fwQuizOf", { post: quiz.post, name: quiz.name })} · ${say("fwOnce")}` }),
    ...questions(quiz.asked, pack, picked, () => {
      refresh();
      press.changed();
    }),
    make("div", { className: "al-fw-foot" }, send),
  );
}

/** The second thought before a meeting is submitted. */
export function meetingReview(post: Post, draft: Draft, submit: () => void, back: () => void): HTMLElement {
  const there = present(post, draft);
  const done = there.filter((one) => one.asked.length > 0 && complete(one.asked, draft.picked?.[one.id])).length;
  const send = button("al-button", say("fwSubmit"), () => {
    send.disabled = true;
    submit();
  });
  return make(
    "div", { className: "al-fw" },
    button("al-fw-back", `‹ ${say("fwChange")}`, back),
    make("h1", { className: "al-fw-title", textContent: `${say("fwMeeting")} · ${post.name}` }),
    make("p", { textContent: say("fwMeetingSum", { n: there.length, done }) }),
    make("p", { textContent: there.map((one) => one.name).join("、") }),
    done < there.length && make("p", { className: "al-fw-small", textContent: say("fwLater") }),
    make("p", { className: "al-fw-small", textContent: say("fwOnce") }),
    make("div", { className: "al-fw-foot" }, send),
  );
}
