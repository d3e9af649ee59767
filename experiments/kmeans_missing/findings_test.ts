import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findKMeansMissing } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findKMeansMissing() names the best, the worst and what fails", () => {
  const findings = findKMeansMissing(example, words, format);
  assertSays(
    findings,
    "With 50% of the pixels missing, mean prior and mean imputation stay closest",
  );
  assertSays(findings, "zero prior ends farthest");
  assertSays(findings, "they give the same clustering at every rate");
  assertSays(findings, "From 20% missing on, complete rows cannot cluster at all");
});
