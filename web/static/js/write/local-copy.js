// The copies that this computer keeps of what the server has not got yet.
//
// One entry a person, question and open page: the next pupil at the same computer is never shown it, and two
// tabs never overwrite each other's. An entry exists only while it holds something that the server lacks: as
// soon as a save is acknowledged it goes.

const PREFIX = "markscheme:essay:";

export class LocalCopies {
  constructor(owner, slug, storage = window.localStorage) {
    this.prefix = `${PREFIX}${owner}:${slug}:`;
    this.own = this.prefix + Math.random().toString(36).slice(2);
    this.storage = storage;
  }

  // Every copy of this person and question, the newest first, each with the name it is kept under.
  all() {
    return this.names().map((name) => this.read(name)).filter(Boolean).sort((a, b) => (a.at < b.at ? 1 : -1));
  }

  names() {
    try {
      return Object.keys(this.storage).filter((name) => name.startsWith(this.prefix));
    } catch {
      return [];
    }
  }

  read(name) {
    try {
      const found = JSON.parse(this.storage.getItem(name));
      return found && typeof found.text === "string" ? { ...found, name } : null;
    } catch {
      return null;
    }
  }

  // Returns whether the copy was kept: private windows and full disks refuse.
  keep(copy) {
    try {
      this.storage.setItem(this.own, JSON.stringify(copy));
      return true;
    } catch {
      return false;
    }
  }

  forget(name = this.own) {
    try {
      this.storage.removeItem(name);
    } catch {
      // Storage that cannot be written to holds nothing of ours either.
    }
  }
}

// Decide what to do with the copies found: drop what the server has, adopt the newest that continues what it
// has, offer the others. `shown` is {text, plan, draft, revision} as the server sent it.
export function sortOut(copies, shown) {
  const same = (copy) => copy.text === shown.text && copy.plan === shown.plan;
  const drop = copies.filter(same);
  const others = copies.filter((copy) => !same(copy));
  const adopt = others.find((copy) => copy.draft === shown.draft && copy.revision === shown.revision) || null;
  return { drop, adopt, offer: others.filter((copy) => copy !== adopt) };
}
