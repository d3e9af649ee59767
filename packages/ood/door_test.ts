import assert from "node:assert/strict";
import vm from "node:vm";
import { type Label, random, useBackend } from "@mixtape/tensor-utils";
import {
  auroc,
  aurocInterval,
  bootstrapSeparation,
  calibrateThreshold,
  detectorFromJSON,
  type DetectorKind,
  detectorNamed,
  detectors,
  energy,
  type EvidenceLike,
  type EvidencePart,
  oscr,
  rocPoints,
  type TrainingEvidenceLike,
} from "./mod.ts";

await useBackend("cpu");

const rows = 60;
const numbers = Array.from({ length: rows }, (_, i) => i % 3);

/** Rows of three classes, as number arrays. */
function made(seed: number): EvidenceLike & { activations: number[][][]; logits: number[][] } {
  const source = random(seed);
  const layer = (units: number, scale: number) =>
    numbers.map((c) =>
      Array.from(
        { length: units },
        (_, j) => Math.fround(source.normal() + (j % 3 === c ? scale : 0)),
      )
    );
  return {
    logits: layer(3, 6),
    activations: [layer(7, 3), layer(5, 4)],
    inputs: layer(6, 2),
    head: { weights: layer(3, 1).slice(0, 5), bias: [0.5, 0.25, 0] },
  };
}

const training = { ...made(1), labels: numbers };
const test = made(2);
/** Options that fit so few rows. */
const few: Readonly<Record<string, object>> = {
  gmm: { components: [2] },
  "gmm++": { components: [2] },
  knn: { k: 5 },
  ppca: { components: 2 },
};

function optionsOf({ name }: DetectorKind): object {
  return few[name] ?? {};
}

