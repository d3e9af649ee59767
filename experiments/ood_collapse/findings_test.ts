import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findOodCollapse } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findOodCollapse() says what decay does and whether scaling repairs it", () => {
  const findings = findOodCollapse(example, words, format);
  assertSays(findings, "use 14.0 of 25 directions, at 0.01 they use 5.0");
  assertSays(findings, "Scaling activations to length 1 helps at weight decay 0.01");
  assertSays(findings, "2 of 24 mixtures could not be fitted");
});
