import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findOodDetectors } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findOodDetectors() names the leader, who is level with it, and the hardest set", () => {
  const findings = findOodDetectors(example, words, format);
  assertSays(findings, "the best on average is `gmm++` on the reference network");
  assertSays(findings, "significantly ahead of every other detector");
  assertSays(findings, "can tell, level with it: `msp`");
  assertSays(findings, "The hardest set is held-out classes");
  assertSays(findings, "accepts 94.0% to 95.0% of fresh ones");
});
