import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findKMeansMissing } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findKMeansMissing() names the best, the worst and what fails", () => {
  const found = findKMeansMissing(example, words, format);
  assertSays(found, "With 50% of the pixels missing, mean prior and mean imputation stay closest");
  assertSays(found, "zero prior ends farthest");
  assertSays(found, "they give the same clustering at every rate");
  assertSays(found, "From 20% missing on, complete rows cannot cluster at all");
});
