import { formatFor, languages, textIn } from "@mixtape/report-site";
import { checkResult } from "@mixtape/results";
import assert from "node:assert/strict";
import { experiments, schemas } from "./index.ts";

const telling = { language: "en", text: textIn("en"), format: formatFor("en") };

async function headlines() {
  return await Promise.all(experiments.map(async (one) => ({
    ...one,
    ...one.headline(await one.example(), telling),
  })));
}

Deno.test("experiments have names and pages of their own", () => {
  const ids = experiments.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  const paths = experiments.flatMap(({ pages }) => pages.map(({ path }) => path));
  assert.equal(new Set(paths).size, paths.length);
  for (const { name, id } of experiments) {
    for (const { tag } of languages) assert.notEqual(name(tag), "", id);
  }
});

for (const { id, example, load, onOwnData } of experiments) {
  Deno.test(`${id} has an example that conforms to its schema`, async () => {
    const result = await example();
    assert.equal(result.experiment, id);
    checkResult(result, { file: id, schemas });
  });

  Deno.test(`${id} says what it answers, and has the same parameters in each profile`, async () => {
    const { answers, seconds, profiles, sample = {}, needs } = await load();
    assert.equal(needs !== undefined, onOwnData === true);
    assert.match(answers, /\?/);
    assert(seconds > 0);
    assert.deepEqual(Object.keys(profiles.quick).sort(), Object.keys(profiles.full).sort());
    assert(Object.keys(sample).every((name) => name in profiles.full));
  });
}

Deno.test("headline() asks a question, and is sure of what is counted only", async () => {
  const all = (await headlines()).filter(({ onOverview }) => onOverview !== false);
  assert(all.every(({ question }) => question?.endsWith("?")));
  const sure = all.filter(({ uncertainty }) => uncertainty === undefined);
  assert.deepEqual(sure.map(({ page }) => page), [
    "table",
    "audit",
    "data",
    "derivations/mixtures",
  ]);
});

Deno.test("headline() gives a number, and how sure it is", async () => {
  const all = await headlines();
  const classifier = all.find(({ id }) => id === "classifier");
  assert.equal(classifier?.number, "94.00%");
  assert.equal(classifier?.uncertainty, "95% interval 89.80–96.50%");
  const kMeans = all.find(({ id }) => id === "kmeans-init");
  assert.equal(kMeans?.uncertainty, "58.0% to 60.0% over 7 runs");
});
