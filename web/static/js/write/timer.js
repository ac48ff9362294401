// A countdown that the writer starts and may stop. It survives a reload and never submits by itself.

const SAY_AT = new Set([600, 300, 60]);

export class Timer {
  constructor({ key, minutes, button, shown, announce, storage = window.sessionStorage }) {
    Object.assign(this, { key, minutes, button, shown, announce, storage });
    this.ticking = null;
    this.button.addEventListener("click", () => (this.ticking ? this.stop() : this.start()));
    const until = Number(this.storage.getItem(this.key));
    if (until) this.runUntil(until);
    else this.offer();
  }

  offer() {
    this.shown.textContent = "";
    this.button.textContent = `Start a ${this.minutes}-minute timer`;
  }

  start() {
    this.runUntil(Date.now() + this.minutes * 60000);
    this.announce(`Timer started: ${this.minutes} minutes.`);
  }

  stop() {
    clearInterval(this.ticking);
    this.ticking = null;
    this.storage.removeItem(this.key);
    this.offer();
  }

  runUntil(until) {
    this.until = until;
    this.storage.setItem(this.key, String(until));
    this.button.textContent = "Stop the timer";
    this.ticking = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  tick() {
    const left = Math.round((this.until - Date.now()) / 1000);
    this.shown.textContent = left > 0 ? clock(left) : "Time is up: hand in when you are ready";
    if (SAY_AT.has(left)) this.announce(`${Math.round(left / 60)} minutes left.`.replace("1 minutes", "1 minute"));
    if (left === 0) this.announce("Time is up. Nothing is handed in until you do it.");
    if (left <= 0) clearInterval(this.ticking);
  }
}

function clock(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)} left`;
}
