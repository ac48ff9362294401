// The review page by keyboard: 1-4 choose a verdict, Enter saves and goes on, j and k walk the key points.
// Everything here is also a plain form: this module only saves without leaving the page.

import { sayLocalTimes } from "./local-time.js";
import { Saver } from "./review/saving.js";
import { lightUpEvidence, showEvidence } from "./review/evidence.js";

const VERDICT_KEYS = { 1: "hit", 2: "partial", 3: "contradicted", 4: "miss" };
const page = document.querySelector("[data-review]");

const points = () => [...page.querySelectorAll("[data-point]")];
const current = () => page.querySelector("[data-point][data-current]");
const isTyping = (target) => target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
const isControl = (target) => target.closest("a, button, summary, dialog, .chips");

function makeCurrent(point, { focus = true, scroll = true } = {}) {
  if (!point) return;
  current()?.removeAttribute("data-current");
  point.dataset.current = "";
  if (focus) point.focus({ preventScroll: true });
  if (scroll) point.scrollIntoView({ block: "nearest" });
  showEvidence(page, point, { scroll });
}

function step(by) {
  const all = points();
  const next = all[all.indexOf(current()) + by];
  if (next) makeCurrent(next);
  else if (by > 0) focusFinish();
}

function focusFinish() {
  const finish = document.querySelector("[data-finish]");
  finish?.scrollIntoView({ block: "nearest" });
  finish?.focus({ preventScroll: true });
}

function choose(point, verdict) {
  const radio = point?.querySelector(`input[name=verdict][value=${verdict}]`);
  if (!radio) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  if (needsReason(point)) point.querySelector("[name=reason]").focus();
}

const chosen = (point) => point.querySelector("input[name=verdict]:checked")?.value;

function needsReason(point) {
  if (chosen(point) === point.dataset.machine) return false;
  const given = point.querySelector("[name=reason]").value.trim();
  return !given && !point.querySelector("[name=quick_reason]:checked");
}

async function saveAndGoOn(point) {
  if (needsReason(point)) {
    point.dataset.asks = "reason";
    point.querySelector("[name=reason]").focus();
    return;
  }
  const form = point.querySelector("form");
  const saved = saver.save(form);
  step(1);
  await saved;
}

function cancel(point) {
  point.querySelector("form").reset();
  delete point.dataset.asks;
  saver.forget(point.querySelector("form"));
  point.focus({ preventScroll: true });
}

// Out of a field that belongs to no key point, such as the mark, and on with the keys.
function backToPoints(field) {
  field.blur();
  makeCurrent(current());
}

function openField(point, name) {
  if (!point) return;
  point.querySelector(".why-toggle input").checked = true;
  point.querySelector(`[name=${name}]`).focus();
}

function follow(selector) {
  document.querySelector(selector)?.click();
}

const COMMANDS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  r: () => openField(current(), "reason"),
  c: () => openField(current(), "comment"),
  u: () => current()?.querySelector("[data-undo]")?.click(),
  f: focusFinish,
  m: () => page.querySelector("#mark")?.select(),
  "]": () => follow("[data-next-submission]"),
  "[": () => follow("[data-previous-submission]"),
  "?": () => document.querySelector("#keys").showModal(),
  Enter: () => current() && saveAndGoOn(current()),
};

function onFieldKey(event, point) {
  const plainEnter = event.key === "Enter" && event.target.tagName !== "TEXTAREA";
  const savingEnter = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (point && (plainEnter || savingEnter)) {
    event.preventDefault();
    if (event.target.name === "quick_reason") event.target.checked = true;
    saveAndGoOn(point);
  } else if (event.key === "Escape") {
    if (point) cancel(point);
    else backToPoints(event.target);
  } else if (point && event.key.startsWith("Arrow")) {
    walkReasons(event, point);
  }
}

function walkReasons(event, point) {
  if (event.target.tagName === "TEXTAREA" || event.target.name === "verdict") return;
  const stops = [point.querySelector("[name=reason]"), ...point.querySelectorAll("[name=quick_reason]")]
    .filter((stop) => stop.offsetParent !== null);
  const towards = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!towards) return;
  event.preventDefault();
  stops[Math.max(0, stops.indexOf(event.target) + towards)]?.focus();
}

function onKey(event) {
  const target = event.target;
  const point = target.closest?.("[data-point]");
  if (document.querySelector("dialog[open]")) return;
  if (isTyping(target) || target.name === "quick_reason") return onFieldKey(event, point);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && isControl(target)) return;
  if (event.key.startsWith("Arrow") && (target.name === "verdict" || !point)) return;
  if (event.key === "Escape" && point) return cancel(point);
  if (VERDICT_KEYS[event.key]) {
    event.preventDefault();
    return choose(current(), VERDICT_KEYS[event.key]);
  }
  const command = COMMANDS[event.key];
  if (!command) return;
  event.preventDefault();
  command();
}

function onSubmit(event) {
  const form = event.target.closest("form[data-saves]");
  if (!form) return;
  event.preventDefault();
  const point = form.closest("[data-point]");
  if (point && !event.submitter?.dataset.undo && needsReason(point)) {
    point.dataset.asks = "reason";
    point.querySelector("[name=reason]").focus();
    return;
  }
  saver.save(form, event.submitter);
}

// The essay is a fresh one too: light up what belongs to the key point that is current by now.
function onSaved() {
  if (current()) showEvidence(page, current(), { scroll: false });
}

async function showRows(event) {
  const link = event.target.closest("[data-rows]");
  if (!link) return;
  event.preventDefault();
  const reply = await fetch(link.href);
  if (!reply.ok) return void (location.href = link.href);
  const rows = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("#rows");
  if (!rows) return void (location.href = link.href);
  sayLocalTimes(rows);
  const dialog = document.querySelector("#rows-dialog");
  dialog.querySelector("[data-body]").replaceChildren(rows);
  dialog.showModal();
}

const saver = new Saver(page, onSaved);
page.dataset.enhanced = "";
document.addEventListener("keydown", onKey);
page.addEventListener("submit", onSubmit);
page.addEventListener("click", (event) => {
  if (event.target.closest("[data-shows-keys]")) COMMANDS["?"]();
  else showRows(event);
});
page.addEventListener("focusin", (event) => {
  const point = event.target.closest("[data-point]");
  if (point && point !== current()) makeCurrent(point, { focus: false });
});
lightUpEvidence(page);
saver.restore();
// An essay is read from its top, so nothing is scrolled to until a key point is asked for.
const asked = document.querySelector("[data-point]:target");
makeCurrent(asked ?? page.querySelector("[data-point][data-undecided]") ?? points()[0], {
  focus: Boolean(asked),
  scroll: Boolean(asked),
});
