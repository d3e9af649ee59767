import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findOodDetectors } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findOodDetectors() names the leader, who is level with it, and the hardest set", () => {
  const found = findOodDetectors(example, words, format);
  assertSays(found, "the best on average is `gmm++` on the reference network");
  assertSays(found, "significantly ahead of every other detector");
  assertSays(found, "can tell, level with it: `msp`");
  assertSays(found, "The hardest set is held-out classes");
  assertSays(found, "accepts 94.0% to 95.0% of fresh ones");
});
