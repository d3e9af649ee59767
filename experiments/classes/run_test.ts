import { random } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import type { OwnSettings } from "../run/own/read_own_table.ts";
import { recordOwnRun } from "../run/testing/record_own_run.ts";
import { tinyTable } from "../run/testing/tiny_table.ts";
import { run } from "./run.ts";
import { restoreClassifier } from "./run/classifier_model.ts";
import { judgeRows } from "./run/judge_rows.ts";

/** Rows of as many classes as there are centres, around these, in turn. */
function blobs(rows: number, centres: readonly number[], seed = 4): string {
  const source = random(seed);
  const lines = Array.from({ length: rows }, (_, row) => {
    const label = row % centres.length;
    const cells = [0, 1, 2].map((j) => centres[label] * (j + 1) / 3 + source.normal());
    return [...cells, `class ${label}`].join(",");
  });
  return `a,b,c,kind\n${lines.join("\n")}\n`;
}

async function runOn(text: string, settings: Partial<OwnSettings> = {}) {
  const table = await tinyTable(text, { label: "kind", ...settings });
  return { table, ...await recordOwnRun(run, table, 2) };
}

Deno.test("classes counts what its own columns say of the rows", async () => {
  // Neighbouring classes overlap, the last one is far from both.
  const { table, payload, columns } = await runOn(blobs(90, [0, 1.5, 40]));
  const predicted = columns.get("predicted_class") as string[];
  const names = ["class 0", "class 1", "class 2"];
  const given = Array.from(table.labels!, (label) => names[label]);
  const countOf = (a: string, b: string) =>
    predicted.filter((one, row) => given[row] === a && one === b).length;
  const counts = names.map((a) => names.map((b) => countOf(a, b)));
  assert.deepEqual(payload.confusion, counts);
  const right = predicted.filter((one, row) => one === given[row]).length;
  assert(right > 60 && right < 90, `${right}`);
  assert.deepEqual([payload.accuracy.successes, payload.accuracy.trials], [right, 90]);
  assert.deepEqual(payload.largest, { name: "class 0", share: 1 / 3 });
  for (const { name, recall, precision } of payload.classes) {
    const claimed = predicted.filter((one) => one === name).length;
    assert.deepEqual([recall.successes, recall.trials], [countOf(name, name), 30]);
    assert.equal(precision!.predicted, claimed);
    assert.equal(precision!.value, countOf(name, name) / claimed);
    assert(precision!.interval.low < precision!.value);
  }
  const mixed = names.flatMap((a) =>
    names.map((b) => ({ given: a, predicted: b, rows: countOf(a, b) }))
  )
    .filter(({ given, predicted, rows }) => given !== predicted && rows > 0)
    .sort((a, b) => b.rows - a.rows);
  assert.deepEqual(payload.confusions, mixed);
});

Deno.test("classes calibrates the probability of the predicted class", async () => {
  const { table, payload, columns } = await runOn(blobs(200, [0, 2]));
  const { confidence, crossEntropy, shareEntropy, bins, expectedError } = payload.calibration;
  const probability = columns.get("class_probability") as Float64Array;
  const predicted = columns.get("predicted_class") as string[];
  const isRight = predicted.map((one, row) => one === `class ${table.labels![row]}`);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const own = Array.from(probability, (p, row) => -Math.log(isRight[row] ? p : 1 - p));
  assertAllClose([crossEntropy, confidence], [mean(own), mean([...probability])], { rtol: 1e-5 });
  assertAllClose([shareEntropy], [Math.log(2)], { rtol: 1e-12 });
  const plain = bins.map(({ low, high }) => {
    const rows = [...probability.keys()].filter((row) =>
      probability[row] > low && probability[row] <= high
    );
    return [
      rows.length,
      mean(rows.map((row) => probability[row])),
      mean(rows.map((row) => isRight[row] ? 1 : 0)),
    ];
  });
  assertAllClose(
    bins.flatMap(({ count, confidence, accuracy }) => [count, confidence, accuracy]),
    plain.flat(),
    { rtol: 1e-5 },
  );
  assertAllClose([expectedError], [
    mean(plain.flatMap(([count, p, share]) => new Array<number>(count).fill(Math.abs(p - share)))),
  ], { rtol: 1e-4 });
  // Labels are smoothed in training, so that the raw probabilities are too even.
  assert(payload.calibration.temperature < 0.9);
  assert(Math.abs(confidence - payload.accuracy.value) < 0.05);
});

