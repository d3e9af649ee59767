import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import { example } from "./example.ts";
import { findOodCalibration } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findOodCalibration() counts the promises that are kept", () => {
  const findings = findOodCalibration(example, words, format);
  assertSays(findings, "Thresholds that should accept 95% accept 95.0% to 95.5%");
  assertSays(findings, "1 of 2 detectors");
  assertSays(findings, "6 of 12 settings");
});
