import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findGmmOod } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findGmmOod() chooses without looking at out-of-distribution data", () => {
  const findings = findGmmOod(example, words, format);
  assertSays(findings, "AUROC 0.975");
  assertSays(findings, "with 5 components".replace("w", "W"));
  assertSays(findings, "The reason is in the features: they use 14.0 of 25 directions");
});

Deno.test("findGmmOod() does not blame the features when decay does no harm", () => {
  const result = structuredClone(example);
  const outcomes = result.payload.byWeightDecay as unknown as {
    byComponents: { separation: { auroc: number } }[];
  }[];
  for (const row of outcomes[3].byComponents) row.separation.auroc = 0.99;
  const findings = findGmmOod(result, words, format);
  assert(!findings.some((sentence) => sentence.includes("The reason is")));
});
