import assert from "node:assert/strict";
import { random, useBackend } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import type { TrainingEvidence } from "../evidence.ts";
import { mixtureDefaults } from "../features/mixture_density.ts";
import { detectorNamed, detectors } from "../registry.ts";

const [n, d, classes] = [60, 6, 3];
const source = random(testSeed());
const draw = (rows: number, columns: number) => ({
  values: Float64Array.from({ length: rows * columns }, () => source.normal()),
  shape: [rows, columns] as const,
});
const training: TrainingEvidence = {
  logits: draw(n, classes),
  activations: [draw(n, 4), draw(n, d)],
  inputs: draw(n, 5),
  labels: Int32Array.from({ length: n }, (_, i) => i % classes),
  head: { weights: draw(d, classes), bias: Float32Array.of(0.5, -1, 2) },
};
const heldOut = { ...training, logits: draw(20, classes), inputs: draw(20, 5) };
heldOut.activations = [draw(20, 4), draw(20, d)];

/** The defaults, most of them the papers' choices. */
const defaults: Record<string, object> = {
  "energy": { temperature: 1 },
  "gen": { gamma: 0.1, topClasses: 100 },
  "mahalanobis": { regularization: 1e-6 },
  "mahalanobis++": { regularization: 1e-6 },
  "relative-mahalanobis": { regularization: 1e-6 },
  "ddu": { regularization: 1e-6 },
  "layers-mahalanobis++": { regularization: 1e-6 },
  "weakest-level": { regularization: 1e-6, inputRegularization: 0.01 },
  "knn": { k: 50, maxRows: undefined },
  "react": { share: 0.9 },
  "scale": { share: 0.85 },
  "ash-s": { share: 0.9 },
  "nci": { alpha: 1e-3 },
  "neco": { axes: undefined, maximumLogit: true },
  "vim": { dimensions: undefined },
  "ppca": { components: undefined, regularization: 1e-6 },
  "gmm": mixtureDefaults,
  "gmm++": mixtureDefaults,
};

/** Values at the ends of each option's range. */
const taken: Record<string, object[]> = {
  "energy": [{ temperature: 1e-3 }],
  "gen": [{ gamma: 1, topClasses: 1 }, { gamma: 1e-9, topClasses: 3 }],
  "mahalanobis": [{ regularization: 0 }],
  "mahalanobis++": [{ regularization: 0 }],
  "relative-mahalanobis": [{ regularization: 0 }],
  "ddu": [{ regularization: 0 }],
  "layers-mahalanobis++": [{ regularization: 0 }],
  "weakest-level": [{ regularization: 0, inputRegularization: 0 }],
  "knn": [{ k: 1, maxRows: 1 }],
  "react": [{ share: 0 }, { share: 1 }],
  "scale": [{ share: 0 }, { share: 1 }],
  "ash-s": [{ share: 0 }, { share: 1 }],
  "nci": [{ alpha: 0 }],
  "neco": [{ axes: 1 }, { axes: 6, maximumLogit: false }],
  "vim": [{ dimensions: 0 }, { dimensions: 5 }],
  "ppca": [{ components: 0 }, { components: 4 }],
  "gmm": [{ components: [1], maxRows: 20 }, { components: [1], regularization: 0 }],
};

/** Values just outside, and those that are no values. */
const refused: Record<string, object[]> = {
  "energy": [{ temperature: 0 }, { temperature: NaN }],
  "gen": [{ gamma: 0 }, { gamma: 1.01 }, { topClasses: 0 }, { topClasses: 1.5 }],
  "mahalanobis": [{ regularization: -1e-9 }, { regularization: NaN }],
  "mahalanobis++": [{ regularization: -1e-9 }],
  "relative-mahalanobis": [{ regularization: -1e-9 }],
  "ddu": [{ regularization: -1e-9 }],
  "layers-mahalanobis++": [{ regularization: -1e-9 }],
  "weakest-level": [{ regularization: -1e-9 }, { inputRegularization: -1e-9 }],
  "knn": [{ k: 0 }, { k: 1.5 }, { maxRows: 0 }, { maxRows: 2.5 }],
  "react": [{ share: -0.01 }, { share: 1.01 }],
  "scale": [{ share: -0.01 }, { share: 1.01 }],
  "ash-s": [{ share: -0.01 }, { share: 1.01 }],
  "nci": [{ alpha: -1e-9 }, { alpha: Infinity }],
  "neco": [{ axes: 0 }, { axes: 1.5 }],
  "vim": [{ dimensions: -1 }, { dimensions: 6 }, { dimensions: 0.5 }],
  "ppca": [{ components: -1 }, { components: 5 }, { components: 1.5 }, { regularization: 0 }],
  "gmm": [{ components: [1, 0] }, { components: [1.5] }, { maxRows: 0 }, { maxRows: 1.5 }, {
    regularization: -1e-9,
  }, { components: [61] }],
};

