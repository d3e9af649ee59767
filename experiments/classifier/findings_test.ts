import { formatFor, textIn } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findClassifier, headline } from "./findings.ts";
import type { ClassifierPayload } from "./result.ts";
import { words } from "./words/en.ts";

const format = formatFor("en");

Deno.test("findClassifier() gives accuracy with its interval, confusions and calibration", () => {
  const findings = findClassifier(example, words, format);
  assertSays(findings, "94.00% of the test images");
  assertSays(findings, "89.80–96.50%; 188 of 200");
  assertSays(findings, "one taken for two (5)");
  assertSays(findings, "underconfident");
  assertSays(findings, "95.00%, came after epoch 2 of 3");
});

function found(change: Partial<ClassifierPayload>): string[] {
  return findClassifier(
    { ...example, payload: { ...example.payload, ...change } },
    words,
    format,
  );
}

const distinct: Partial<ClassifierPayload> = {
  testAccuracy: {
    value: 0.81234,
    successes: 1137,
    trials: 1400,
    interval: { low: 0.79111, high: 0.83222, level: 0.95 },
  },
  confusion: [[300, 4, 17, 0], [9, 280, 3, 12], [1, 0, 290, 2], [0, 31, 5, 267]],
  epochs: [0.71, 0.83456, 0.82].map((testAccuracy) => ({
    trainLoss: 1,
    testAccuracy,
    elapsedMs: 1,
  })),
  reliability: {
    expectedCalibrationError: 0.0432,
    bins: [
      { low: 0, high: 0.5, count: 10, meanConfidence: 0.4, accuracy: 0.3 },
      { low: 0.5, high: 1, count: 30, meanConfidence: 0.8, accuracy: 0.7 },
    ],
  },
};

Deno.test("findClassifier() takes each number from where it belongs", () => {
  assert.deepEqual(found(distinct), [
    "81.23% of the test images are classified correctly (95% interval 79.11–83.22%; 1,137 of 1,400).",
    "The most frequent confusions are three taken for one (31), zero taken for two (17), and one taken for three (12).",
    // Means weighted by the images of a bin: (10 · 0.4 + 30 · 0.8) / 40, and of accuracy.
    "It is underconfident: mean confidence 70.0% against accuracy 60.0% (expected calibration error 4.3%).",
    "The best test accuracy along the way, 83.46%, came after epoch 2 of 3; the network kept is the last one, since choosing by the test set would flatter it.",
  ]);
});

Deno.test("findClassifier() calls the network too sure only beyond the interval of its accuracy", () => {
  const saidOf = (meanConfidence: number) =>
    found({
      ...distinct,
      reliability: {
        expectedCalibrationError: 0.0432,
        bins: [{ low: 0, high: 1, count: 10, meanConfidence, accuracy: 0.81234 }],
      },
    });
  const level = "lies within the interval of its accuracy, 81.2%: no difference is shown";
  assertSays(saidOf(0.791), "underconfident: mean confidence 79.1% against accuracy");
  assertSays(saidOf(0.79111), `Its mean confidence, 79.1%, ${level}`);
  assertSays(saidOf(0.83222), `Its mean confidence, 83.2%, ${level}`);
  assertSays(saidOf(0.8323), "overconfident: mean confidence 83.2% against accuracy");
});

Deno.test("findClassifier() says so where there is no mistake, and where the last epoch is the best", () => {
  const sentences = found({
    confusion: [[5, 0], [0, 4]],
    epochs: [0.7, 0.9].map((testAccuracy) => ({ trainLoss: 1, testAccuracy, elapsedMs: 1 })),
  });
  assertSays(sentences, "It made no mistake on the test set.");
  assert(!sentences.some((sentence) => sentence.includes("along the way")));
  assert.equal(sentences.length, 3);
});

Deno.test("headline() of the classifier is its accuracy with the interval", () => {
  const result = { ...example, payload: { ...example.payload, ...distinct } };
  assert.deepEqual(headline(result, words, format, textIn("en")), {
    number: "81.23%",
    sentence: "of test images are classified correctly",
    uncertainty: "95% interval 79.11–83.22%",
  });
});

Deno.test("findClassifier() calls no confusion most frequent that another one left out equals", () => {
  const named = (rows: number[][]) =>
    found({ confusion: rows }).filter((sentence) => sentence.includes("most frequent"));
  assert.deepEqual(named([[9, 4, 2, 0], [2, 9, 0, 0], [0, 2, 9, 1], [0, 0, 0, 9]]), [
    "The most frequent confusion is zero taken for one (4).",
  ]);
  assert.deepEqual(named([[9, 1, 0, 0], [1, 9, 0, 0], [0, 1, 9, 1], [0, 0, 0, 9]]), []);
  assert.deepEqual(named([[9, 1, 0, 0], [1, 9, 0, 0], [0, 1, 9, 0], [0, 0, 0, 9]]), [
    "The most frequent confusions are zero taken for one (1), one taken for zero (1), and two taken for one (1).",
  ]);
});

Deno.test("findClassifier() tells a confusion that happened once", () => {
  assertSays(
    found({ confusion: [[5, 0, 0, 0], [0, 4, 1, 0], [0, 0, 3, 0], [0, 0, 0, 2]] }),
    "(1).",
  );
});
