// A cell of the class map opens the sentence behind its verdict; arrow keys walk the cells.

const map = document.querySelector("[data-map]");
const dialog = document.querySelector("#cell");

function open(link) {
  const cell = link.closest("td");
  const row = cell.parentElement;
  const student = map.tHead.rows[0].cells[cell.cellIndex].textContent.trim();
  const decided = link.dataset.decided ? " · decided by a teacher" : "";
  dialog.querySelector("#cell-title").textContent = row.querySelector(".map-text").textContent;
  dialog.querySelector("[data-cell-verdict]").textContent = `${student}: ${link.dataset.verdict}${decided}`;
  const quote = dialog.querySelector("[data-cell-quote]");
  const closest = link.dataset.verdict === "not found" ? "Closest: " : "";
  quote.textContent = link.dataset.quote ? closest + link.dataset.quote : "No sentence comes close.";
  dialog.querySelector("[data-cell-review]").href = link.href;
  dialog.showModal();
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function walk(link, [down, across]) {
  const cell = link.closest("td");
  const row = map.rows[cell.parentElement.rowIndex + down];
  row?.cells[cell.cellIndex + across]?.querySelector("[data-cell]")?.focus();
}

map?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-cell]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});
map?.addEventListener("keydown", (event) => {
  const link = event.target.closest("[data-cell]");
  if (!link || !STEPS[event.key]) return;
  event.preventDefault();
  walk(link, STEPS[event.key]);
});
