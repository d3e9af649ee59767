import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findClassifier } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findClassifier() gives accuracy with its interval, confusions and calibration", () => {
  const found = findClassifier(example, words, format);
  assertSays(found, "94.00% of the test images");
  assertSays(found, "89.80–96.50%; 188 of 200");
  assertSays(found, "one taken for two (5)");
  assertSays(found, "surer than it should be");
  assertSays(found, "95.00%, came after epoch 2 of 3");
});
