import assert from "node:assert/strict";
import type { ArticleSource } from "../prose/article.ts";

/** A text, and the keys that lead to it. */
export type Leaf = readonly [path: string, value: unknown];

/** Tells an article in Markdown from a group of texts. */
export function isArticle(value: unknown): value is ArticleSource {
  return typeof value === "object" && value !== null && "markdown" in value;
}

/** Every text of a catalogue, articles whole; for tests only. */
export function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null || isArticle(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, path === "" ? key : `${path}.${key}`)
  );
}

/**
 * Asserts that texts in another language have the keys, the kinds and the formulas of the English ones, that none is
 * empty and that no sentence was left untranslated; for tests only.
 *
 * @param english Texts in English.
 * @param other The same in another language.
 * @param where Names them in messages.
 */
export function checkTranslation(english: unknown, other: unknown, where: string): void {
  const kinds = (text: unknown) => leaves(text).map(([path, value]) => `${path}: ${typeof value}`);
  assert.deepEqual(kinds(other).sort(), kinds(english).sort(), where);
  const formulas = (text: unknown) => String(text).match(/\$[^$]+\$/g) ?? [];
  const translated = new Map(leaves(other));
  for (const [path, value] of leaves(english)) {
    if (typeof value !== "string") continue;
    assert.notEqual(value.trim(), "", `${where}, ${path}`);
    assert.deepEqual(formulas(translated.get(path)), formulas(value), `${where}, ${path}`);
    if (value.split(/\s+/).length > 3) {
      assert.notEqual(translated.get(path), value, `${where}, ${path}`);
    }
  }
}

/** The sources in a folder and below it, without tests and without texts; for tests only. */
export async function sourcesIn(folder: URL): Promise<string[]> {
  const texts: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory && name !== "language" && name !== "words") {
      texts.push(...await sourcesIn(new URL(`${name}/`, folder)));
    }
    if (/\.tsx?$/.test(name) && !/_test\.tsx?$/.test(name)) {
      texts.push(await Deno.readTextFile(new URL(name, folder)));
    }
  }
  return texts;
}
