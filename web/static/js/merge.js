// The page with two versions: once one is chosen, this computer keeps the chosen text until the server has it.

import { LocalCopies } from "./write/local-copy.js";

const page = document.getElementById("merging");
const copies = new LocalCopies(page.dataset.owner, page.dataset.slug);
const mine = page.querySelector("[data-choice=mine]").elements;

function keepChosen(event) {
  const { essay, plan } = event.target.elements;
  const settled = copies.all().filter((copy) => copy.text === mine.essay.value && copy.plan === mine.plan.value);
  copies.keep({
    text: essay.value,
    plan: plan.value,
    draft: page.dataset.draft,
    revision: Number(page.dataset.revision),
    at: new Date().toISOString(),
  });
  settled.forEach((copy) => copies.forget(copy.name));
}

page.querySelectorAll("form").forEach((form) => form.addEventListener("submit", keepChosen));
