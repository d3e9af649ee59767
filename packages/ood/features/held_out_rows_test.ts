import assert from "node:assert/strict";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { detectorNamed } from "../registry.ts";
import type { TrainingEvidence } from "../evidence.ts";
import { heldOutRows } from "./held_out_rows.ts";

/** Evidence each of whose numbers tells which row, part and column it stands in. */
function evidenceOf(n: number): TrainingEvidence {
  const part = (offset: number, columns: number) => ({
    values: Float64Array.from(
      { length: n * columns },
      (_, at) => 1000 * Math.floor(at / columns) + offset + at % columns,
    ),
    shape: [n, columns] as const,
  });
  return {
    logits: part(10, 3),
    activations: [part(20, 2), part(30, 4)],
    inputs: part(40, 5),
    labels: Int32Array.from({ length: n }, (_, i) => 7 * i),
    head: {
      weights: { values: new Float32Array(12), shape: [4, 3] },
      bias: Float32Array.of(1, 2, 3),
    },
  };
}

const rowsIn = (e: TrainingEvidence) => Array.from(e.labels, (label) => label / 7);

/** Asserts that every part of the evidence holds the rows that its labels name. */
function assertWhole(some: TrainingEvidence, all: TrainingEvidence): void {
  const rows = rowsIn(some);
  const parts = (e: TrainingEvidence) => [e.logits, ...e.activations, e.inputs!];
  parts(some).forEach((part, p) => {
    const { values, shape: [, columns] } = parts(all)[p];
    const expected = rows.flatMap((i) => [...values.slice(i * columns, (i + 1) * columns)]);
    assert.deepEqual(part.shape, [rows.length, columns]);
    assert.deepEqual([...part.values], expected);
  });
  assert.deepEqual(some.head, all.head);
}

Deno.test("heldOutRows() parts the training rows: a tenth aside, rounded up, and none in both", async () => {
  for (const [n, count] of [[2, 1], [9, 1], [10, 1], [11, 2], [100, 10], [101, 11]]) {
    const all = evidenceOf(n);
    const notes: string[] = [];
    const note = (sentence: string) => notes.push(sentence);
    const { fitted, heldOut } = await heldOutRows(all, { seed: testSeed(), note });
    const [inside, aside] = [fitted, heldOut as TrainingEvidence].map(rowsIn);
    assert.equal(aside.length, count);
    const together = [...inside, ...aside].sort((a, b) => a - b);
    assert.deepEqual(together, Array.from({ length: n }, (_, i) => i));
    assertWhole(fitted, all);
    assertWhole(heldOut as TrainingEvidence, all);
    assert.deepEqual(notes, [
      `no held-out rows were given: ${count} of ${n} training rows, which the classifier has seen, ` +
      "standardise the scores",
    ]);
  }
});

Deno.test("heldOutRows() draws its rows with the seed, anywhere among the rows", async () => {
  const drawn = async (seed: number) => {
    const { heldOut } = await heldOutRows(evidenceOf(60), { seed, note: () => {} });
    return rowsIn(heldOut as TrainingEvidence);
  };
  const seeds = Array.from({ length: 40 }, (_, i) => testSeed() + i);
  assert.deepEqual(await drawn(seeds[1]), await drawn(seeds[1]));
  const often = new Set((await Promise.all(seeds.map(drawn))).flat());
  assert.ok(often.size > 50, `only ${often.size} of 60 rows are ever held out`);
});

Deno.test("heldOutRows() takes the rows that are given and fits on all others", async () => {
  const [all, given] = [evidenceOf(5), evidenceOf(3)];
  const notes: string[] = [];
  const note = (sentence: string) => notes.push(sentence);
  const { fitted, heldOut } = await heldOutRows(all, { seed: 1, note, heldOut: given });
  assert.equal(fitted, all);
  assert.equal(heldOut, given);
  assert.deepEqual(notes, []);
  await assert.rejects(heldOutRows(evidenceOf(1), { seed: 0, note }), {
    name: "RangeError",
    message:
      "Cannot set rows aside: the training data have 1 row, at least 2 or the option heldOut are needed",
  });
});

for (const name of ["layers-mahalanobis++", "weakest-level"]) {
  Deno.test(`${name} without held-out rows is the detector of the parted rows`, async () => {
    const wavy = ({ values, shape }: TrainingEvidence["logits"]) => ({
      values: values.map((value: number) => Math.sin(value * value)),
      shape,
    });
    const plain = evidenceOf(80);
    const training: TrainingEvidence = {
      ...plain,
      logits: wavy(plain.logits),
      activations: plain.activations.map(wavy),
      inputs: wavy(plain.inputs!),
      labels: plain.labels.map((label) => label % 3),
    };
    const seed = testSeed() + 3;
    const { fitted, heldOut } = await heldOutRows(training, { seed, note: () => {} });
    using parted = await detectorNamed(name)(fitted, { heldOut });
    using whole = await detectorNamed(name)(training, { seed });
    assert.deepEqual(await whole.score(training), await parted.score(training));
  });
}
