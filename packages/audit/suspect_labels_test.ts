import assert from "node:assert/strict";
import { random, useBackend } from "@mixtape/tensor-utils";
import { assertNoLeak, testSeed } from "@mixtape/tensor-utils/testing";
import { outOfFoldProbabilities } from "./out_of_fold_probabilities.ts";
import { smoothedClassifier } from "./smoothed_classifier.ts";
import { suitableTraining } from "./suitable_training.ts";
import { suspectLabels } from "./suspect_labels.ts";

Deno.test("suspectLabels() applies the thresholds of confident learning", async () => {
  const labels = [0, 0, 0, 1, 1, 1, 2];
  const probabilities = [
    [0.9, 0.1, 0],
    [0.7, 0.2, 0.1],
    [0.05, 0.9, 0.05], // reaches the threshold of class 1, 0.6, not its own, 0.55
    [0.1, 0.8, 0.1],
    [0.2, 0.7, 0.1],
    [0.5, 0.3, 0.2], // below both thresholds
    [0.9, 0.1, 0], // the only row of its class
  ];
  const { rows, scores, likely } = await suspectLabels(probabilities, labels);
  assert.deepEqual([...rows], [2]);
  assert.deepEqual([...scores], [0.9, 0.7, 0.05, 0.8, 0.7, 0.3, 0]);
  assert.deepEqual([...likely], [0, 0, 1, 1, 1, 1, 0]);
  // The second row is at the threshold of class 1, 0.75, which reaches it.
  const edge = [[1, 0], [0.25, 0.75], [0.25, 0.75], [0.25, 0.75]];
  assert.deepEqual([...(await suspectLabels(edge, [0, 0, 1, 1])).rows], [1]);
});

Deno.test("suspectLabels() puts the least probable labels first, and equal ones in order", async () => {
  const labels = ["a", "a", "a", "a", "b", "b", "b", "b"];
  const good = [0.99, 0.99];
  const p = [good[0], 0.3, 0.1, 0.3, 0.01, 0.01, 0.01, 0.99].map((value) => [value, 1 - value]);
  const { rows } = await suspectLabels(p, labels);
  assert.deepEqual([...rows], [7, 2]);
  const equal = await suspectLabels([
    [1, 0],
    [0, 1],
    [0, 1],
    [0, 1],
    [0, 1],
    [1, 0],
  ], ["a", "a", "a", "b", "b", "b"]);
  assert.deepEqual([...equal.rows], [1, 2, 5]);
  // Of equally likely classes the one given stays.
  const even = await suspectLabels(Array(4).fill([0.5, 0.5]), ["a", "a", "b", "b"]);
  assert.deepEqual([[...even.rows], [...even.likely]], [[], [0, 0, 1, 1]]);
  // Classes of two rows count.
  const pairs = await suspectLabels([[1, 0], [0, 1], [0, 1], [0.2, 0.8]], ["a", "a", "b", "b"]);
  assert.deepEqual([...pairs.rows], [1]);
});

Deno.test("suspectLabels() refuses probabilities that do not fit the labels", async () => {
  await assert.rejects(suspectLabels([[1, 0]], [0, 1]), {
    message: "Cannot use labels: 2 were given for 1 rows of probabilities, one per row is needed",
  });
  await assert.rejects(suspectLabels([[1], [1]], [0, 1]), {
    message: "Cannot use probabilities: they have 1 columns, and labels have 2 classes, " +
      "one column per class is needed",
  });
  await assert.rejects(suspectLabels([[1, 0], [0, 1.5]], [0, 1]), {
    message: "Cannot use probabilities: row 1 has 1.5 in column 1, " +
      "numbers between 0 and 1 are needed",
  });
});

Deno.test("outOfFoldProbabilities() and suspectLabels() rank exchanged labels of blobs first", async () => {
  await useBackend("auto");
  const source = random(testSeed());
  const truth = Array.from({ length: 90 }, (_, i) => i % 3);
  const wrong = [31, 50, 78];
  const x = truth.map((
    k,
  ) => [4 * k + source.normal() / 2, (k === 1 ? 3 : 0) + source.normal() / 2]);
  const labels = truth.map((k, i) => "abc"[wrong.includes(i) ? (k + 1) % 3 : k]);
  await assertNoLeak(async () => {
    const { probabilities, classes, folds } = await outOfFoldProbabilities(x, labels, {
      folds: 3,
      seed: testSeed(),
    });
    assert.deepEqual(classes, ["a", "b", "c"]);
    // Each class is in each fold as often as whole rows allow.
    for (const name of classes) {
      const sizes = [0, 1, 2].map((fold) =>
        labels.filter((label, row) => label === name && folds[row] === fold).length
      );
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, `${name}: ${sizes}`);
    }
    const { scores } = await suspectLabels(probabilities, labels);
    const order = Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
    assert.deepEqual(order.slice(0, 3).sort(), wrong);
    // A row beside one of the wrong ones may fall below a half, but stays far from those.
    assert.ok(scores[order[3]] > 2 * scores[order[2]]);
  });
});

