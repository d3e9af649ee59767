/**
 * What the Fresh server answers, as far as that needs no Fresh; fresh_test.ts asks the server itself.
 */
import { experimentIds } from "@mixtape/results";
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { answerWithFile, answerWithPage, pageRoutes } from "./answers.ts";
import { openSite } from "./site.ts";
import { exampleResultsOf } from "./testing/example_results.ts";
import { writeResults } from "./testing/write_results.ts";

async function withResults(run: (resultsDir: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await writeResults(folder, exampleResultsOf(experimentIds));
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("answers are the documents and files of the static export, byte for byte", async () => {
  await withResults(async (resultsDir) => {
    const site = await openSite(resultsDir);
    const exported = await site.files();
    const routes = new Map(pageRoutes.map((route) => [route.path, route]));
    for (const [path, content] of exported) {
      const route = routes.get(`/${path}`);
      const answer = route
        ? answerWithPage(site, route)
        : await answerWithFile(() => Promise.resolve(site), `/${encodeURI(path)}`);
      assert(answer, `${path} has no answer`);
      const wanted = typeof content === "string" ? new TextEncoder().encode(content) : content;
      assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), Uint8Array.from(wanted), path);
      assert.match(answer.headers.get("content-type") ?? "", /^[a-z]+\/[a-z0-9+]+/, path);
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff", path);
    }
    for (const folder of ["/", "/pt/"]) assert(routes.has(folder), folder);
  });
});

Deno.test("answerWithPage() has the policy of the document in a header, and no frames around it", async () => {
  await withResults(async (resultsDir) => {
    const site = await openSite(resultsDir);
    for (const route of pageRoutes) {
      const answer = answerWithPage(site, route);
      const policy = answer.headers.get("content-security-policy") ?? "";
      const [, stated] =
        /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(await answer.text()) ?? [];
      assert.equal(policy, `${stated}; frame-ancestors 'none'`, route.path);
      assert.doesNotMatch(policy, /unsafe|nonce|\*|http/, route.path);
    }
  });
});

Deno.test("answerWithPage() shows the results as they are now", async () => {
  await withResults(async (resultsDir) => {
    const route = pageRoutes.find(({ path }) => path === "/classifier.html");
    assert(route);
    const ask = async () => await answerWithPage(await openSite(resultsDir), route).text();
    assert.doesNotMatch(await ask(), /deno task experiments classifier/);
    await Deno.remove(join(resultsDir, "classifier.json"));
    assert.match(await ask(), /deno task experiments classifier/);
  });
});

Deno.test("answerWithFile() has nothing for pages, for what is not there and for what is no path", async () => {
  await withResults(async (resultsDir) => {
    const site = () => openSite(resultsDir);
    for (const path of ["/", "/index.html", "/assets/no.css", "/%zz.css", "/../deno.json"]) {
      assert.equal(await answerWithFile(site, path), undefined, path);
    }
  });
});

Deno.test("the configuration of the Fresh server has every dependency, in the workspace's versions", async () => {
  const read = async (path: string) =>
    JSON.parse(await Deno.readTextFile(new URL(path, import.meta.url)));
  const { imports } = await read("fresh/deno.json");
  const known = {
    ...(await read("../../deno.json")).imports,
    ...(await read("deno.json")).imports,
  };
  for (const [name, target] of Object.entries<string>(imports)) {
    if (target.startsWith("npm:")) assert.equal(target, known[name], name);
  }
  // Loads everything but Fresh itself with that configuration.
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "cache",
      "--config",
      fileURLToPath(new URL("fresh/deno.json", import.meta.url)),
      fileURLToPath(new URL("answers.ts", import.meta.url)),
      fileURLToPath(new URL("site.ts", import.meta.url)),
    ],
  }).output();
  assert(success, new TextDecoder().decode(stderr));
});
