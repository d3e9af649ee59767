import assert from "node:assert/strict";
import { inFolder } from "../testing/folder_contents.ts";
import { exampleResultsOf, plan } from "../testing/examples.ts";
import { writeResults } from "../testing/write_results.ts";
import { openSite } from "../site.ts";

/** Writes reports of examples with the results of `table`, and opens the site that shows them. */
async function withGallery(
  names: readonly string[],
  run: (file: (path: string) => Promise<string>, folder: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    for (const name of names) {
      await writeResults(`${folder}/examples/${name}/results`, exampleResultsOf(["table"]));
      await Deno.mkdir(`${folder}/examples/${name}/site/pt`, { recursive: true });
      for (const path of ["index.html", "table.html", "pt/index.html", "pt/table.html"]) {
        await Deno.writeTextFile(`${folder}/examples/${name}/site/${path}`, `${path} of ${name}`);
      }
    }
    const site = await openSite(plan, `${folder}/results`, folder);
    await run(async (path) => {
      const content = await site.file(path);
      return typeof content === "string" ? content : new TextDecoder().decode(content);
    }, folder);
  });
}

Deno.test("the gallery shows each example with its answers, and links to its report", async () => {
  await withGallery(["wine", "mine"], async (file) => {
    for (const [folder, title] of [["", "A table"], ["pt/", "Uma tabela"]]) {
      const page = await file(`${folder}gallery.html`);
      const [, mine, wine] = page.split(/<section[^>]* id="example-/);
      assert(mine.startsWith("mine") && wine.startsWith("wine"));
      assert(wine.includes(title) && mine.includes("mine</"));
      const [own] = exampleResultsOf(["table"])[0].data;
      assert(wine.includes(own.title));
      for (const path of ["index.html", "table.html"]) {
        const target = `examples/wine/${folder}${path}`;
        assert(wine.includes(`href="${folder && "../"}${target}"`), target);
        assert.equal(await file(target), `${folder}${path} of wine`);
      }
    }
    assert.match(await file("index.html"), /href="gallery\.html"/);
  });
});

Deno.test("the gallery names the command where no example was run, and is not in the menu", async () => {
  await withGallery([], async (file) => {
    assert.match(await file("gallery.html"), /deno task examples\s*</);
    assert.doesNotMatch(await file("index.html"), /gallery\.html/);
  });
});

Deno.test("the gallery leaves out a folder without a report, and names a damaged result among the problems", async () => {
  await inFolder(async (folder) => {
    await writeResults(`${folder}/examples/a/results`, exampleResultsOf(["table"]));
    await writeResults(`${folder}/examples/b/results`, exampleResultsOf(["table"]));
    await Deno.mkdir(`${folder}/examples/b/site`);
    await Deno.writeTextFile(`${folder}/examples/b/site/index.html`, "b");
    await Deno.writeTextFile(`${folder}/examples/b/results/table.json`, "{");
    const site = await openSite(plan, `${folder}/results`, folder);
    assert.deepEqual(site.results.examples?.map(({ name }) => name), ["b"]);
    const [problem, ...others] = await site.problems();
    assert.deepEqual(others, []);
    assert.match(problem.message, /examples\/b\/results\/table\.json/);
  });
});