await useBackend("cpu");

/** The options that are not left to the data. */
const given = (options: object) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

for (const { name } of detectors) {
  const fit = (options?: object) => detectorNamed(name)(training, { heldOut, ...options });

  Deno.test(`${name} has the defaults of its paper, takes the ends of its options and nothing beyond`, async () => {
    const own = defaults[name] ?? {};
    assert.deepEqual(detectorNamed(name).defaults, own);
    using plain = await fit({ seed: undefined });
    assert.deepEqual(plain.options, given({ ...own, seed: 0 }));
    for (const options of taken[name] ?? []) {
      using detector = await fit({ ...options, seed: 4 });
      assert.deepEqual(detector.options, given({ ...own, ...options, seed: 4 }));
      assert.ok((await detector.score(training)).every(Number.isFinite));
    }
    for (const options of refused[name] ?? []) {
      const [option] = Object.keys(options);
      const message = new RegExp(`^RangeError: Cannot (use|choose) .*${option}`);
      await assert.rejects(fit(options), message, JSON.stringify(options));
    }
    await assert.rejects(fit({ seed: 0.5 }), /^RangeError: Cannot use seed/);
    await assert.rejects(fit({ sead: 1 }), /^TypeError: Cannot use the option sead: .* seed/);
  });
}

Deno.test("detectors say which sizes they took in place of those asked for", async () => {
  const notesOf = async (name: string, options: object) => {
    using detector = await detectorNamed(name)(training, options);
    return detector.notes;
  };
  const expected: [string, object, string[]][] = [
    ["neco", { axes: 6 }, []],
    ["neco", { axes: 7 }, ["the subspace has all 6 axes, 7 were asked for"]],
    ["gen", { topClasses: 3 }, []],
    ["gen", { topClasses: 4 }, ["all 3 classes count, there are fewer than 4"]],
    ["knn", { k: 60 }, []],
    ["knn", { k: 61 }, ["the distance to row 60 was taken, there are only 60 training rows"]],
    ["knn", { k: 20, maxRows: 60 }, []],
    ["knn", { k: 20, maxRows: 21 }, [
      "21 of 60 training rows, drawn at random, are searched, and for row 20 of all the distance to " +
      "row 7 of them is taken",
    ]],
    ["knn", { k: 1, maxRows: 21 }, [
      "21 of 60 training rows, drawn at random, are searched, and for row 1 of all the distance to " +
      "row 1 of them is taken",
    ]],
    ["ppca", { components: 2 }, []],
    ["ppca", {}, ["2 components were taken, half of the 5 inputs"]],
    ["ash-s", { share: 0.8 }, []],
    ["ash-s", { share: 0.95 }, [
      "1 of 6 units was kept, pruning 0.95 of them would leave none",
    ]],
  ];
  for (const [name, options, notes] of expected) {
    assert.deepEqual(await notesOf(name, options), notes, `${name} ${JSON.stringify(options)}`);
  }
});

Deno.test("TypeError is thrown for lists of components that are none", async () => {
  for (const components of [[], 5, "5"]) {
    await assert.rejects(detectorNamed("gmm")(training, { components } as object), {
      name: "TypeError",
      message: /^Cannot use components: .*a list of numbers of components is needed/,
    });
  }
});
