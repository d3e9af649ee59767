/**
 * The text of results: titles, names of classes, options. It is not ours, so nothing in it is
 * mathematics or markup, whatever characters it has, and it does not disturb the text around it.
 *
 * @module
 */

/** The characters that {@link Prose} reads, and the noncharacters that stand for them in results. */
const stands: readonly (readonly [character: string, mark: string])[] = [
  ["$", "\uFDD0"],
  ["`", "\uFDD1"],
];
const characters = /[$`]/g;
const marks = /[\uFDD0\uFDD1]/g;
const toMark = new Map(stands);
const toCharacter = new Map(stands.map(([character, mark]) => [mark, character]));

/**
 * Controls, which no font shows, the overrides of the direction of writing, which would reach beyond
 * the text that has them, halves of characters, and noncharacters.
 */
const unseen =
  /(?![\t\n\r])\p{Cc}|[\u202A-\u202E\u2066-\u2069]|\p{Noncharacter_Code_Point}|\p{Surrogate}/gu;
const rightToLeft =
  /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u;
const [isolate, endOfIsolate] = ["\u2068", "\u2069"];

/**
 * Makes the text of results fit to be shown: what cannot be seen becomes �, and what is written from
 * right to left is isolated, so that the words around it keep their order.
 *
 * @param results The results, as JSON values.
 * @returns The results; the same values where nothing had to be changed.
 */
export function displayable<Value>(results: Value): Value {
  return mapText(results, (text) => {
    const seen = text.replace(unseen, "\uFFFD");
    return rightToLeft.test(seen) ? `${isolate}${seen}${endOfIsolate}` : seen;
  });
}

/** Text without what {@linkcode displayable} put around it, for files that programs read. */
export function withoutIsolates(text: string): string {
  return text.replaceAll(isolate, "").replaceAll(endOfIsolate, "");
}

/**
 * Marks the text of results, so that a page does not take a dollar sign in it for mathematics of ours
 * nor a backtick for code, wherever a sentence quotes it.
 *
 * @param results The results that a page is rendered from.
 * @returns The marked results, the same values where nothing had to be changed; {@linkcode unmarked} undoes it.
 */
export function marked<Value>(results: Value): Value {
  return mapText(results, (text) => text.replace(characters, (one) => toMark.get(one)!));
}

/** Text, or a whole document, with the characters that marks stand for. */
export function unmarked(text: string): string {
  return text.replace(marks, (mark) => toCharacter.get(mark)!);
}

/** Changes every text and every key in JSON values. */
function mapText<Value>(value: Value, change: (text: string) => string): Value {
  return mapValue(value, change) as Value;
}

/** Most of a result is numbers in lists: nothing is made anew where nothing changes. */
function mapValue(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    let items: unknown[] | undefined;
    for (let at = 0; at < value.length; at++) {
      const item = value[at];
      if (typeof item === "number") continue;
      const mapped = mapValue(item, change);
      if (mapped !== item) (items ??= [...value])[at] = mapped;
    }
    return items ?? value;
  }
  const entries: [string, unknown][] = [];
  let same = true;
  for (const [key, item] of Object.entries(value)) {
    const entry: [string, unknown] = [change(key), mapValue(item, change)];
    same &&= key === entry[0] && item === entry[1];
    entries.push(entry);
  }
  return same ? value : Object.fromEntries(entries);
}
