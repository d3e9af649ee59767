/**
 * Tests of the answers of the Fresh server that need no Fresh; fresh_test.ts tests the server itself.
 */
import { experiments } from "@mixtape/experiments";
import { testRounds } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { languages } from "../language/languages.ts";
import { openSite } from "../site.ts";
import { SitePlan } from "../site_plan.ts";
import { joinStyles } from "../styles.ts";
import { inFolder } from "../testing/folder_contents.ts";
import { writeResults } from "../testing/write_results.ts";
import { answerTo } from "./answer.ts";
import { LiveSite } from "./live_site.ts";
import { exampleResultsOf, experimentIds, withShortScripts } from "../testing/examples.ts";

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

async function withResults(run: (resultsDir: string, ask: Ask) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await writeResults(folder, exampleResultsOf(experimentIds));
    const site = new LiveSite(withShortScripts, folder);
    await run(folder, (path, init) => answerTo(site, new Request(`http://localhost${path}`, init)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** With results of a minute ago: those of just now are read for every answer, as they may change unnoticed. */
async function withOldResults(run: (resultsDir: string, ask: Ask) => Promise<void>) {
  const { now } = Date;
  Date.now = () => now() + 60_000;
  try {
    await withResults(run);
  } finally {
    Date.now = now;
  }
}

/** Replaces text in a result, as an experiment or an editor would. */
async function change(resultsDir: string, name: string, from: string, to: string): Promise<void> {
  const path = join(resultsDir, name);
  const text = await Deno.readTextFile(path);
  assert(text.includes(from), `${name} has no ${from}`);
  await Deno.writeTextFile(path, text.replace(from, to));
}

/** Milliseconds of processor that work takes. */
async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

Deno.test("LiveSite answers with the files of the static export, byte for byte, and says the policy of pages", async () => {
  await withOldResults(async (resultsDir, ask) => {
    const exported = await (await openSite(new SitePlan(withShortScripts), resultsDir)).files();
    // Tables are alike: one of five has to do, unless there is time for all.
    const step = 5 / testRounds(5);
    const asked = [...exported].filter(([path], at) =>
      !path.startsWith("tables/") || at % step === 0
    );
    for (const [path, content] of asked) {
      const answer = await ask(`/${encodeURI(path)}`);
      assert.equal(answer.status, 200, path);
      const wanted = typeof content === "string" ? new TextEncoder().encode(content) : content;
      const bytes = Buffer.from(await answer.arrayBuffer());
      assert(bytes.equals(wanted), path);
      assert.match(answer.headers.get("content-type") ?? "", /^[a-z]+\/[a-z0-9+]+/, path);
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff", path);
      if (!path.endsWith(".html")) continue;
      // The header says what the document does, and that nothing may frame it.
      const policy = answer.headers.get("content-security-policy") ?? "";
      const [, stated] =
        /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(bytes.toString()) ?? [];
      assert.equal(policy, `${stated}; frame-ancestors 'none'`, path);
      assert.doesNotMatch(policy, /unsafe|nonce|\*|http/, path);
    }
    for (const { folder } of languages) {
      const index = exported.get(`${folder}index.html`);
      assert.equal(await (await ask(`/${folder}`)).text(), index, folder);
    }
  });
});

Deno.test("LiveSite shows the results as they are now, however soon after a change", async () => {
  await withResults(async (resultsDir, ask) => {
    const classifier = async () => await (await ask("/classifier.html")).text();
    assert.doesNotMatch(await classifier(), /deno task experiments classifier/);
    await Deno.remove(join(resultsDir, "classifier.json"));
    assert.match(await classifier(), /deno task experiments classifier/);
    // The same size, within the same tick of the clock of the file system.
    const data = async () => await (await ask("/data.html")).text();
    const words = ["Example shapes", "Example shades", "Example shaves", "Example shares"];
    for (const [at, word] of words.entries()) {
      if (at > 0) await change(resultsDir, "data.json", words[at - 1], word);
      assert.match(await data(), new RegExp(word));
    }
  });
});

Deno.test("LiveSite renders once until a result changes, and assets without any result", async () => {
  await withOldResults(async (_, ask) => {
    const paths = ["/assets/katex/katex.css", "/pt/kmeans.html", "/tables/kmeans-inertia.csv"];
    const first = await Promise.all(paths.map((path) => ask(path)));
    assert.deepEqual(first.map(({ status }) => status).slice(0, 2), [200, 200]);
    await Promise.all(first.map((answer) => answer.body?.cancel()));
    const asked = async () => {
      for (let turn = 0; turn < 4; turn += 1) {
        for (const path of [...paths, "/no-such-page", "/tables/none.csv"]) {
          await (await ask(path)).body?.cancel();
        }
      }
    };
    // 20 answers: each of those to a table or to nothing took 600 ms of processor before.
    const ms = await processorMs(asked);
    assert(ms < 2500, `20 answers took ${ms} ms of processor`);
  });
  const broken = new LiveSite(experiments, "/dev/null");
  const style = await broken.file("assets/style.css");
  assert.equal(style?.content, await joinStyles(experiments.flatMap(({ styles = [] }) => styles)));
});

Deno.test("LiveSite says on the page of a damaged result what is wrong, and shows the others", async () => {
  await withResults(async (resultsDir, ask) => {
    await change(resultsDir, "data.json", '"density": 0.2', '"density": 2');
    await Deno.writeTextFile(join(resultsDir, "classifier.json"), "{ not JSON");
    await Deno.remove(join(resultsDir, "kmeans-init.json"));
    await Deno.mkdir(join(resultsDir, "kmeans-init.json"));
    const shows = async (path: string, pattern: RegExp) => {
      const answer = await ask(path);
      assert.equal(answer.status, 200, path);
      assert.match(await answer.text(), pattern, path);
    };
    await shows(
      "/data.html",
      /cannot be shown[\s\S]*results\/data\.json: at payload\.sets\[0\]\.density, [^<]*1/,
    );
    await shows("/pt/data.html", /não pode ser exibida[\s\S]*results\/data\.json: at payload/);
    await shows(
      "/classifier.html",
      /results\/classifier\.json: not JSON[\s\S]*deno task experiments/,
    );
    await shows("/kmeans.html", /cannot be shown[\s\S]*results\/kmeans-init\.json/);
    await shows(
      "/index.html",
      /Damaged results that this page leaves out:[\s\S]*results\/data\.json/,
    );
    await shows("/mixtures.html", /<figure/);
    await shows("/assets/style.css", /--ink/);
    await shows("/results/gmm-ood.json", /gmm-ood/);
    assert.equal((await ask("/results/data.json")).status, 404);
  });
});

Deno.test("LiveSite answers with the documentation beside the results, from when it is there", async () => {
  await inFolder(async (folder) => {
    const resultsDir = join(folder, "results");
    await writeResults(resultsDir, exampleResultsOf(["data"]));
    const site = new LiveSite(withShortScripts, resultsDir, folder);
    const ask = async (path: string) =>
      await (await answerTo(site, new Request(`http://localhost${path}`))).text();
    assert.doesNotMatch(await ask("/index.html"), /docs\/index\.html/);
    assert.doesNotMatch(await ask("/docs/api/kMeans.html"), /reference/);
    await Deno.mkdir(join(folder, "docs", "api"), { recursive: true });
    await Deno.writeTextFile(join(folder, "docs", "index.html"), "guides");
    await Deno.writeTextFile(join(folder, "docs", "api", "kMeans.html"), "reference");
    assert.match(await ask("/index.html"), /docs\/index\.html/);
    assert.equal(await ask("/docs/api/kMeans.html"), "reference");
  });
});

Deno.test("LiveSite has nothing that is not in the site", async () => {
  await withOldResults(async (_, ask) => {
    const none = [
      ...["/data.json", "/index.html/", "/assets/no.css", "/assets/", "/results/", "/tables/"],
      ...["/assets/%252e%252e/site.ts", "/assets/..%2f..%2fsite.ts", "/results/../data.json"],
      ...["/pt/assets/style.css", "/results/results/data.json", "/%zz.css", "/../deno.json"],
    ];
    for (const path of none) assert.equal((await ask(path)).status, 404, path);
  });
});

Deno.test("the configuration of the Fresh server has every dependency, in the workspace's versions", async () => {
  const read = async (path: string) =>
    JSON.parse(await Deno.readTextFile(new URL(path, import.meta.url)));
  const { imports } = await read("../fresh/deno.json");
  const known = {
    ...(await read("../../../deno.json")).imports,
    ...(await read("../deno.json")).imports,
  };
  for (const [name, target] of Object.entries<string>(imports)) {
    if (target.startsWith("npm:")) assert.equal(target, known[name], name);
  }
  // Loads everything but Fresh itself with that configuration.
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "cache",
      "--config",
      fileURLToPath(new URL("../fresh/deno.json", import.meta.url)),
      fileURLToPath(new URL("answer.ts", import.meta.url)),
      fileURLToPath(new URL("live_site.ts", import.meta.url)),
    ],
  }).output();
  assert(success, new TextDecoder().decode(stderr));
});
