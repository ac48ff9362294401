// Ties the marked passages of the essay to their key points: hover or focus on one side lights up the other.

const passages = (page, number) =>
  [...page.querySelectorAll("[data-numbers]")].filter((mark) => mark.dataset.numbers.split(" ").includes(number));

function light(page, numbers) {
  for (const lit of page.querySelectorAll("[data-lit]")) delete lit.dataset.lit;
  for (const number of numbers) {
    for (const mark of passages(page, number)) mark.dataset.lit = "";
    const point = page.querySelector(`[data-point="${number}"]`);
    if (point) point.dataset.lit = "";
  }
}

function numbersAt(target) {
  const link = target.closest?.("a.passage-number");
  if (link) return [link.hash.replace("#point-", "")];
  const mark = target.closest?.("[data-numbers]");
  if (mark) return mark.dataset.numbers.split(" ");
  const point = target.closest?.("[data-point]");
  return point ? [point.dataset.point] : [];
}

export function lightUpEvidence(page) {
  if (page.dataset.lights !== undefined) return;
  page.dataset.lights = "";
  const rest = () => light(page, numbersAt(page.querySelector("[data-current]") ?? page));
  for (const kind of ["pointerover", "focusin"]) {
    page.addEventListener(kind, (event) => {
      const numbers = numbersAt(event.target);
      if (numbers.length) light(page, numbers);
      else if (kind === "pointerover") rest();
    });
  }
}

// Light up a key point's passages and, where the essay stands beside it, bring the first of them into view.
// Where the essay stands above, that would scroll the key point itself away.
export function showEvidence(page, point, { scroll = true } = {}) {
  light(page, [point.dataset.point]);
  const [first] = passages(page, point.dataset.point);
  if (scroll && first && beside(first, point)) first.scrollIntoView({ block: "nearest" });
}

function beside(passage, point) {
  return passage.closest("section").getBoundingClientRect().right <= point.getBoundingClientRect().left + 1;
}
