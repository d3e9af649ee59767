import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { ClassifierResult } from "./result.ts";
import { words as english } from "./words/en.ts";
import { words as portuguese } from "./words/pt_br.ts";

const result: ClassifierResult = {
  ...example,
  payload: {
    ...example.payload,
    epochs: [
      { trainLoss: 0.9123, testAccuracy: 0.8012, elapsedMs: 1230 },
      { trainLoss: 0.04567, testAccuracy: 0.9534, elapsedMs: 450 },
    ],
    confusion: [[11, 2, 3, 4], [5, 16, 7, 8], [9, 10, 31, 12], [13, 14, 15, 46]],
    mistakes: [
      { row: 71, trueClass: 1, predictedClass: 3, probability: 0.987 },
      { row: 42, trueClass: 2, predictedClass: 0, probability: 0.654 },
      { row: 13, trueClass: 0, predictedClass: 1, probability: 0.543 },
    ],
    reliability: {
      expectedCalibrationError: 0.1,
      bins: [
        { low: 0, high: 0.3, count: 0, meanConfidence: 0, accuracy: 0 },
        { low: 0.3, high: 0.8, count: 21, meanConfidence: 0.612, accuracy: 0.534 },
        { low: 0.8, high: 1, count: 43, meanConfidence: 0.956, accuracy: 0.878 },
      ],
    },
  },
};
Deno.test("the page of the classifier has each number of an epoch under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("loss"), {
    "Epoch": ["1", "2"],
    "Mean training loss": ["0.912", "0.0457"],
    "Test accuracy": ["80.12%", "95.34%"],
    "Seconds": ["1.23", "0.45"],
  });
  assert.deepEqual(tables.get("accuracy"), {
    "Epoch": ["1", "2"],
    "Test accuracy": ["80.12%", "95.34%"],
  });
});

Deno.test("the page of the classifier has each number of a bin of confidence under its heading", () => {
  const tables = readTables(experiment.pages[0], result);
  assert.deepEqual(tables.get("reliability"), {
    "From": ["0%", "30%", "80%"],
    "To": ["30%", "80%", "100%"],
    "Images": ["0", "21", "43"],
    "Mean confidence": ["—", "61.2%", "95.6%"],
    "Accuracy": ["—", "53.4%", "87.8%"],
  });
});

Deno.test("the page of the classifier has confusions by class and prediction, and mistakes with theirs", () => {
  const tables = readTables(experiment.pages[0], result);
  const confusion = tables.get("confusion")!;
  assert.deepEqual(Object.values(confusion), [
    ["zero", "one", "two", "three"],
    ["11", "5", "9", "13"],
    ["2", "16", "10", "14"],
    ["3", "7", "31", "15"],
    ["4", "8", "12", "46"],
  ]);
  const mistakes = [...tables].find(([name]) => name.startsWith("mistakes"))![1];
  assert.deepEqual(
    ["Test row", "Label", "Prediction", "Probability"].map((heading) => mistakes[heading]),
    [["71", "42", "13"], ["one", "two", "zero"], ["three", "zero", "one"], [
      "98.70%",
      "65.40%",
      "54.30%",
    ]],
  );
});

Deno.test("the page of the classifier says that other pages train networks of their own", () => {
  const said = (words: { method(...texts: [string, string, string]): string }) =>
    words.method("", "", "").replaceAll(/\s+/g, " ");
  assert.match(
    said(english),
    /Other pages train networks of their own, .* their accuracies differ/,
  );
  assert.match(
    said(portuguese),
    /Outras páginas treinam redes próprias, .* acurácias delas diferem/,
  );
});
