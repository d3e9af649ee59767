/**
 * Adds a language to a copy of the workspace as a translator would, a folder and a file per experiment, and makes the
 * site there.
 */
import { languages } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { exampleResultsOf, experimentIds, plan } from "../apps/report-site/testing/examples.ts";
import { writeResults } from "../apps/report-site/testing/write_results.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

/** English texts in other words: those that begin with a letter begin with a mark before it. */
function inOtherWords(source: string): string {
  return source.replace(/((?:: |=>\s+|\?\s+)["`])(?=[A-Z])/g, "$1⟦");
}

/** Copies what the site is made from. */
async function copySources(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (/_test\.tsx?$|^\.git$|^fixtures$|^report$|^artefacts$|^cache$|^node_modules$/.test(name)) {
      continue;
    }
    const [source, target] = [join(from, name), join(to, name)];
    if (isDirectory) await copySources(source, target);
    else await Deno.copyFile(source, target);
  }
}

/** Adds the language `xa` to a workspace, and returns the files of its words in experiments. */
async function addLanguage(workspace: string): Promise<string[]> {
  const folder = join(workspace, "apps/report-site/language");
  await copySources(join(folder, "en"), join(folder, "xa"));
  const edit = async (path: string, change: (text: string) => string) =>
    await Deno.writeTextFile(path, change(await Deno.readTextFile(path)));
  for (const name of ["site.ts", "runs.ts", "try_it.ts"]) {
    await edit(join(folder, "xa", name), inOtherWords);
  }
  await edit(
    join(folder, "xa/language.ts"),
    (text) =>
      text.replace('"en"', '"en-XA"').replace('"English"', '"Pseudo"').replace(
        'folder: ""',
        'folder: "xa/"',
      ),
  );
  const files: string[] = [];
  for await (const { name } of Deno.readDir(join(workspace, "experiments"))) {
    const words = join(workspace, "experiments", name, "words");
    const english = await Deno.readTextFile(join(words, "en.ts")).catch(() => undefined);
    if (english === undefined) continue;
    files.push(join(words, "xa.ts"));
    await Deno.writeTextFile(join(words, "xa.ts"), inOtherWords(english));
  }
  return files;
}

async function makeSite(workspace: string) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", "--allow-write", "tasks/site.ts", "--out", "out"],
    cwd: workspace,
    // Deno colours the errors that it reports itself, in a terminal or not.
    env: { NO_COLOR: "1" },
  }).output();
  const [said, failed] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, said, failed };
}

Deno.test("a language is a folder of the site and a file per experiment, and nothing else", async (test) => {
  await inFolder(async (workspace) => {
    for (const part of ["apps/report-site", "experiments", "packages/results", "tasks"]) {
      await copySources(join(root, part), join(workspace, part));
    }
    const { workspace: members } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
    for (
      const file of [
        "deno.json",
        "deno.lock",
        ...members.map((one: string) => `${one}/deno.json`),
      ]
    ) {
      await Deno.mkdir(dirname(join(workspace, file)), { recursive: true });
      await Deno.copyFile(join(root, file), join(workspace, file));
    }
    const words = await addLanguage(workspace);
    assert.equal(words.length, experimentIds.length);
    // One with scripts of its own, but not the one whose script takes long to bundle.
    await writeResults(join(workspace, "out/results"), exampleResultsOf(["gmm-ood"]));

    await test.step("every page is there in each, with a menu of all", async () => {
      const { code, said, failed } = await makeSite(workspace);
      assert.equal(code, 0, failed);
      assert.match(said, new RegExp(`${plan.pages.length * (languages.length + 1)} pages`));
      for (const { path } of plan.pages) {
        for (const folder of [...languages.map(({ folder }) => folder), "xa/"]) {
          const html = await Deno.readTextFile(
            join(workspace, "out/site", `${folder}${path}.html`),
          );
          const where = `${folder}${path}`;
          assert.equal(html.match(/rel="alternate"/g)?.length, languages.length + 1, where);
          const [, menu] = /<nav class="languages"[^>]*>(.*?)<\/nav>/.exec(html) ?? [];
          assert.equal(menu.match(/<a /g)?.length, languages.length, where);
          assert.equal(menu.includes(">Pseudo</a>"), folder !== "xa/", where);
          assert.equal(html.includes("⟦Skip to the content"), folder === "xa/", where);
        }
      }
    });

    await test.step("pages and scripts of an experiment take its words, and no other language's", async () => {
      for (const folder of [...languages.map(({ folder }) => folder), "xa/"]) {
        const page = join(workspace, "out/site", `${folder}mixtures.html`);
        const html = await Deno.readTextFile(page);
        assert.equal(html.includes("<h1>⟦Mixtures and OOD"), folder === "xa/", folder);
        const scripts = [...html.matchAll(/<script defer src="([^"]*mixtures-words[^"]*)"/g)];
        assert.equal(scripts.length, 1, folder);
        const script = await Deno.readTextFile(join(dirname(page), scripts[0][1]));
        assert.equal(/(?:⟦|\\u27E6)Mixtures and OOD/.test(script), folder === "xa/", folder);
      }
    });

    await test.step("a file that is missing is one error that names it", async () => {
      for (
        const missing of [words[0], join(workspace, "apps/report-site/language/xa/language.ts")]
      ) {
        await Deno.rename(missing, `${missing}.away`);
        const { code, failed } = await makeSite(workspace);
        await Deno.rename(`${missing}.away`, missing);
        assert.notEqual(code, 0);
        assert.match(failed, /^error: Uncaught \(in promise\) TypeError: Cannot read /);
        assert(failed.split("\n")[0].includes(missing), failed);
        assert.equal(failed.match(/Cannot /g)?.length, 1, failed);
      }
    });
  });
});
