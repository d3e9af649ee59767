import { experiments } from "@mixtape/experiments";
import assert from "node:assert/strict";
import { join } from "node:path";
import { exportSite } from "./export.ts";
import { languages } from "./language/languages.ts";
import { readResults } from "./read_results.ts";
import { exampleBenchmarks } from "./testing/example_benchmarks.ts";
import { folderContents, inFolder, makePipe, namesIn } from "./testing/folder_contents.ts";
import { writeResults, writeRuns } from "./testing/write_results.ts";
import { exampleResultsOf, experimentIds, plan, withShortScripts } from "./testing/examples.ts";

/** The experiments of tests that look at one or two pages; report_test.ts looks at all. */
const few = withShortScripts.filter(({ id }) => ["data", "classifier", "gmm-ood"].includes(id));

function inFolders(run: (resultsDir: string, siteDir: string) => Promise<void>): Promise<void> {
  return inFolder((folder) => run(join(folder, "results"), join(folder, "site")));
}

Deno.test("exportSite() writes every page in every language, and the same bytes again", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    await writeResults(resultsDir, exampleResultsOf(experimentIds));
    const site = await exportSite({ experiments: withShortScripts, resultsDir, siteDir });
    assert.deepEqual(site.notRun, []);
    assert.deepEqual(site.problems, []);
    const first = folderContents(siteDir);
    for (const { path } of plan.pages) {
      for (const { folder } of languages) assert(first.has(`${folder}${path}.html`), path);
    }
    await exportSite({ experiments: withShortScripts, resultsDir, siteDir });
    assert.deepEqual(folderContents(siteDir), first);
  });
});

Deno.test("exportSite() lists what has not been run, with the command", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    await writeResults(resultsDir, exampleResultsOf(["data"]));
    const { notRun } = await exportSite({ experiments: few, resultsDir, siteDir });
    assert(notRun.includes("mixtures") && !notRun.includes("data"));
    const page = await Deno.readTextFile(join(siteDir, "mixtures.html"));
    assert.match(page, /deno task experiments gmm-ood/);
    const overview = await Deno.readTextFile(join(siteDir, "index.html"));
    assert.match(overview, /deno task experiments gmm-ood/);
    assert.doesNotMatch(overview, /deno task experiments data/);
  });
});

Deno.test("exportSite() makes a site of a folder that does not exist", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    const { notRun } = await exportSite({ experiments: few, resultsDir, siteDir });
    assert(notRun.length > 0);
    assert.match(await Deno.readTextFile(join(siteDir, "index.html")), /Not run yet/);
  });
});

Deno.test("exportSite() says on the page of a damaged result what is wrong, and writes the others", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    await writeResults(resultsDir, exampleResultsOf(["data", "classifier"]));
    const file = join(resultsDir, "data.json");
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, text.replace('"density": 0.2', '"density": 2'));
    const { problems } = await exportSite({ experiments: few, resultsDir, siteDir });
    assert.equal(problems.length, 1);
    assert.match(
      problems[0].message,
      /^Cannot read .*data\.json: at payload\.sets\[0\]\.density, /,
    );
    for (const { folder } of languages) {
      const page = await Deno.readTextFile(join(siteDir, `${folder}data.html`));
      assert.match(page, /results\/data\.json: at payload\.sets\[0\]\.density, /);
      assert(!page.includes(resultsDir), "the page tells a path of the machine");
      assert.match(await Deno.readTextFile(join(siteDir, `${folder}classifier.html`)), /<figure/);
    }
    assert.deepEqual(namesIn(join(siteDir, "..")), ["results", "site"]);
  });
});

Deno.test("exportSite() keeps the previous site when it is stopped, at any moment", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    await writeResults(resultsDir, exampleResultsOf(["data"]));
    await exportSite({ experiments: few, resultsDir, siteDir });
    const before = folderContents(siteDir);
    await writeResults(resultsDir, exampleResultsOf(["classifier"]));
    for (const afterMs of [0, 10, 40]) {
      const signal = AbortSignal.timeout(afterMs);
      await assert.rejects(
        () => exportSite({ experiments: few, resultsDir, siteDir, signal }),
        (error) => error === signal.reason,
      );
      assert.deepEqual(folderContents(siteDir), before);
      assert.deepEqual(namesIn(join(siteDir, "..")), ["results", "site"]);
    }
  });
});

