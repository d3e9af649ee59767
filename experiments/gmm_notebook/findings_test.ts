import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findGmmNotebook } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findGmmNotebook() puts our numbers beside the published ones", () => {
  const findings = findGmmNotebook(example, words, format);
  assertSays(findings, "best AUC is 0.49, at 1 component; it published 0.40");
  assertSays(findings, "the best AUC is 0.63, at 5 components");
});
