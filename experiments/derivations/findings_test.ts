import { formatFor } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { headline } from "./findings.ts";
import { words } from "./words/en.ts";

Deno.test("headline() of the derivations counts the statements that hold", () => {
  const [check] = example.payload.checks;
  const said = (...passed: boolean[]) => {
    const checks = passed.map((passed) => ({ ...check, passed }));
    const result = { ...example, payload: { ...example.payload, checks } };
    return headline(result, words, formatFor("en"));
  };
  assert.deepEqual(said(true, false, true), {
    number: "2",
    sentence: "of 3 statements of the two derivations hold when a machine checks them",
  });
  assert.deepEqual(said(true, true), {
    number: "2",
    sentence: "statements of the two derivations hold when a machine checks them",
  });
});
