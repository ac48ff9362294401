// Counts words as the server does: runs between spaces that hold a letter or a digit.

const HOLDS_SOMETHING = /[\p{L}\p{N}]/u;

export function countWords(text) {
  return text.split(/\s+/u).filter((run) => HOLDS_SOMETHING.test(run)).length;
}

export function wordsInWords(count) {
  return count === 1 ? "1 word" : `${count.toLocaleString("en-GB")} words`;
}
