import assert from "node:assert/strict";
import type { MatrixLike } from "@mixtape/tensor-utils";
import {
  type EvidenceLike,
  type EvidencePart,
  readEvidence,
  readTraining,
  type TrainingEvidenceLike,
} from "./evidence.ts";

const matrix = (rows: number, columns: number, offset: number) => ({
  values: Float64Array.from({ length: rows * columns }, (_, at) => offset + at),
  shape: [rows, columns] as const,
});

/** Evidence of three rows, two layers and two classes, in which every number is different. */
const made = () => ({
  logits: matrix(3, 2, 100),
  activations: [matrix(3, 4, 200), matrix(3, 5, 300)],
  inputs: matrix(3, 6, 400),
  head: { weights: matrix(5, 2, 500), bias: Float32Array.of(0.5, -1) },
});

const parts: EvidencePart[] = ["logits", "penultimate", "layers", "inputs", "head"];

for (let chosen = 0; chosen < 32; chosen++) {
  const needs = parts.filter((_, i) => chosen >> i & 1);
  const wants = (...some: EvidencePart[]) => some.some((part) => needs.includes(part));
  Deno.test(`readEvidence() reads ${needs.join(", ") || "nothing"} and ignores all else`, async () => {
    const { logits, activations, inputs, head } = made();
    const read = await readEvidence(made(), needs);
    const empty = { values: new Uint8Array(0), shape: [3, 0] };
    assert.deepEqual(read.logits, wants("logits", "head") ? logits : empty);
    const last = wants("penultimate", "head") ? activations.slice(1) : [];
    assert.deepEqual(read.activations, wants("layers") ? activations : last);
    assert.deepEqual(read.inputs, wants("inputs") ? inputs : undefined);
    assert.deepEqual(read.head, wants("head") ? head : undefined);

    // What is not needed may be of any kind, or missing, but the logits tell the number of rows.
    const spoilt = {
      logits: wants("logits", "head") ? logits : [[NaN], [NaN], [NaN]],
      activations: wants("layers")
        ? activations
        : wants("penultimate", "head")
        ? ["none", activations[1]]
        : undefined,
      inputs: wants("inputs") ? inputs : "none",
      head: wants("head") ? head : { bias: "none" },
    };
    assert.deepEqual(await readEvidence(spoilt as unknown as EvidenceLike, needs), read);
  });
}

Deno.test("readEvidence() counts the rows of logits of any kind, without looking at them", async () => {
  const rowsOf = async (logits: unknown) => {
    const { logits: read } = await readEvidence(
      { logits: logits as MatrixLike, activations: [] },
      [],
    );
    assert.equal(read.values.length, 0);
    return read.shape;
  };
  assert.deepEqual(await rowsOf([[NaN, 1], [2, 3]]), [2, 0]);
  assert.deepEqual(await rowsOf({ values: Float32Array.of(NaN, 1, 2), shape: [1, 3] }), [1, 0]);
  assert.deepEqual(await rowsOf({ values: [1, 2, 3], shape: Int32Array.of(3, 1) }), [3, 0]);
  await assert.rejects(rowsOf({ values: Float32Array.of(1), shape: [1.5, 1] }));
  await assert.rejects(rowsOf("12"), /TypeError: Cannot read logits/);
});

Deno.test("readEvidence() names the part that is missing, or does not fit", async () => {
  const all: EvidencePart[] = ["logits", "layers", "inputs", "head"];
  const cases: [object, EvidencePart[], string][] = [
    [{ logits: undefined }, all, "TypeError: Cannot use the evidence: it has no logits"],
    [{ inputs: undefined }, all, "TypeError: Cannot use the evidence: it has no inputs"],
    [
      { head: undefined },
      all,
      "TypeError: Cannot use the evidence: it has no head, the weights and bias of the last layer are needed",
    ],
    ...[undefined, []].map((activations): [object, EvidencePart[], string] => [
      { activations },
      ["penultimate"],
      "TypeError: Cannot use the evidence: it has no activations, one layer or more is needed",
    ]),
    ...([
      ["layers", {}, '"layers"'],
      [matrix(3, 4, 0), {}, "an object"],
      [matrix(3, 4, 0), { logits: undefined, inputs: undefined }, "an object"],
    ] as const).map(([activations, rest, said]): [object, EvidencePart[], string] => [
      { activations, ...rest },
      ["penultimate"],
      `TypeError: Cannot use the evidence: its activations are ${said}, a list of matrices is needed, one per layer`,
    ]),
    [
      { activations: [matrix(2, 4, 0), matrix(3, 5, 0)] },
      all,
      "RangeError: Cannot use the evidence: activations of layer 0 have 2 rows, the logits have 3, the same rows are needed",
    ],
    [
      { activations: [matrix(3, 4, 0), matrix(4, 5, 0)] },
      all,
      "RangeError: Cannot use the evidence: activations of layer 1 have 4 rows, the logits have 3, the same rows are needed",
    ],
    [
      { activations: [matrix(4, 5, 0)] },
      ["penultimate"],
      "RangeError: Cannot use the evidence: penultimate activations have 4 rows, the logits have 3, the same rows are needed",
    ],
    [
      { inputs: matrix(1, 6, 0) },
      all,
      "RangeError: Cannot use the evidence: inputs have 1 rows, the logits have 3, the same rows are needed",
    ],
    ...[[4, 2, 2], [5, 3, 2], [5, 2, 1], [5, 2, 3]].map(
      ([units, classes, biases]): [object, EvidencePart[], string] => [
        { head: { weights: matrix(units, classes, 0), bias: new Array(biases).fill(1) } },
        all,
        `RangeError: Cannot use the head: weights are [${units},${classes}] and bias is [${biases}], [5, 2] and [2] are needed`,
      ],
    ),
    [
      { head: { weights: matrix(5, 2, 0), bias: [0, Infinity] } },
      all,
      "RangeError: Cannot use head bias[1]: Infinity was given, a finite number is needed",
    ],
  ];
  for (const [changes, needs, message] of cases) {
    await assert.rejects(readEvidence({ ...made(), ...changes }, needs), (error) => {
      assert.equal(String(error), message);
      return true;
    });
  }
  for (const nothing of [undefined, null, 3, "evidence"]) {
    const given = nothing as unknown as TrainingEvidenceLike;
    await assert.rejects(
      readEvidence(given, []),
      /TypeError: Cannot use the evidence: .* an object/,
    );
    if (!nothing) {
      await assert.rejects(readTraining(given, []), /TypeError: Cannot use the evidence/);
    }
  }
});

Deno.test("readTraining() copies what it reads before it returns its promise", async () => {
  const given = { ...made(), labels: ["b", "a", "b"], classes: ["b", "a"] };
  const reading = readTraining(given, ["logits", "layers", "inputs", "head"]);
  const matrices = [given.logits, ...given.activations, given.inputs, given.head.weights];
  for (const { values } of matrices) values.fill(-1);
  given.head.bias.fill(-1);
  given.labels.fill("a");
  given.classes.reverse();
  given.activations.length = 0;
  const { training, names } = await reading;
  const { logits, activations, inputs, head } = made();
  assert.deepEqual(training, { logits, activations, inputs, head, labels: Int32Array.of(0, 1, 0) });
  assert.deepEqual(names, ["b", "a"]);
});

Deno.test("readEvidence() says of a layer that is null that it is", async () => {
  await assert.rejects(readEvidence({ activations: [null as never] }, ["penultimate"]), {
    name: "TypeError",
    message: /^Cannot read penultimate activations: null was given/,
  });
});
