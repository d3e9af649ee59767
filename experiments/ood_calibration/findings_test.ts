import { formatFor } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findOodCalibration, headline } from "./findings.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findOodCalibration() counts the promises that are kept", () => {
  const findings = findOodCalibration(example, words, format);
  assertSays(findings, "Thresholds that should accept 95% accept 95.0% to 95.5%");
  assertSays(findings, "1 of 2 detectors");
  assertSays(findings, "6 of 12 settings");
});

const [tpr] = example.payload.tpr;
const [pValue] = example.payload.pValues;
const [discovery] = example.payload.discoveries;
/** No number is that of another; one distance is at its critical value, one rate at the wanted one. */
const distinct = {
  ...example,
  payload: {
    ...example.payload,
    batches: 16,
    tpr: [
      [0.9, 0.911, 0.85, 0.97],
      [0.9, 0.892, 0.83, 0.96],
      [0.96, 0.943, 0.912, 0.984],
      [0.96, 0.951, 0.923, 0.995],
      [0.96, 0.962, 0.934, 0.976],
    ].map(([wanted, mean, least, most]) => ({
      ...tpr,
      wanted,
      achieved: [least, mean, most],
      spread: { mean, standardDeviation: 0.01 },
    })),
    pValues: [0.2, 0.3, 0.1].map((critical) => ({ ...pValue, kolmogorovSmirnov: 0.2, critical })),
    discoveries: [0.04, 0.05, 0.06, 0.081, 0.07].map((mean, at) => ({
      ...discovery,
      detector: `detector-${at}`,
      oodShare: 0.1 + at / 100,
      wanted: 0.05,
      falseDiscoveryRate: { mean, standardDeviation: 0.01 },
      power: { mean: [0.021, 0.02, 0.001, 0.5, 0.6][at], standardDeviation: 0.01 },
    })),
  },
};

Deno.test("findOodCalibration() takes each number from where it belongs", () => {
  assert.deepEqual(findOodCalibration(distinct, words, format), [
    "Thresholds that should accept 90% accept 89.2% to 91.1% of fresh in-distribution images (means over splits, by detector).",
    "Thresholds that should accept 96% accept 94.3% to 96.2% of fresh in-distribution images (means over splits, by detector).",
    "The p-values of 2 of 3 detectors cannot be distinguished from uniform ones (Kolmogorov–Smirnov, 5%).",
    "The mean false discovery rate of the batches is at or below what was asked for in 2 of 5 settings.",
    // 8.1% ± 1.96 × 1% / √16.
    "The promise is broken most by `detector-3`: a rate of 8.1% (95% interval 7.6% to 8.6% over batches) where 5.0% was asked for, with 13% out-of-distribution images.",
    "Settings in which it is kept by reporting next to nothing: 1; there, at most 2% of what is out-of-distribution is reported.",
  ]);
});

Deno.test("findOodCalibration() names no worst rate and no silence where there is none", () => {
  const discoveries = distinct.payload.discoveries.slice(0, 2).map((one) => ({
    ...one,
    power: { mean: 0.9, standardDeviation: 0.01 },
  }));
  const result = { ...distinct, payload: { ...distinct.payload, discoveries } };
  assert.match(
    findOodCalibration(result, words, format).at(-1)!,
    /^The mean false discovery rate of the batches/,
  );
});

Deno.test("findOodCalibration() calls a promise broken only where the interval over batches shows it", () => {
  const said = (...deviations: number[]) => {
    const discoveries = distinct.payload.discoveries.slice(2).map((one, at) => ({
      ...one,
      falseDiscoveryRate: { ...one.falseDiscoveryRate, standardDeviation: deviations[at] },
    }));
    const result = { ...distinct, payload: { ...distinct.payload, discoveries } };
    return findOodCalibration(result, words, format);
  };
  const open = said(0.3, 0.3, 0.3);
  assertSays(
    open,
    "What was asked for is exceeded most by `detector-3`, with 8.1% where 5.0% was asked for and 13% of the images are out-of-distribution; the 95% interval over batches, 0.0% to 22.8%, does not show",
  );
  assert(!open.some((sentence) => sentence.includes("broken most")));
  // The largest excess is not shown, another is: 6% ± 0.98%.
  assertSays(said(0.02, 0.3, 0.3), "broken most by `detector-2`: a rate of 6.0%");
  assert(!said(0.02, 0.3, 0.3).some((sentence) => sentence.includes("exceeded most")));
});

Deno.test("headline() of ood-calibration is the mean at the rate nearest to 95%", () => {
  assert.deepEqual(headline(distinct, words, format), {
    // (94.3 + 95.1 + 96.2) / 3
    number: "95.2%",
    sentence: "of fresh images are accepted on average by thresholds that should accept 96%",
    uncertainty: "91.2% to 99.5% over the splits of 3 detectors",
  });
});
