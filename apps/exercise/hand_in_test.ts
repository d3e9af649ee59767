import assert from "node:assert/strict";
import { languages } from "../report-site/language/languages.ts";
import { inFolder, namesIn } from "../report-site/testing/folder_contents.ts";
import { documentOf } from "./document.ts";
import { doExercise, handIn, isHandedIn } from "./hand_in.ts";

interface Cell {
  readonly cell_type: string;
  readonly id: string;
  readonly source: readonly string[];
  readonly outputs?: readonly { readonly output_type: string; readonly data?: object }[];
}

Deno.test("the exercise is run, answered and written in every language, and printed", async () => {
  const data = { dataset: "sample", dataDir: undefined, rows: 150 } as const;
  const begun: string[] = [];
  const exercise = await doExercise(data, (name, share) => {
    assert(share >= 0 && share < 1);
    begun.push(name);
  });
  assert.deepEqual([begun[0], begun.at(-2)], ["data", "mistakes"]);
  await inFolder(async (folder) => {
    assert.equal(await isHandedIn(folder, data), false);
    await handIn(folder, exercise);
    assert.equal(await isHandedIn(folder, data), true);
    assert.equal(await isHandedIn(folder, { ...data, rows: 151 }), false);
    for (const { folder: of, text } of languages) {
      assert(namesIn(`${folder}/${of}`).includes("exercise.ipynb"));
      const notebook = JSON.parse(await Deno.readTextFile(`${folder}/${of}exercise.ipynb`));
      assert.deepEqual([notebook.nbformat, notebook.nbformat_minor], [4, 5]);
      const cells: readonly Cell[] = notebook.cells;
      assert.equal(new Set(cells.map(({ id }) => id)).size, cells.length);
      const code = cells.filter(({ cell_type }) => cell_type === "code");
      assert.match(code[0].source.join(""), /chooseDataset\("sample".*most = 150;/s);
      for (const { source, outputs } of code) assert(outputs!.length > 0, source.join(""));
      const shown = code.flatMap(({ outputs }) =>
        outputs!.flatMap(({ data }) => data ? [data] : [])
      );
      assert.deepEqual(shown.map((data) => Object.keys(data)), [
        ["text/plain", "text/html"],
        ["image/png"],
        ["text/plain", "image/svg+xml"],
      ]);
      const words = cells.filter(({ cell_type }) => cell_type === "markdown")
        .map(({ source }) => source.join("")).join("\n");
      assert(words.startsWith(`# ${text.exercise.title}\n`));
      assert.doesNotMatch(words, /NaN|undefined|:::|\{#|\]\(/);
      assert.doesNotMatch(words, /^### .*\s+(#|$(?![\s\S]))/m);
    }
    const printed: string[] = [];
    await handIn(folder, exercise, (parts, language) => {
      const html = documentOf(parts, language);
      assert.match(html, /data:image\/png;base64.*<svg.*class="katex-display"/s);
      assert.doesNotMatch(html, /\$\$|katex-error/);
      printed.push(language);
      return Promise.resolve(new TextEncoder().encode(`%PDF ${language}`));
    });
    assert.deepEqual(printed, languages.map(({ tag }) => tag));
    assert.equal(await Deno.readTextFile(`${folder}/pt/exercise.pdf`), "%PDF pt-BR");
    await handIn(folder, exercise);
    assert.deepEqual(namesIn(`${folder}/pt`), ["exercise.ipynb"]);
  });
});
