// What every page has: times in the reader's own zone, and one question before an act that takes something away.

import { sayLocalTimes } from "./local-time.js";

sayLocalTimes(document);

/** Ask once in a dialog; resolves to whether the person agreed. */
export function ask(question, label = "Yes, go on") {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const text = document.createElement("p");
  text.textContent = question;
  const form = document.createElement("form");
  form.method = "dialog";
  form.append(button("no", "Cancel", "btn btn-outline-secondary"), button("yes", label, "btn btn-primary"));
  dialog.append(text, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function button(value, label, className) {
  const element = document.createElement("button");
  Object.assign(element, { value, className, textContent: label });
  return element;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const question = form.dataset.confirm;
  if (!question || form.dataset.agreed) return;
  event.preventDefault();
  if (await ask(question)) {
    form.dataset.agreed = "yes";
    form.requestSubmit(event.submitter);
  }
});
