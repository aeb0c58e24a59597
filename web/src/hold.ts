/* Press two seconds to send (ui.md 9): pointer or Enter; letting go cancels; the server still checks.

   <form method="post" …><button class="al-hold" data-hold>…</button></form>
   data-needs="ID" data-expect="12345": the button stays shut until that input holds the count. */
import { say } from "./words";

const HOLD_MS = 2_000;

let held: HTMLButtonElement | null = null;
let began = 0;
let frame = 0;
let passing: HTMLButtonElement | null = null;

function holdable(target: EventTarget | null): HTMLButtonElement | null {
  const button = target instanceof Element ? target.closest<HTMLButtonElement>("[data-hold]") : null;
  return button && !button.disabled && button.dataset.state !== "sent" ? button : null;
}

function announce(text: string): void {
  let place = document.getElementById("al-hold-said");
  if (!place) {
    place = document.createElement("div");
    place.id = "al-hold-said";
    place.className = "visually-hidden";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = text;
}

function start(button: HTMLButtonElement): void {
  if (held) return;
  // What the form still misses is said before anything is held, and nothing is sent without it.
  if (button.form && !button.form.reportValidity()) return;
  held = button;
  began = performance.now();
  button.dataset.state = "holding";
  announce(say("holdOn"));
  frame = requestAnimationFrame(step);
}

function step(): void {
  if (!held) return;
  const wanted = Number(held.dataset.hold) || HOLD_MS;
  const share = Math.min((performance.now() - began) / wanted, 1);
  held.style.setProperty("--held", share.toFixed(4));
  if (share < 1) frame = requestAnimationFrame(step);
  else send(held);
}

function cancel(): void {
  if (!held) return;
  cancelAnimationFrame(frame);
  held.style.setProperty("--held", "0");
  held.dataset.state = "idle";
  announce(say("cancelled"));
  held = null;
}

function send(button: HTMLButtonElement): void {
  held = null;
  button.dataset.state = "sent";
  announce(say("sending"));
  passing = button;
  button.form?.requestSubmit(button);
  passing = null;
  button.disabled = true;
}

function checkCounts(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-hold][data-needs]")) {
    const input = document.getElementById(button.dataset.needs ?? "");
    if (!(input instanceof HTMLInputElement) || button.dataset.state === "sent") continue;
    button.disabled = input.value.replace(/[,，\s]/g, "") !== (button.dataset.expect ?? "");
  }
}

export function startHold(): void {
  document.addEventListener("pointerdown", (event) => {
    const button = event.button === 0 ? holdable(event.target) : null;
    if (!button) return;
    button.setPointerCapture?.(event.pointerId);
    start(button);
  });
  for (const end of ["pointerup", "pointercancel", "contextmenu"]) document.addEventListener(end, cancel);
  document.addEventListener("pointermove", (event) => {
    if (!held || event.pointerType === "touch") return;
    const box = held.getBoundingClientRect();
    const inside =
      event.clientX >= box.left && event.clientX <= box.right &&
      event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) cancel();
  });
  document.addEventListener("keydown", (event) => {
    const button = holdable(event.target);
    if (!button || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    if (!event.repeat) start(button);
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === "Enter" || event.key === " ") cancel();
  });
  window.addEventListener("blur", cancel);
  document.addEventListener("visibilitychange", cancel);
  // A plain click or Enter never sends.
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-hold]") : null;
    if (button && button !== passing) event.preventDefault();
  }, true);
  document.addEventListener("submit", (event) => {
    const button = (event as SubmitEvent).submitter;
    if (button?.matches("[data-hold]") && button !== passing) event.preventDefault();
  }, true);
  document.addEventListener("input", checkCounts);
  document.addEventListener("htmx:afterSettle", checkCounts);
  checkCounts();
}
