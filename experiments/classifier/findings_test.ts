import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findClassifier } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findClassifier() gives accuracy with its interval, confusions and calibration", () => {
  const findings = findClassifier(example, words, format);
  assertSays(findings, "94.00% of the test images");
  assertSays(findings, "89.80–96.50%; 188 of 200");
  assertSays(findings, "one taken for two (5)");
  assertSays(findings, "surer than it should be");
  assertSays(findings, "95.00%, came after epoch 2 of 3");
});
