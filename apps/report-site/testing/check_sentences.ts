import assert from "node:assert/strict";
import { leaves } from "./check_words.ts";

/** A function that makes a sentence of its arguments. */
export type Sentence = (...given: readonly unknown[]) => unknown;

/** A sentence told with one marker per argument: `«low» at «lowDecay»`. */
interface Telling {
  /** The arguments, for messages. */
  readonly given: string;
  /** The markers in the order in which the sentence has them. */
  readonly markers: readonly string[];
  /** The sentence. */
  readonly text: string;
}

/**
 * Asserts that sentences in another language say each of their arguments as often as the English ones do, which is
 * once in most, and that alike arguments have the same company: where `low` comes before `high`, `lowRank` comes before
 * `highRank`; for tests only.
 *
 * @param english Texts in English.
 * @param other The same in another language.
 * @param where Names them in messages.
 */
export function checkSentences(english: unknown, other: unknown, where: string): void {
  forEachSentence(english, other, where, (at, names, own, theirs) => {
    assert.deepEqual(own.markers.toSorted(), theirs.markers.toSorted(), `${at} of ${own.given}`);
    const twice = own.markers.filter((marker, i) => own.markers.indexOf(marker) !== i);
    assert.deepEqual(twice, [], `${at} of ${own.given}`);
    const orders = pairsOf(names).filter((pair) => pair.every((one) => own.markers.includes(one)))
      .map((pair) => theirs.markers.indexOf(pair[0]) < theirs.markers.indexOf(pair[1]));
    assert(new Set(orders).size <= 1, `${at} mixes up ${theirs.markers.join(", ")}`);
  });
}

/**
 * Asserts that sentences in another language say their arguments in the order of the English ones; for tests of
 * languages of which that can be asked.
 *
 * @param english Texts in English.
 * @param other The same in another language.
 * @param where Names them in messages.
 */
export function checkOrders(english: unknown, other: unknown, where: string): void {
  forEachSentence(english, other, where, (at, _, own, theirs) => {
    assert.deepEqual(theirs.markers, own.markers, `${at} of ${own.given}`);
  });
}

/**
 * Tells a sentence once, with a marker for each argument; a text is itself; for tests only.
 *
 * @param sentence A text, or a function that makes one.
 */
export function tellOnce(sentence: unknown): string {
  if (typeof sentence !== "function") return String(sentence);
  return String(sentence(...namesOf(sentence as Sentence).map(markerFor)));
}

function forEachSentence(
  english: unknown,
  other: unknown,
  where: string,
  check: (at: string, names: readonly string[], own: Telling, theirs: Telling) => void,
): void {
  const others = new Map(leaves(other));
  for (const [path, sentence] of leaves(english)) {
    if (typeof sentence !== "function") continue;
    const names = namesOf(sentence as Sentence);
    const theirs = tellings(others.get(path) as Sentence, names);
    tellings(sentence as Sentence, names).forEach((own, at) =>
      check(`${where}, ${path}`, names, own, theirs[at])
    );
  }
}

/** The names of a function's parameters; those that it takes out of an object in one; for tests only. */
export function namesOf(sentence: Sentence): string[] {
  const [, list = ""] = /^\(([^]*?)\)\s*=>/.exec(String(sentence)) ?? [];
  return list.split(/,(?![^{]*\})/).map((name) => name.trim()).filter((name) => name !== "");
}

/**
 * Tells a sentence with a marker for each argument, and again with each of them empty, as a flag may be; for tests only.
 *
 * @param sentence The sentence.
 * @param names The names of its parameters, which {@link namesOf} gives of the English one.
 */
export function tellings(sentence: Sentence, names: readonly string[]): Telling[] {
  const marked = names.map(markerFor);
  const variants = [marked, ...names.map((_, at) => marked.toSpliced(at, 1, emptyFor(marked[at])))];
  return variants.map((given, at) => {
    const text = String(sentence(...given));
    return {
      given: at === 0 ? "all" : `all but ${names[at - 1]}`,
      markers: text.match(/«[^»]*»/g) ?? [],
      text,
    };
  });
}

/** The marker of a parameter by its name; one marker per field, if it takes fields out of an object. */
function markerFor(name: string): unknown {
  if (!name.startsWith("{")) return `«${name}»`;
  return new Proxy({}, { get: (_, key) => `«${String(key)}»` });
}

function emptyFor(marked: unknown): unknown {
  return typeof marked === "object" ? new Proxy({}, { get: () => null }) : "";
}

/** Pairs of markers of which the names differ at the start only, as `low`, `high` and `lowRank`, `highRank` do. */
function pairsOf(names: readonly string[]): [string, string][] {
  const starts = names.filter((start) => names.some((name) => hasCompany(start, name)));
  return starts.flatMap((a, at) =>
    starts.slice(at + 1).flatMap((b) =>
      ["", ...names.filter((name) => hasCompany(a, name)).map((name) => name.slice(a.length))]
        .map((rest): [string, string] => [`«${a}${rest}»`, `«${b}${rest}»`])
    )
  );
}

function hasCompany(start: string, name: string): boolean {
  return name.startsWith(start) && /^[A-Z]/.test(name.slice(start.length));
}