Deno.test("exportSite() writes a whole site, however many export it at once", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    await writeResults(resultsDir, exampleResultsOf(["data"]));
    await exportSite({ experiments: few, resultsDir, siteDir });
    const alone = folderContents(siteDir);
    await Promise.all([1, 2, 3].map(() => exportSite({ experiments: few, resultsDir, siteDir })));
    assert.deepEqual(folderContents(siteDir), alone);
    assert.deepEqual(namesIn(join(siteDir, "..")), ["results", "site"]);
  });
});

Deno.test("exportSite() shows benchmarks that lie beside the results, or else those of the repository", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    await writeResults(resultsDir, exampleResultsOf(["data"]));
    await exportSite({ experiments: few, resultsDir, siteDir });
    const page = join(siteDir, "benchmarks.html");
    assert.match(await Deno.readTextFile(page), /deno task bench --json/);
    const reportDir = join(resultsDir, "..");
    const committed = new URL("../../bench/results.json", import.meta.url);
    const { machine, rows: [row] } = JSON.parse(await Deno.readTextFile(committed));
    await exportSite({ experiments: few, resultsDir, reportDir, siteDir });
    const shown = await Deno.readTextFile(page);
    for (const text of [machine.processor, machine.os, row.title, "its repository keeps"]) {
      assert(shown.includes(text), text);
    }
    const copy = await Deno.readFile(join(siteDir, "results/benchmarks.json"));
    assert.deepEqual(copy, await Deno.readFile(committed));
    const file = join(resultsDir, "benchmarks.json");
    await Deno.writeTextFile(file, JSON.stringify(exampleBenchmarks));
    await exportSite({ experiments: few, resultsDir, reportDir, siteDir });
    const own = await Deno.readTextFile(page);
    assert.match(own, /Example work first/);
    assert.doesNotMatch(own, /its repository keeps/);
    await Deno.writeTextFile(file, "{}");
    const { problems: [problem] } = await exportSite({
      experiments: few,
      resultsDir,
      reportDir,
      siteDir,
    });
    assert.match(problem.message, /^Cannot read .*benchmarks\.json: at schemaVersion, expected/);
    assert.match(await Deno.readTextFile(page), /results\/benchmarks\.json: at schemaVersion/);
  });
});

Deno.test("exportSite() puts the documentation beside the pages without writing it again, and links it", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    await writeResults(resultsDir, exampleResultsOf(["data"]));
    const reportDir = join(resultsDir, "..");
    const options = { experiments: few, resultsDir, reportDir, siteDir };
    await exportSite(options);
    const without = folderContents(siteDir);
    assert.doesNotMatch(without.get("index.html")!, /docs\/index\.html/);
    const docs = new Map([["docs/index.html", "guides"], ["docs/api/kMeans.html", "reference"]]);
    await Deno.mkdir(join(reportDir, "docs", "api"), { recursive: true });
    for (const [path, text] of docs) await Deno.writeTextFile(join(reportDir, path), text);
    for (const _ of ["the first time", "over the site that is there"]) {
      await exportSite(options);
      const written = folderContents(siteDir);
      assert.deepEqual(new Set(written.keys()), new Set([...without.keys(), ...docs.keys()]));
      for (const [path, text] of docs) assert.equal(written.get(path), text);
      assert.match(written.get("index.html")!, /docs\/index\.html/);
      for (const path of docs.keys()) {
        const [from, to] = [reportDir, siteDir].map((folder) => Deno.statSync(join(folder, path)));
        assert.equal(from.ino, to.ino, `${path} was written again`);
      }
    }
    assert.deepEqual(namesIn(join(reportDir, "docs")), ["api", "index.html"]);
  });
});

Deno.test("exportSite() compares stored runs, and leaves out those it reads no longer", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    await writeResults(resultsDir, exampleResultsOf(["data"]));
    await exportSite({ experiments: few, resultsDir, siteDir });
    assert.match(await Deno.readTextFile(join(siteDir, "runs.html")), /No run has been stored yet/);
    await writeRuns(join(resultsDir, "runs"));
    await Deno.writeTextFile(join(resultsDir, "runs", "classifier.old.json"), "{}");
    await exportSite({ experiments: few, resultsDir, siteDir });
    const changed =
      /Classifier, since the run of January 2, 2026[^<]*: numbers that moved beyond their intervals, 1 of 1\./;
    assert.match(await Deno.readTextFile(join(siteDir, "runs.html")), changed);
    assert.match(await Deno.readTextFile(join(siteDir, "index.html")), changed);
  });
});

