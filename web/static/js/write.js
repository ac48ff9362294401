// The writing page: grows the sheet with the text, counts, saves, restores, and guards against losing a word.

import { Autosave, Saved } from "./write/autosave.js";
import { LocalCopies, sortOut } from "./write/local-copy.js";
import { Timer } from "./write/timer.js";
import { notHandedIn, savedInWords, tooLong } from "./write/wording.js";
import { countWords, wordsInWords } from "./write/words.js";

const at = (id) => document.getElementById(id);
const form = at("write-form");
const { essay, plan, revision } = form.elements;
const page = form.dataset;
const limit = Number(page.limit);
const copies = new LocalCopies(page.owner, page.slug);
const autosave = new Autosave({
  url: page.saveUrl,
  csrf: form.elements.csrf_token.value,
  draft: page.draft,
  revision: Number(page.revision),
  copies,
  read: () => ({ text: essay.value, plan: plan.value }),
  report: showState,
});
let leaving = false;

function showState(state, detail, keptHere) {
  const line = at("save-state");
  const words = savedInWords(state, detail, keptHere);
  if (line.textContent !== words) line.textContent = words;
  line.dataset.state = state;
  at("sign-in-again").hidden = state !== Saved.SIGNED_OUT;
  at("conflict").hidden = state !== Saved.CONFLICT;
  if (state === Saved.CLEAN) at("unreachable").hidden = true;
}

// The question above and the bar below cover the page: what is typed between them must stay in sight.
function keepClear() {
  const root = document.documentElement.style;
  root.scrollPaddingTop = `${covered(document.querySelector(".writing-question"))}px`;
  root.scrollPaddingBottom = `${covered(document.querySelector(".writing-foot"))}px`;
}

function covered(part) {
  const lines = parseFloat(getComputedStyle(essay).lineHeight) / 2;
  return getComputedStyle(part).position === "sticky" ? part.offsetHeight + lines : lines;
}

function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  const place = window.scrollY;
  essay.style.height = "auto";
  essay.style.height = `${essay.scrollHeight + 8}px`;
  window.scrollTo({ top: place, behavior: "instant" });
}

function count() {
  at("word-count").textContent = wordsInWords(countWords(essay.value));
  at("too-long").textContent = tooLong(essay.value.length, limit);
  at("too-long").hidden = essay.value.length <= limit;
}

function changed() {
  grow();
  count();
  autosave.changed();
}

// What this computer kept is shown where it continues what the server has, and offered where it does not.
function restore() {
  const shown = { text: essay.value, plan: plan.value, draft: page.draft, revision: Number(page.revision) };
  const { drop, adopt, offer } = sortOut(copies.all(), shown);
  drop.forEach((copy) => copies.forget(copy.name));
  if (page.unsaved === "yes") autosave.changed();
  else if (adopt) {
    essay.value = adopt.text;
    plan.value = adopt.plan;
    autosave.continues(adopt);
    autosave.changed();
    copies.forget(adopt.name);
  }
  offerNext(page.unsaved === "yes" && adopt ? [adopt, ...offer] : offer);
}

function offerNext(offers) {
  const [first, ...others] = offers;
  at("found").hidden = !first;
  if (!first) return;
  at("found-essay").value = first.text;
  at("found-plan").value = first.plan;
  at("found-text").textContent = first.text;
  at("found-drop").onclick = () => {
    copies.forget(first.name);
    offerNext(others);
    if (!others.length) essay.focus();
  };
}

function comeBack() {
  leaving = false;
  autosave.resume();
}

function guardLeaving(event) {
  if (!leaving && autosave.unsaved) event.preventDefault();
}

// Without a connection the browser would leave for a page of its own: stay here, and say that nothing is lost.
async function sendWhenBack(submitter) {
  await autosave.save();
  if (navigator.onLine && autosave.state !== Saved.OFFLINE) return form.requestSubmit(submitter);
  at("unreachable").textContent = notHandedIn(autosave.state, autosave.keptHere);
  at("unreachable").hidden = false;
  return undefined;
}

// A double click is one submission; a text that is too long stays here, with the reason in view.
async function sendOnce(event) {
  if (leaving) return event.preventDefault();
  if (event.submitter?.name === "send" && essay.value.length > limit) {
    at("too-long").scrollIntoView({ block: "center" });
    return event.preventDefault();
  }
  if (!navigator.onLine || autosave.state === Saved.OFFLINE) {
    event.preventDefault();
    return sendWhenBack(event.submitter);
  }
  if (autosave.inFlight) {
    event.preventDefault();
    await autosave.stop();
    autosave.inFlight = null;
    return form.requestSubmit(event.submitter);
  }
  leaving = true;
  autosave.stop();
  revision.value = autosave.revision;
  copies.keep({ ...autosave.snapshot(), leaving: true });
  return undefined;
}

function saveByKey(event) {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
  event.preventDefault();
  autosave.save();
}

function startTimer() {
  if (!at("timer")) return;
  new Timer({
    key: `markscheme:timer:${page.owner}:${page.slug}`,
    minutes: Number(at("timer").dataset.minutes),
    button: at("timer-button"),
    shown: at("timer-shown"),
    announce: (words) => { at("announce").textContent = words; },
  });
}

essay.addEventListener("input", changed);
plan.addEventListener("input", () => autosave.changed());
form.addEventListener("submit", sendOnce);
window.addEventListener("beforeunload", guardLeaving);
window.addEventListener("online", () => {
  at("unreachable").hidden = true;
  autosave.save();
});
window.addEventListener("resize", keepClear);
window.addEventListener("pageshow", (event) => { if (event.persisted) comeBack(); });
document.addEventListener("visibilitychange", () => { if (document.hidden) autosave.save(); });
document.addEventListener("keydown", saveByKey);
document.querySelectorAll("[data-needs-script]").forEach((part) => { part.hidden = false; });
document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
if (window.location.pathname !== page.here) window.history.replaceState(null, "", page.here);
if (page.savedAt) showState(Saved.CLEAN, page.savedAt);
startTimer();
restore();
grow();
count();
for (const part of document.querySelectorAll(".writing-question, .writing-foot")) new ResizeObserver(keepClear).observe(part);
