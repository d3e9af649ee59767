import assert from "node:assert/strict";
import vm from "node:vm";
import { type Label, useBackend } from "@mixtape/tensor-utils";
import { mlpClassifier, mlpFromSafetensors, type MlpOptions, readSafetensors } from "./mod.ts";
import { writeSafetensors } from "./safetensors.ts";

await useBackend("cpu");

const x = [[-3], [-2], [-1], [1], [2], [3], [7], [8], [9]];
const numbers = [0, 0, 0, 1, 1, 1, 2, 2, 2];
const quick: MlpOptions = {
  hidden: [{ units: 8, activation: "relu" }],
  epochs: 40,
  batchSize: 3,
  learningRate: 0.1,
};

const namings: [string, (number: number) => Label, readonly Label[], (of: Label[]) => unknown][] = [
  ["strings", (number) => ["ant", "bee", "cat"][number], ["ant", "bee", "cat"], (of) => of],
  ["negative numbers", (number) => number - 1, [-1, 0, 1], (of) => Int32Array.from(of as number[])],
  [
    "dates",
    (number) => 20240101 + number,
    [20240101, 20240102, 20240103],
    (of) => Int32Array.from(of as number[]),
  ],
  [
    "fractions",
    (number) => number + 0.5,
    [0.5, 1.5, 2.5],
    (of) => Float64Array.from(of as number[]),
  ],
  ["big integers", (number) => BigInt(number), [0n, 1n, 2n], (of) => of],
];

for (const [what, nameOf, classes, written] of namings) {
  Deno.test(`mlpClassifier() learns classes that are ${what} and predicts them`, async () => {
    const labels = numbers.map(nameOf);
    using plain = await mlpClassifier(x, numbers, quick);
    using model = await mlpClassifier<Label>(x, labels, { ...quick, validation: { x, labels } });
    assert.deepEqual(model.classes, classes);
    assert.deepEqual(model.lossHistory, plain.lossHistory);
    assert.deepEqual(await model.predict(x), written(labels));
    assert.equal(await model.accuracy(x, labels), 1);
    assert.deepEqual(
      await model.confusionMatrix(x, labels),
      await plain.confusionMatrix(x, numbers),
    );
    assert.equal(model.epochs.at(-1)?.validationAccuracy, 1);
    assert.deepEqual((await model.evidence(x)).classes, classes);
    assert.equal("classes" in await plain.evidence(x), false);
    using again = mlpFromSafetensors<Label>(model.toSafetensors());
    assert.deepEqual(again.classes, classes);
    assert.deepEqual(await again.predict(x), written(labels));
  });
}

Deno.test("mlpClassifier() learns booleans", async () => {
  const labels = numbers.map((number) => number > 0);
  using model = await mlpClassifier(x, labels, quick);
  assert.deepEqual(model.classes, [false, true]);
  assert.deepEqual(await model.predict(x), labels);
});

Deno.test("mlpClassifier() takes whole numbers from 0 for the numbers of classes, gaps included", async () => {
  using model = await mlpClassifier(x, numbers.map((number) => 2 * number), quick);
  assert.deepEqual(model.classes, [0, 1, 2, 3, 4]);
  assert.deepEqual(await model.predict(x), Int32Array.from(numbers, (number) => 2 * number));
  assert.equal(readSafetensors(model.toSafetensors()).metadata.has("classes"), false);
});

Deno.test("mlpClassifier() and its model refuse labels that do not fit", async () => {
  const labels = numbers.map((number) => "abc"[number]);
  await assert.rejects(mlpClassifier(x, labels.slice(1), quick), /8 were given for 9 rows/);
  await assert.rejects(mlpClassifier(x, labels, { ...quick, classes: 4 }), {
    name: "RangeError",
    message: /^Cannot use labels: they name 3 classes, but classes is 4/,
  });
  await assert.rejects(mlpClassifier(x, labels.fill("a"), quick), {
    name: "RangeError",
    message: "Cannot use labels: all rows have the label a, at least 2 classes are needed",
  });
  using model = await mlpClassifier(x, ["a", "b", "b", "b", "b", "b", "b", "b", "b"], quick);
  await assert.rejects(model.accuracy([[1], [2]], ["a", "c"]), {
    name: "RangeError",
    message: "Cannot use labels: row 1 has c, which is none of the 2 classes of the training: a, b",
  });
  for (
    const [names, listed] of [
      ["abcdefghij", "a, b, c, d, e, f, g, h, i, j"],
      ["abcdefghijk", "a, b, c, d, e, f, g, h, i, j, …"],
    ]
  ) {
    using many = await mlpClassifier([...names].map((_, i) => [i]), [...names], quick);
    await assert.rejects(many.accuracy([[1]], ["x"]), {
      message: `Cannot use labels: row 0 has x, which is none of the ${names.length} classes ` +
        `of the training: ${listed}`,
    });
  }
});

Deno.test("mlpFromSafetensors() refuses names of classes that do not fit", async () => {
  using model = await mlpClassifier(x, numbers.map(String), quick);
  const { tensors, metadata } = readSafetensors(model.toSafetensors());
  for (
    const text of ["", "[]", '{"kind":"string","names":["a"]}', '{"kind":"string","names":[1]}']
  ) {
    const damaged = new Map([...metadata, ["classes", text]] as [string, string][]);
    const bytes = writeSafetensors({ tensors, metadata: damaged });
    assert.throws(() => mlpFromSafetensors(bytes), {
      name: "SyntaxError",
      message: /names of classes are not valid/,
    });
  }
});

Deno.test("mlpClassifier() refuses options it does not know, and takes undefined for the default", async () => {
  await assert.rejects(mlpClassifier(x, numbers, { epoch: 3 } as MlpOptions), {
    name: "TypeError",
    message:
      "Cannot use the option epoch: mlpClassifier has none of that name, the nearest is epochs",
  });
  await assert.rejects(mlpClassifier(x, numbers, null as unknown as MlpOptions), /null was given/);
  const options = { hidden: [], epochs: 1, seed: undefined, learningRate: undefined };
  using model = await mlpClassifier(x, numbers, options);
  assert.equal(model.options.learningRate, 0.002);
  assert.throws(() => model.toSafetensors({ dtyp: "F16" } as object), /the nearest is dtype/);
});

Deno.test("mlpFromSafetensors() reads the bytes of another realm, and says what else was given", async () => {
  using model = await mlpClassifier(x, numbers, { ...quick, epochs: 1 });
  const foreign = vm.runInNewContext("(bytes) => Uint8Array.from(bytes)")(model.toSafetensors());
  using again = mlpFromSafetensors(foreign);
  assert.deepEqual(await again.logits(x), await model.logits(x));
  assert.throws(() => mlpFromSafetensors(foreign.buffer), /an ArrayBuffer was given, the bytes of/);
});
