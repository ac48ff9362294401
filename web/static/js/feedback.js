// The feedback page: numbers lead to key points and back, n and p walk the evidence, a waiting page looks again.

import { lightUpEvidence, showEvidence } from "./review/evidence.js";
import { LocalCopies } from "./write/local-copy.js";

const LOOK_AGAIN = 5000;
const page = document.querySelector("[data-feedback]");

// This essay has arrived: the copy that was kept while it was on its way may go.
function forgetWhatArrived() {
  const copies = new LocalCopies(page.dataset.owner, page.dataset.slug);
  const arrived = copies.all().filter((copy) => copy.leaving && copy.draft === page.dataset.draft);
  arrived.forEach((copy) => copies.forget(copy.name));
}

function openPoint(number) {
  const point = page.querySelector(`[data-point="${number}"]`);
  if (!point) return;
  point.open = true;
  point.scrollIntoView({ block: "nearest" });
  point.querySelector("summary").focus({ preventScroll: true });
}

function followNumber(event) {
  const link = event.target.closest("a.passage-number");
  if (link) {
    event.preventDefault();
    openPoint(link.hash.replace("#point-", ""));
  }
  const button = event.target.closest("[data-show]");
  if (button) showEvidence(page, button.closest("[data-point]"));
}

const isTyping = (target) => target.matches("input, textarea, select");

function walk(event) {
  if (!["n", "p"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const numbers = [...page.querySelectorAll("a.passage-number")];
  if (!numbers.length) return;
  const here = numbers.indexOf(document.activeElement);
  const step = event.key === "n" ? 1 : -1;
  const start = here < 0 && step < 0 ? 0 : here;
  const next = numbers[(start + step + numbers.length) % numbers.length];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

async function lookAgain() {
  try {
    const answer = await fetch(page.dataset.statusUrl, { headers: { Accept: "application/json" } });
    if (answer.ok && !(await answer.json()).awaiting) return window.location.reload();
  } catch {
    // Offline for a moment: look again later.
  }
  return setTimeout(lookAgain, LOOK_AGAIN);
}

window.addEventListener("beforeprint", () => page.querySelectorAll(".point").forEach((point) => { point.open = true; }));
forgetWhatArrived();
lightUpEvidence(page);
page.addEventListener("click", followNumber);
document.addEventListener("keydown", walk);
document.querySelectorAll("[data-needs-script]").forEach((part) => { part.hidden = false; });
if (window.location.hash.startsWith("#point-")) openPoint(window.location.hash.replace("#point-", ""));
if (page.dataset.statusUrl) setTimeout(lookAgain, LOOK_AGAIN);