Deno.test("classes holds out each of the largest classes, whose rows detectors then find", async () => {
  const { payload } = await runOn(blobs(90, [0, 30, 80]));
  assert.deepEqual(
    payload.sets.map((
      { heldOut, fitted, inside, outside, dimensions },
    ) => [heldOut, fitted, inside, outside, dimensions]),
    ["class 0", "class 1", "class 2"].map((name) => [name, 42, 18, 30, 3]),
  );
  for (const { detectors } of payload.sets) {
    const [{ detector, auroc, interval }] = detectors;
    assert.deepEqual([detector, auroc], ["mahalanobis", 1]);
    assert(interval.low > 0.8 && interval.high === 1);
  }
  assert.deepEqual(
    payload.madeUpSets.map((
      { madeUp, fitted, inside, outside },
    ) => [madeUp, fitted, inside, outside]),
    [["shuffled-columns", 63, 27, 90], ["uniform-noise", 63, 27, 90]],
  );
  // The columns of a blob go together: in another order, and evenly drawn, few rows lie in one.
  for (const { detectors: [{ auroc }] } of payload.madeUpSets) assert(auroc > 0.6, `${auroc}`);
  const few = await recordOwnRun(
    run,
    await tinyTable(blobs(90, [0, 30, 80]), { label: "kind" }),
    2,
    {
      heldOutClasses: 1,
      fittedRows: 30,
      scoredRows: 7,
      matrixClasses: 2,
      listedClasses: 1,
    },
  );
  assert.deepEqual(
    few.payload.sets.map(({ fitted, inside, outside }) => [fitted, inside, outside]),
    [
      [30, 7, 7],
    ],
  );
  assert.deepEqual([few.payload.confusion, few.payload.classes.length], [null, 1]);
  // No detector can be fitted on a column that does not vary.
  const constant = Array.from({ length: 60 }, (_, row) => `7,class ${row % 2}\n`).join("");
  assert.deepEqual((await runOn(`a,kind\n${constant}`)).payload.sets, []);
  const small = await runOn(blobs(18, [0, 30]));
  assert.deepEqual([small.payload.sets, small.payload.madeUpSets], [[], []]);
});

Deno.test("classes takes the rows of a second file as those that do not belong", async () => {
  const text = blobs(120, [0, 30]);
  const far = "a,b,c\n" +
    Array.from({ length: 25 }, (_, row) => `${300 + row},-5,${row}\n`).join("");
  const other = await runOn(text, { foreign: far });
  const [set] = other.payload.sets;
  assert.deepEqual(
    [other.payload.sets.length, set.heldOut, set.fitted, set.inside, set.outside],
    [1, null, 84, 36, 25],
  );
  assert.equal(set.detectors[0].auroc, 1);
  assert.deepEqual(other.payload.madeUpSets, []);
  const same = await runOn(text, { foreign: blobs(120, [0, 30], 9) });
  const { low, high } = same.payload.sets[0].detectors[0].interval;
  assert(low < 0.5 && high > 0.5, `${low}, ${high}`);
});

Deno.test("classes gives a model that predicts the classes of new rows", async () => {
  const { table, models, payload } = await runOn(blobs(90, [0, 30, 80]));
  const json = models.get("classifier");
  const restored = await run.restore!(models, table.classNames);
  const fresh = await tinyTable(blobs(30, [0, 30, 80], 11));
  const prepared = await table.preparation.apply(fresh.raw);
  const [classes, probabilities] = await restored.apply({ raw: fresh.raw, prepared });
  assert.deepEqual(restored.columns, ["predicted_class", "class_probability"]);
  assert.deepEqual(classes, Array.from({ length: 30 }, (_, row) => `class ${row % 3}`));
  for (const p of probabilities as Float64Array) assert(p > 0.9 && p <= 1);
  restored.dispose();
  assert.equal((json as { temperature: number }).temperature, payload.calibration.temperature);
  for (
    const [changed, names, message] of [
      [{ version: 2 }, table.classNames, /^SyntaxError: .* of version 2 was given/],
      [{ temperature: 0 }, table.classNames, /^RangeError: Cannot use temperature: 0 was given/],
      [{}, ["x"], /^RangeError: Cannot use the classifier: it has 3 classes, the run has 1/],
      [{ network: "AAAA" }, table.classNames, /^SyntaxError: Cannot read/],
    ] as const
  ) {
    assert.throws(() => restoreClassifier({ ...json as object, ...changed }, names), message);
  }
});

Deno.test("judgeRows() lists as much as its limits allow, the largest first", async () => {
  const truths = [0, 0, 1, 1, 1, 2];
  const predictions = [0, 1, 1, 2, 2, 0];
  const values = Float64Array.from(
    { length: 18 },
    (_, at) => predictions[Math.floor(at / 3)] === at % 3 ? 0.8 : 0.1,
  );
  const rows = {
    labels: Int32Array.from(truths),
    classNames: ["a", "b", "c"],
    probabilities: { values, shape: [6, 3] as const },
    temperature: 1,
    crossEntropy: 0.5,
  };
  const judged = async (listed: number) => {
    const limits = { listedClasses: listed, matrixClasses: listed, listedConfusions: listed };
    return (await judgeRows(rows, { ...limits, bins: 5 })).numbers;
  };
  const [all, two] = [await judged(3), await judged(2)];
  assert.deepEqual(all.confusion, [[1, 1, 0], [0, 1, 2], [1, 0, 0]]);
  assert.equal(two.confusion, null);
  assert.deepEqual(all.classes.map(({ name }) => name), ["b", "a", "c"]);
  assert.deepEqual(two.classes.map(({ name }) => name), ["b", "a"]);
  const confusions = [["b", "c", 2], ["a", "b", 1], ["c", "a", 1]];
  const textsOf = ({ confusions }: typeof all) =>
    confusions.map(({ given, predicted, rows }) => [given, predicted, rows]);
  assert.deepEqual(textsOf(all), confusions);
  assert.deepEqual(textsOf(two), confusions.slice(0, 2));
  assert.deepEqual(all.largest, { name: "b", share: 0.5 });
  assert.deepEqual([all.accuracy.successes, all.accuracy.trials], [2, 6]);
});
