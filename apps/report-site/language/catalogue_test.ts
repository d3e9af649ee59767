import assert from "node:assert/strict";
import { textIn } from "./catalogue.ts";
import { languages } from "./language.ts";

type Leaf = readonly [path: string, value: unknown];

function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, path === "" ? key : `${path}.${key}`)
  );
}

const english = textIn("en");

Deno.test("textIn() has the same keys in every language, of the same kind", () => {
  for (const { tag } of languages) {
    const kinds = (text: unknown) =>
      leaves(text).map(([path, value]) => `${path}: ${typeof value}`);
    assert.deepEqual(kinds(textIn(tag)).sort(), kinds(english).sort(), tag);
  }
});

Deno.test("textIn() leaves no text empty, and no sentence untranslated", () => {
  const translated = new Map(leaves(textIn("pt-BR")));
  for (const [path, value] of leaves(english)) {
    if (typeof value !== "string") continue;
    assert.notEqual(value.trim(), "", path);
    const words = value.split(/\s+/).length;
    if (words > 3) assert.notEqual(translated.get(path), value, path);
  }
});

Deno.test("textIn() has the same formulas in every language", () => {
  const formulas = (text: unknown) => String(text).match(/\$[^$]+\$/g) ?? [];
  const translated = new Map(leaves(textIn("pt-BR")));
  for (const [path, value] of leaves(english)) {
    if (typeof value !== "string") continue;
    assert.deepEqual(formulas(translated.get(path)), formulas(value), path);
  }
});

async function sources(folder: URL): Promise<string[]> {
  const texts: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory && name !== "language") {
      texts.push(...await sources(new URL(`${name}/`, folder)));
    }
    if (/\.tsx?$/.test(name) && !name.endsWith("_test.ts")) {
      texts.push(await Deno.readTextFile(new URL(name, folder)));
    }
  }
  return texts;
}

Deno.test("textIn() has no text that no page uses", async () => {
  const files = await sources(new URL("../", import.meta.url));
  for (const [section, texts] of Object.entries(english)) {
    const mentions = files.filter((file) => new RegExp(`\\btext\\.${section}\\b`).test(file));
    // Words that a page hands on whole, such as those of a trace, are used by the file that takes them.
    const readers = mentions.some((file) => /words=\{t\}/.test(file)) ? files : mentions;
    for (const key of Object.keys(texts)) {
      const used = readers.some((file) => new RegExp(`\\.${key}\\b`).test(file));
      assert(used, `text.${section}.${key} is not used`);
    }
  }
});
