import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findOodCollapse } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findOodCollapse() says what decay does and whether scaling repairs it", () => {
  const found = findOodCollapse(example, words, format);
  assertSays(found, "use 14.0 of 25 directions, at 0.01 they use 5.0");
  assertSays(found, "Scaling activations to length 1 helps at weight decay 0.01");
  assertSays(found, "2 of 24 mixtures could not be fitted");
});
