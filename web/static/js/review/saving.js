// Saves a form of the review page without leaving it, one after the other, and loses nothing on the way:
// what is chosen and typed stays in this tab until the server has it, also over a sign-in.

const REPLACED = ["pile", "standing", "finish", "essay-text"];

export class Saver {
  constructor(page, onSaved) {
    this.page = page;
    this.onSaved = onSaved;
    this.last = Promise.resolve();
    this.status = document.querySelector("#review-status");
    this.alarm = document.querySelector("#review-alarm");
    page.addEventListener("input", (event) => this.remember(event.target.closest("form[data-saves]")));
    page.addEventListener("change", (event) => this.remember(event.target.closest("form[data-saves]")));
  }

  // Resolves to whether the server has taken it.
  save(form, submitter = null) {
    const body = new URLSearchParams(new FormData(form, submitter));
    const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
    const holder = form.closest("[data-replace]");
    holder.dataset.saving = "";
    this.last = this.last.then(() => this.#send(form, action, body, holder));
    return this.last;
  }

  async #send(form, action, body, holder) {
    try {
      const reply = await this.#post(action, body);
      const fresh = await this.#fresh(reply);
      this.#swap(fresh, holder.id);
      this.forget(form);
      this.alarm.hidden = true;
      this.status.textContent = holder.dataset.label ? `${holder.dataset.label}: saved.` : "Saved.";
      return true;
    } catch (problem) {
      delete holder.dataset.saving;
      holder.dataset.unsaved = "";
      this.#raise(problem);
      return false;
    }
  }

  async #post(action, body) {
    const reply = await fetch(action, { method: "POST", body, headers: { Accept: "text/html" } });
    if (reply.status !== 400 && reply.status !== 403) return reply;
    // The token was too old: take the one of a fresh page and try once more.
    const token = await this.#token();
    body.set("csrf_token", token);
    return fetch(action, { method: "POST", body, headers: { Accept: "text/html" } });
  }

  async #token() {
    const reply = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
    const field = fresh.querySelector("[data-review] [name=csrf_token]");
    if (!field) throw new SignedOut();
    return field.value;
  }

  async #fresh(reply) {
    const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (reply.status === 401 || (reply.ok && !fresh.querySelector("[data-review]"))) throw new SignedOut();
    if (!fresh.querySelector("[data-review]")) throw new Error(fresh.querySelector("h1")?.textContent);
    const refusal = fresh.querySelector("#review-alarm:not([hidden]) [data-words]");
    if (refusal) throw new Error(refusal.textContent);
    return fresh;
  }

  #swap(fresh, id) {
    const focused = document.activeElement?.closest?.(`#${id}`);
    for (const part of [id, ...REPLACED]) {
      const [old, made] = [document.getElementById(part), fresh.getElementById(part)];
      if (!old || !made) continue;
      if (old.hasAttribute("data-current")) made.dataset.current = "";
      old.replaceWith(made);
    }
    if (focused) document.getElementById(id)?.focus({ preventScroll: true });
    this.onSaved();
  }

  #raise(problem) {
    const words = problem instanceof SignedOut
      ? "You have been signed out. What you chose and wrote is kept on this page: sign in again, then save."
      : problem instanceof TypeError
        ? "Markscheme cannot be reached. What you chose and wrote is kept on this page: save again in a moment."
        : problem.message || "This could not be saved. What you chose and wrote is kept on this page: save again.";
    this.alarm.querySelector("[data-words]").textContent = words;
    this.alarm.querySelector("[data-sign-in]").hidden = !(problem instanceof SignedOut);
    this.alarm.hidden = false;
  }

  #key(form) {
    return `review:${this.page.dataset.user}:${form.getAttribute("action")}`;
  }

  remember(form) {
    if (!form) return;
    const kept = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
    sessionStorage.setItem(this.#key(form), JSON.stringify(kept));
  }

  forget(form) {
    sessionStorage.removeItem(this.#key(form));
  }

  // Put back what was chosen or typed in this tab and never saved.
  restore() {
    for (const form of this.page.querySelectorAll("form[data-saves]")) {
      const kept = sessionStorage.getItem(this.#key(form));
      if (!kept) continue;
      for (const [name, value] of JSON.parse(kept)) putBack(form, name, value);
      form.closest("[data-replace]").dataset.unsaved = "";
      const toggle = form.querySelector(".why-toggle input");
      if (toggle) toggle.checked = true;
    }
  }
}

class SignedOut extends Error {}

function putBack(form, name, value) {
  const fields = [...form.elements].filter((field) => field.name === name);
  for (const field of fields) {
    if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
    else field.value = value;
  }
}