Deno.test("readResults() says which file is not what its result says", async () => {
  const damages: [what: string, damage: (file: string) => Promise<void>, message: RegExp][] = [
    ["cut to nothing", (file) => Deno.truncate(file), /expected \d+ bytes .*, got 0 bytes/],
    ["a bit flipped", flipLastBit, /expected \d+ bytes with the SHA-256 .*, got \d+ bytes/],
    ["missing", (file) => Deno.remove(file), /there is no such file/],
    ["a folder", (file) => Deno.remove(file).then(() => Deno.mkdir(file)), /no such file/],
    ["a pipe", (file) => Deno.remove(file).then(() => makePipe(file)), /no such file/],
    [
      "a link in a circle",
      (file) => Deno.remove(file).then(() => Deno.symlink(file, file)),
      /no such file/,
    ],
  ];
  for (const [what, damage, message] of damages) {
    for (const file of ["data/shapes-means.png", "try-it/classifier.safetensors"]) {
      await inFolders(async (resultsDir) => {
        await writeResults(resultsDir, exampleResultsOf(["data", "try-it"]));
        await damage(join(resultsDir, file));
        const { problems } = await readResults(resultsDir, experiments);
        assert.equal(problems.length, 1, what);
        const [{ error }] = problems;
        assert(error instanceof SyntaxError, what);
        assert(error.message.startsWith(`Cannot read ${join(resultsDir, file)}: `), what);
        assert.match(error.message, message, what);
        assert.match(error.message, /run deno task experiments (data|try-it) to make/, what);
      });
    }
  }
});

Deno.test("readResults() names a result that is no file, or cannot be read, without the system's words", async () => {
  const damages: [damage: (file: string) => Promise<void>, message: string][] = [
    [(file) => Deno.mkdir(file), "it is no file, move it away"],
    [(file) => Promise.resolve(makePipe(file)), "it is no file, move it away"],
    [(file) => Deno.symlink(file, file), "Too many levels of symbolic links"],
  ];
  for (const [damage, message] of damages) {
    await inFolders(async (resultsDir) => {
      await writeResults(resultsDir, exampleResultsOf(["data"]));
      const file = join(resultsDir, "data.json");
      await Deno.remove(file);
      await damage(file);
      const { problems } = await readResults(resultsDir, experiments);
      assert.deepEqual(problems.map(({ error }) => error.message), [
        `Cannot read ${file}: ${message}`,
      ]);
      assert.equal(problems[0].message, `Cannot read results/data.json: ${message}`);
    });
  }
});

async function flipLastBit(file: string): Promise<void> {
  const bytes = await Deno.readFile(file);
  bytes[bytes.length - 1] ^= 1;
  await Deno.writeFile(file, bytes);
}

Deno.test("exportSite() says which image has another size than its result says", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    await writeResults(resultsDir, exampleResultsOf(["data"]));
    const file = join(resultsDir, "data.json");
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, text.replace('"columns": 4', '"columns": 2'));
    const { problems: [problem] } = await exportSite({ experiments: few, resultsDir, siteDir });
    assert.match(
      problem.message,
      /^Cannot read .*shapes-means\.png: expected a PNG image of 12×12 pixels, got 24×6/,
    );
  });
});

Deno.test("exportSite() says which file is not the one that its result names", async () => {
  await inFolders(async (resultsDir, siteDir) => {
    await writeResults(resultsDir, exampleResultsOf(["try-it"]));
    await Deno.writeTextFile(join(resultsDir, "try-it/detector.json"), "{}");
    const tried = withShortScripts.filter(({ id }) => id === "try-it");
    const { problems: [problem] } = await exportSite({ experiments: tried, resultsDir, siteDir });
    assert.match(
      problem.message,
      /^Cannot read .*detector\.json: expected 300 bytes with the SHA-256 [0-9a-f]{64}, got 2 /,
    );
  });
});