for (const kind of detectors) {
  Deno.test(`${kind.name} fails with the reason of its signal, aborted before or while it scores`, async () => {
    using detector = await kind(training, optionsOf(kind));
    const reason = new TypeError("enough");
    const before = detector.score(test, { signal: AbortSignal.abort(reason) });
    await assert.rejects(before, (error) => error === reason);
    const controller = new AbortController();
    const pending = detector.score(test, { signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(pending, (error) => error === reason);
    const heeded = await detector.score(test, { signal: new AbortController().signal });
    assert.deepEqual(heeded, await detector.score(test));
  });

  Deno.test(`${kind.name} fails with the reason of its signal, aborted while it is fitted`, async () => {
    const controller = new AbortController();
    const pending = kind(training, { ...optionsOf(kind), signal: controller.signal });
    const reason = new TypeError("enough");
    controller.abort(reason);
    await assert.rejects(pending, (error) => error === reason);
  });

  Deno.test(`${kind.name} scores the same for classes of any name, and gives their names back`, async () => {
    using plain = await kind(training, optionsOf(kind));
    assert.equal(plain.classes, undefined);
    const scores = await plain.score(test);
    const names: [(code: number) => Label, Label[]][] = [
      [(code) => ["ant", "bee", "cat"][code], ["ant", "bee", "cat"]],
      [(code) => code - 7, [-7, -6, -5]],
      [(code) => 20240131 + code, [20240131, 20240132, 20240133]],
    ];
    for (const [nameOf, classes] of names) {
      using named = await kind({ ...training, labels: numbers.map(nameOf) }, optionsOf(kind));
      assert.deepEqual(await named.score(test), scores);
      assert.deepEqual(named.classes, classes);
      using again = detectorFromJSON(JSON.parse(JSON.stringify(named)));
      assert.deepEqual(again.classes, classes);
      assert.deepEqual(await again.score(test), scores);
    }
  });

  Deno.test(`${kind.name} fits and scores by what it needs, and says what of it is missing`, async () => {
    using plain = await kind(training, optionsOf(kind));
    const scores = await plain.score(test);
    const wants = (...parts: EvidencePart[]) => parts.some((part) => kind.needs.includes(part));
    const needed = (evidence: EvidenceLike): EvidenceLike => ({
      ...wants("logits", "head") && { logits: evidence.logits },
      ...wants("penultimate", "layers", "head") && { activations: evidence.activations },
      ...wants("inputs") && { inputs: evidence.inputs },
      ...wants("head") && { head: evidence.head },
      ...wants("labels") && { labels: evidence.labels },
      ...kind.needs.length === 0 && { inputs: evidence.inputs },
    });
    const least = needed(training);
    using same = await kind(least, optionsOf(kind));
    assert.deepEqual(await same.score(needed(test)), scores);
    for (const part of Object.keys(least)) {
      const lacking = { ...least, [part]: undefined };
      await assert.rejects(kind(lacking, optionsOf(kind)), {
        name: "TypeError",
        message: /^Cannot use the evidence: it has no /,
      });
    }
  });

  Deno.test(`${kind.name} takes arrays of another realm`, async () => {
    const foreign = vm.runInNewContext(`(json) => {
      const matrix = (rows) => ({ values: Float32Array.from(rows.flat()), shape: [rows.length, rows[0].length] });
      const { logits, activations, inputs, head, labels } = JSON.parse(json);
      return {
        logits: matrix(logits),
        activations: activations.map(matrix),
        inputs: matrix(inputs),
        head: { weights: matrix(head.weights), bias: Float32Array.from(head.bias) },
        labels: Int32Array.from(labels),
      };
    }`);
    using plain = await kind(training, optionsOf(kind));
    using same = await kind(foreign(JSON.stringify(training)), optionsOf(kind));
    const theirs = await same.score(foreign(JSON.stringify({ ...test, labels: [] })));
    assert.deepEqual(theirs, await plain.score(test));
  });

  Deno.test(`${kind.name} refuses options it does not know, and takes undefined for a default`, async () => {
    const undefineds = Object.keys({ ...kind.defaults, seed: 0, signal: 0, heldOut: 0 })
      .filter((name) => !(name in optionsOf(kind))).map((name) => [name, undefined]);
    using plain = await kind(training, optionsOf(kind));
    using same = await kind(training, {
      ...Object.fromEntries(undefineds),
      ...optionsOf(kind),
    });
    assert.deepEqual(same.toJSON(), plain.toJSON());
    const fit = (options: unknown) => kind(training, options as object);
    await assert.rejects(fit({ sead: 1 }), {
      name: "TypeError",
      message:
        `Cannot use the option sead: ${kind.name} has none of that name, the nearest is seed`,
    });
    await assert.rejects(fit(null), /null was given/);
    await assert.rejects(fit({ seed: 0.5 }), /Cannot use seed: 0.5/);
    await assert.rejects(fit({ signal: {} }), /an AbortSignal is needed/);
  });
}

Deno.test("energy refuses a slip in its temperature, and undefined leaves it at 1", async () => {
  await assert.rejects(
    energy(training, { temprature: 2 } as object),
    /nearest is temperature$/,
  );
  using fitted = await energy(training, { temperature: undefined });
  assert.equal(fitted.options.temperature, 1);
});

Deno.test("gmm says what is wrong with too few rows in the caller's words", async () => {
  const two: TrainingEvidenceLike = {
    logits: [[0], [1]],
    activations: [[[1], [2]]],
    labels: [0, 0],
  };
  await assert.rejects(detectorNamed("gmm")(two), {
    name: "RangeError",
    message: "Cannot choose among mixtures of 5, 10, 20 components: there are 2 rows to fit, " +
      "more rows or a number up to 2 among the option components are needed",
  });
});

Deno.test("fit() takes the order of classes from the evidence", async () => {
  const classes = ["z", "a", "m"];
  const labels = numbers.map((code) => classes[code]);
  const she = detectorNamed("she");
  using plain = await she(training);
  using named = await she({ ...training, labels, classes });
  assert.deepEqual(await named.score(test), await plain.score(test));
  assert.deepEqual(named.classes, classes);
  await assert.rejects(she({ ...training, labels, classes: ["z", "a"] }), {
    name: "RangeError",
    message: "Cannot use labels: row 2 has m, which is none of the 2 classes of the evidence",
  });
});

Deno.test("fit() and score() say what evidence lacks", async () => {
  using fitted = await energy(training);
  await assert.rejects(fitted.score(undefined as unknown as EvidenceLike), {
    name: "TypeError",
    message: /^Cannot use the evidence: undefined was given, an object with activations/,
  });
  await assert.rejects(
    energy({ ...training, labels: numbers.slice(1) }),
    /59 were given for 60/,
  );
});

Deno.test("measures take scores of any kind of number and realm", async () => {
  const foreign = vm.runInNewContext("Float64Array.of(3, 4)");
  assert.equal(auroc(foreign, Int8Array.of(1, 2)), 1);
  assert.throws(() => aurocInterval([1, 2], [0, 1], { levl: 0.9 } as object), /nearest is level$/);
  await assert.rejects(bootstrapSeparation([1], [0], { sed: 1 } as object), /nearest is seed$/);
  assert.throws(
    () => calibrateThreshold([1], { tpr: undefined, rate: 1 } as object),
    /option rate/,
  );
  assert.throws(() => rocPoints([1], [0], { points: 3 } as object), /nearest is maxPoints$/);
  assert.throws(
    () => oscr([1], [0], undefined as unknown as number[]),
    /Cannot use correct: undefined/,
  );
});