Deno.test("outOfFoldProbabilities() judges a row by networks that have not seen its label", async () => {
  await useBackend("auto");
  const source = random(testSeed());
  // Labels without relation to x: nothing but the row itself could tell them.
  const x = Array.from({ length: 100 }, () => Array.from({ length: 50 }, () => source.normal()));
  const labels = x.map(() => source.integer(2));
  const { probabilities } = await outOfFoldProbabilities(x, labels);
  const defaults = { seed: 0, folds: 5, maxRows: 20000 };
  assert.deepEqual(
    await outOfFoldProbabilities(x, labels, defaults),
    await outOfFoldProbabilities(x, labels),
  );
  // Folds train on 80 rows, on no more than these, and on fewer if told.
  const [all, fewer] = await Promise.all(
    [80, 40].map((maxRows) => outOfFoldProbabilities(x, labels, { maxRows })),
  );
  assert.deepEqual(all.probabilities, probabilities);
  assert.notDeepEqual(fewer.probabilities, probabilities);
  for (let row = 0; row < 100; row++) {
    const [a, b] = probabilities.values.subarray(2 * row, 2 * row + 2);
    assert.ok(Math.abs(a + b - 1) < 1e-6, `row ${row}`);
  }
  const right = labels.filter((label, row) => probabilities.values[2 * row + label] > 0.5).length;
  assert.ok(right < 75, `${right} of 100`);
});

Deno.test("outOfFoldProbabilities() refuses labels and options that do not fit", async () => {
  await assert.rejects(outOfFoldProbabilities([[1], [2]], [0]), {
    message: "Cannot use labels: 1 were given for 2 rows, one per row is needed",
  });
  await assert.rejects(outOfFoldProbabilities([[1], [2]], [7, 7]), {
    message: "Cannot compute probabilities: all labels are equal, at least 2 classes are needed",
  });
  await assert.rejects(outOfFoldProbabilities([[1], [2]], [0, 1], { folds: 3 }), RangeError);
  await assert.rejects(outOfFoldProbabilities([[1], [2]], [0, 1], { maxRows: 1 }), RangeError);
});

Deno.test("smoothedClassifier() trains a network that suits the data, on rows that it draws", async () => {
  await useBackend("auto");
  const x = Array.from({ length: 60 }, (_, i) => [i % 2 === 0 ? -1 : 1]);
  const labels = x.map((_, i) => i % 2);
  using model = await smoothedClassifier(x, labels, { classes: 3, maxRows: 40 });
  const { classes, labelSmoothing, batchSize, epochs, learningRateSchedule, hidden } =
    model.options;
  assert.deepEqual([classes, labelSmoothing, batchSize, epochs], [3, 0.2, 16, 60]);
  assert.deepEqual([learningRateSchedule, hidden.length], ["linear", 2]);
  assert.deepEqual([...await model.predict(x)], labels);
  using again = await smoothedClassifier(x, labels, { classes: 3, maxRows: 40, seed: 0 });
  assert.deepEqual(again.lossHistory, model.lossHistory);
  using all = await smoothedClassifier(x, labels);
  assert.equal(all.options.classes, 2);
  assert.notDeepEqual(all.lossHistory, model.lossHistory);
  await assert.rejects(
    smoothedClassifier(x, [0, 1]),
    /^RangeError: Cannot use labels: 2 were given/,
  );
  await assert.rejects(smoothedClassifier(x, labels, { maxRows: 1 }), RangeError);
  const wide = [0, 1].map((value) => Array(800).fill(value));
  using least = await smoothedClassifier(wide, [0, 1], { maxRows: 2 });
  assert.deepEqual([least.options.classes, least.options.batchSize], [2, 16]);
  await assert.rejects(smoothedClassifier([[0]], [0]), RangeError);
});

Deno.test("suitableTraining() takes about 500 steps, and wide networks for many rows of many columns", () => {
  const shapes = [[1999, 784], [2000, 784], [2000, 100], [2000, 99], [20000, 784], [60, 2]];
  const chosen = shapes.map(([rows, columns]) => {
    const { hidden, batchSize, epochs } = suitableTraining(rows, columns);
    return [...hidden!.map(({ units }) => units), batchSize, epochs];
  });
  assert.deepEqual(chosen, [
    [64, 64, 62, 15],
    [256, 256, 63, 16],
    [256, 256, 63, 16],
    [64, 64, 63, 16],
    [256, 256, 256, 8],
    [64, 64, 16, 60],
  ]);
});
