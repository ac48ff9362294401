// What the page says about saving, in words; nothing else on the page is written here.

import { Saved } from "./autosave.js";

export function savedInWords(state, detail, keptHere) {
  switch (state) {
    case Saved.CLEAN:
      return `Saved ${hourAndMinute(detail)}`;
    case Saved.WAITING:
      return "Not saved yet";
    case Saved.SAVING:
      return "Saving …";
    case Saved.OFFLINE:
      return keptHere ? "Offline: kept on this computer" : "Offline: copy your text before you close this page";
    case Saved.TROUBLE:
      return keptHere
        ? "The server cannot save just now: kept on this computer"
        : "The server cannot save just now: copy your text before you close this page";
    case Saved.SIGNED_OUT:
      return keptHere
        ? "Sign in again to save: your text is kept on this computer"
        : "Sign in again to save: copy your text before you close this page";
    case Saved.CONFLICT:
      return "Changed somewhere else: not saved here";
    default:
      return detail;
  }
}

export function notHandedIn(state, keptHere) {
  const kept = state === Saved.CLEAN
    ? "Your essay is saved"
    : keptHere ? "Your essay is kept on this computer" : "Copy your text before you close this page";
  return `Not handed in: Markscheme cannot be reached. ${kept}. Hand it in when the connection is back.`;
}

export function tooLong(characters, limit) {
  const number = (n) => n.toLocaleString("en-GB");
  return characters <= limit ? "" :
    `This text has ${number(characters)} characters; at most ${number(limit)} can be marked. ` +
    "Cut it down, and it saves again.";
}

// "14:02" today, "21 Nov, 14:02" on another day.
function hourAndMinute(moment) {
  const when = new Date(moment);
  const time = when.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const sameDay = when.toDateString() === new Date().toDateString();
  return sameDay ? time : `${when.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${time}`;
}
