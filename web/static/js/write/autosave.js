// Saves to this computer at once and to the server two seconds after the last keystroke.
//
// Never overwrites: a save names the revision that it continues, and where another tab or computer has saved
// since, saving stops and the page says so. Never gives up: offline and signed-out saves are tried again.

const AFTER_TYPING = 2000;
const RETRY = 10000;
const LONGEST_WAIT = 3000;

export const Saved = Object.freeze({
  CLEAN: "clean",
  WAITING: "waiting",
  SAVING: "saving",
  OFFLINE: "offline",
  TROUBLE: "trouble",
  SIGNED_OUT: "signed-out",
  CONFLICT: "conflict",
  REFUSED: "refused",
});

export class Autosave {
  constructor({ url, csrf, draft, revision, copies, read, report }) {
    Object.assign(this, { url, csrf, draft, revision, copies, read, report });
    this.state = Saved.CLEAN;
    this.timer = null;
    this.inFlight = null;
    this.keptHere = true;
    this.stopped = false;
    this.unanswered = [];
  }

  get unsaved() {
    return this.state !== Saved.CLEAN;
  }

  snapshot() {
    return { ...this.read(), draft: this.draft, revision: this.revision, at: new Date().toISOString() };
  }

  // Take note of a change: keep it here at once, and send it soon.
  changed() {
    this.keptHere = this.copies.keep(this.snapshot());
    if (this.state === Saved.CONFLICT) return;
    if (!this.inFlight) this.show(Saved.WAITING);
    this.sendIn(AFTER_TYPING);
  }

  sendIn(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  // Start no more saves: the text is being handed in. Resolves when none is on its way, or has been for long.
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    return Promise.race([this.inFlight, new Promise((done) => { setTimeout(done, LONGEST_WAIT); })]);
  }

  resume() {
    this.stopped = false;
  }

  // Send what is there now, after whatever is still on its way.
  async save() {
    clearTimeout(this.timer);
    await this.inFlight;
    if (this.stopped || this.state === Saved.CONFLICT || this.state === Saved.CLEAN) return;
    this.inFlight = this.send(this.read());
    await this.inFlight;
    this.inFlight = null;
  }

  async send(sent) {
    this.show(Saved.SAVING);
    try {
      await this.take(await this.put(sent), sent);
    } catch {
      this.tryLater(Saved.OFFLINE, sent);
    }
  }

  // A reload cuts a save short: it may arrive all the same, after the page that continues this text was made.
  continues(copy) {
    this.unanswered.push(copy);
  }

  // The server may have stored it all the same, and only its answer was lost: remember what was sent.
  tryLater(state, sent) {
    this.unanswered.push(sent);
    this.show(state);
    this.sendIn(RETRY);
  }

  put(sent) {
    return fetch(this.url, {
      method: "PUT",
      credentials: "same-origin",
      redirect: "manual",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.csrf },
      body: JSON.stringify({ ...sent, revision: this.revision }),
    });
  }

  async take(answer, sent) {
    if (answer.ok) return this.acknowledge(await answer.json(), sent);
    if (answer.status === 409) return this.settle((await answer.json()).theirs);
    if (answer.status === 401 || answer.type === "opaqueredirect") return this.signedOut();
    if (answer.status === 400) return this.refreshToken();
    if (answer.status >= 500 || answer.status === 429) return this.tryLater(Saved.TROUBLE, sent);
    const { error } = await answer.json().catch(() => ({}));
    return this.show(Saved.REFUSED, error?.message || "Not saved: your text is kept on this computer");
  }

  // Where the stored text is one of ours whose answer was lost, go on from it; otherwise the writer chooses.
  settle(theirs) {
    const ours = this.unanswered.some((sent) => sent.text === theirs.text && sent.plan === theirs.plan);
    if (!ours) return this.show(Saved.CONFLICT);
    this.revision = theirs.revision;
    this.unanswered = [];
    this.show(Saved.WAITING);
    return this.sendIn(0);
  }

  acknowledge(saved, sent) {
    this.unanswered = [];
    this.revision = saved.revision;
    this.draft = saved.draft;
    const now = this.read();
    if (now.text === sent.text && now.plan === sent.plan) {
      this.copies.forget();
      this.show(Saved.CLEAN, saved.saved_at);
    } else {
      this.changed();
      this.show(Saved.WAITING);
    }
  }

  signedOut() {
    this.show(Saved.SIGNED_OUT);
    this.sendIn(RETRY);
  }

  // The page was open for so long that its token ran out: ask for a new one and send again.
  async refreshToken() {
    const answer = await fetch(this.url, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!answer.ok) return this.signedOut();
    const fresh = (await answer.json()).csrf_token;
    if (this.renewed) return this.show(Saved.REFUSED, "Not saved: reload the page, your text is kept");
    this.csrf = fresh;
    this.renewed = true;
    this.show(Saved.WAITING);
    return this.sendIn(0);
  }

  show(state, detail) {
    if (state === Saved.CLEAN) this.renewed = false;
    this.state = state;
    this.report(state, detail, this.keptHere);
  }
}
