import assert from "node:assert/strict";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { languages } from "../language/languages.ts";
import { needsIsland, partName, wordsName } from "./island.ts";
import { islands } from "./islands.ts";
import { siteWords } from "./site_words.ts";
import { tryItIsland } from "./try_it/island.ts";

const all = [...islands, tryItIsland];

Deno.test("every island has the name of its folder, and a module there that starts it", async () => {
  for (const { name, entry } of all) {
    const file = fileURLToPath(entry);
    assert.equal(basename(dirname(file)), name.replace("-", "_"));
    const text = await Deno.readTextFile(file);
    const isStarted = text.includes(`startIsland("${name}", `) ||
      text.includes(`[data-island="${name}"]`);
    assert(isStarted, `${file} does not start ${name}`);
  }
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
});

Deno.test("an island is needed where a page has its root", () => {
  for (const { name } of [tryItIsland, ...islands.filter(({ name }) => name !== "charts")]) {
    assert(needsIsland(`<div data-island="${name}"></div>`, { name }));
    assert(!needsIsland(`<div data-island="other ${name}"></div>`, { name }));
  }
});

Deno.test("the words of an island are modules in the language of the page", async () => {
  for (const language of languages) {
    const files = siteWords(language, "site", "try_it").map((file) => fileURLToPath(file));
    for (const [at, name] of ["site.ts", "try_it.ts"].entries()) {
      assert.equal(basename(files[at]), name);
      assert.equal(basename(dirname(files[at])), language.name);
      assert((await Deno.stat(files[at])).isFile);
    }
  }
});

Deno.test("what islands leave for each other has names of its own", () => {
  assert.deepEqual([wordsName("runs"), partName("runs", "3")], ["runs/words", "runs/3"]);
});
