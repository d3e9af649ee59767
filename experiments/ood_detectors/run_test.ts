import { mlpClassifier, type MlpModel } from "@mixtape/classifier";
import {
  achievedTpr,
  calibrateThreshold,
  detectorNamed,
  detectors,
  type Evidence,
} from "@mixtape/ood";
import { languages } from "@mixtape/report-site";
import { mean, median } from "@mixtape/report-site/components";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import type { LabelledImages } from "../run/image_dataset.ts";
import { indicesOf } from "../indices_of.ts";
import { measureSeparation } from "../run/measure_separation.ts";
import { madeOodSets, makeOodSet } from "../run/ood_sets.ts";
import { recordPart, recordRun } from "../run/testing/record_run.ts";
import { rowsOf, tinyData } from "../run/testing/tiny_data.ts";
import type { ClassifierName } from "./result.ts";
import { run } from "./run.ts";
import { withAffineCopies } from "./run/affine_copies.ts";

await useBackend("cpu");

const data = tinyData(100);
const { train, test } = data.inDistribution;
const clothes = data.outOfDistribution.test;
const seed = 3;
const recipes = {
  reference: {
    epochs: 3,
    batchSize: 16,
    learningRate: 0.004,
    learningRateSchedule: "constant",
    labelSmoothing: 0,
    affineCopies: 0,
  },
  best: {
    epochs: 2,
    batchSize: 8,
    learningRate: 0.003,
    learningRateSchedule: "linear",
    labelSmoothing: 0.2,
    affineCopies: 1,
  },
} as const;
const hidden = [{ units: 6, activation: "relu" }, { units: 5, activation: "relu" }] as const;
const parameters = {
  epochs: 3,
  batchSize: 16,
  learningRate: 0.004,
  bestHidden: [6, 5],
  bestEpochs: 2,
  bestBatchSize: 8,
  bestLearningRate: 0.003,
  bestLabelSmoothing: 0.2,
  bestAffineCopies: 1,
  validationShare: 0.45,
  samples: 2,
  seeds: 2,
};

/** The rows whose class is one of some. */
function ofClasses(split: LabelledImages, classes: readonly number[]): LabelledImages {
  return rowsOf(
    split,
    [...split.labels.keys()].filter((row) => classes.includes(split.labels[row])),
  );
}

function trainOn(
  split: LabelledImages,
  classes: number,
  name: ClassifierName,
  seed: number,
): Promise<MlpModel> {
  const { affineCopies, ...recipe } = recipes[name];
  const shape = { height: 4, width: 4 };
  const { images, labels } = withAffineCopies(split, shape, affineCopies, seed);
  return mlpClassifier(images, labels, {
    ...recipe,
    ...name === "best" ? { hidden } : {},
    classes,
    inputScale: 1 / 15,
    seed,
  });
}

/** The sets of each protocol, and what classifiers and detectors learn from. */
const protocols = [
  {
    classes: 3,
    fitted: rowsOf(train, indicesOf(55)),
    validation: rowsOf(train, indicesOf(45).map((i) => 55 + i)),
    test,
    sets: new Map<string, HostMatrix>([
      ["other-data-set", clothes.images],
      ...madeOodSets.map((name) => [name, makeOodSet(name, data.inDistribution, seed)] as const),
    ]),
  },
  (() => {
    const known = ofClasses(train, [0, 1]);
    const total = known.labels.length;
    const kept = total - Math.round(0.45 * total);
    return {
      classes: 2,
      fitted: rowsOf(known, indicesOf(kept)),
      validation: rowsOf(known, indicesOf(total - kept).map((i) => kept + i)),
      test: ofClasses(test, [0, 1]),
      sets: new Map([["held-out-classes", ofClasses(test, [2]).images]]),
    };
  })(),
];

/** Mean length of the penultimate activations. */
function lengthOf({ activations }: Evidence): number {
  const { values, shape: [rows, units] } = activations.at(-1)!;
  const lengths = indicesOf(rows).map((row) =>
    Math.sqrt(indicesOf(units).reduce((sum, unit) => sum + values[row * units + unit] ** 2, 0))
  );
  return mean(lengths);
}

Deno.test("ood-detectors scores every detector on every set, for both networks and every seed", async () => {
  const { payload, images, stages, notes } = await recordRun(run, data, seed, parameters);
  const names = ["reference", "best"] as const;
  const sets = protocols.flatMap(({ sets }) => [...sets.keys()]);
  assert.deepEqual(payload.seeds, [3, 4]);
  assert.deepEqual(payload.rows, { fitted: 55, validation: 45 });
  const plan = names.flatMap((name) => [3, 4].map((seed) => ({ name, seed })));
  assert.deepEqual(stages, ["make sets", ...plan.map((one) => `${one.name}, seed ${one.seed}`)]);
  assert(notes.includes("best, seed 4: epoch 2 of 2"));
  assert(notes.includes("reference, seed 3: held-out classes, msp"));

  const expectedScores = plan.flatMap(({ name, seed }) =>
    protocols.flatMap(({ sets }) =>
      detectors.flatMap((kind) =>
        [...sets.keys()].map((set) => [name, seed, kind.name, set].join())
      )
    )
  );
  assert.deepEqual(
    payload.scores.map((one) => [one.classifier, one.seed, one.detector, one.set].join()),
    expectedScores,
  );
  for (const { name, seed } of plan) {
    for (const { classes, fitted, validation, test, sets } of protocols) {
      using model = await trainOn(fitted, classes, name, seed);
      const evidence = async (x: HostMatrix) => ({ ...await model.evidence(x), inputs: x });
      const training = { ...await evidence(fitted.images), labels: fitted.labels };
      const heldOut = await evidence(validation.images);
      // Those that look at the pixels alone are fitted once, for the first network and seed.
      for (const detector of ["msp", "layers-mahalanobis++", "vim", "ppca"]) {
        const own = detector === "ppca" ? 3 : seed;
        using found = await detectorNamed(detector)(training, { seed: own, heldOut });
        const threshold = calibrateThreshold(await found.score(heldOut), { tpr: 0.95 });
        const inside = await found.score(await evidence(test.images));
        for (const [set, x] of sets) {
          const outside = await found.score(await evidence(x));
          const score = payload.scores.find((one) =>
            one.classifier === name && one.seed === seed && one.detector === detector &&
            one.set === set
          );
          assert.deepEqual(score, {
            classifier: name,
            seed,
            detector,
            set,
            separation: measureSeparation(inside, outside),
            achievedTpr: achievedTpr(inside, threshold).tpr,
            oodAccepted: achievedTpr(outside, threshold).tpr,
            oodAboveMedian: outside.filter((score) => score > median([...inside])).length /
              outside.length,
          });
        }
      }
      if (seed === 3) {
        const inside = lengthOf(await evidence(test.images));
        for (const [set, x] of sets) {
          const found = payload.lengths.find((one) => one.classifier === name && one.set === set)!;
          assertAllClose([found.ratio], [lengthOf(await evidence(x)) / inside], { rtol: 1e-6 });
        }
      }
      if (classes === 2) continue;
      const described = payload.classifiers.find((one) => one.name === name)!;
      const layers = model.layers.map(({ units, activation }) => ({ units, activation }));
      assert.deepEqual(described.layers, layers);
      assert.equal(described.parameterCount, model.parameterCount);
      assert.deepEqual(described.training, { ...recipes[name], weightDecay: 0 });
      const accuracy = await model.accuracy(test.images, test.labels);
      assert.equal(described.testAccuracies[seed - 3], accuracy);
      assert.equal(described.testAccuracies.length, 2);
    }
  }

  assert.deepEqual(payload.classifiers.map(({ name }) => name), names);
  assert.deepEqual(
    payload.sets.map(({ name, rows, inDistributionRows }) => [name, rows, inDistributionRows]),
    protocols.flatMap(({ sets, test }) =>
      [...sets].map(([name, x]) => [name, x.shape[0], test.labels.length])
    ),
  );
  for (const { sets } of protocols) {
    for (const [name, { values }] of sets) {
      const sheet = { shape: { height: 4, width: 4 }, maxValue: 15, columns: 3 };
      assert.deepEqual(images.get(name), { values: values.slice(0, 32), ...sheet });
    }
  }
  const fits = names.flatMap((name) => detectors.map((kind) => `${name} ${kind.name}`));
  assert.deepEqual(payload.fits.map((one) => `${one.classifier} ${one.detector}`), fits);
  for (const { fitMs, scoreMs } of payload.fits) {
    assert(fitMs >= 0 && fitMs < 60_000 && scoreMs >= 0);
  }
  assert.deepEqual(
    [...new Set(payload.comparisons.map((one) => `${one.classifier} ${one.set}`))],
    names.flatMap((name) => sets.map((set) => `${name} ${set}`)),
  );
  assert.equal(payload.comparisons.length, 2 * sets.length * (detectors.length - 1));
  for (const { classifier, set, best, other, difference } of payload.comparisons) {
    const aurocOf = (detector: string) =>
      payload.scores.find((one) =>
        one.classifier === classifier && one.seed === 3 && one.set === set &&
        one.detector === detector
      )!.separation.auroc;
    assert(Math.abs(difference - (aurocOf(best) - aurocOf(other))) < 1e-9);
    assert(difference >= 0);
  }
  const looksAt = new Map(payload.detectors.map((one) => [one.name, one.looksAt]));
  assert.deepEqual([...looksAt.keys()], detectors.map(({ name }) => name));
  for (
    const [name, expected] of [
      ["constant", []],
      ["msp", ["logits"]],
      ["mahalanobis", ["penultimate"]],
      ["vim", ["penultimate", "logits"]],
      ["layers-mahalanobis++", ["layers"]],
      ["ppca", ["pixels"]],
      ["weakest-level", ["pixels", "layers", "logits"]],
    ] as const
  ) {
    assert.deepEqual(looksAt.get(name), expected, name);
  }
  const { title, cite } = detectorNamed("vim");
  const { name: _, looksAt: __, ...described } = payload.detectors.find(({ name }) =>
    name === "vim"
  )!;
  assert.deepEqual(described, { title, cite });
});

Deno.test("glossary explains every detector", () => {
  for (const { glossary } of languages) {
    const explained = Object.keys(glossary.detectors);
    assert.deepEqual(explained.toSorted(), detectors.map(({ name }) => name));
  }
});

Deno.test("the part detector of ood-detectors trains its network where nobody did, and gives the same", async () => {
  const { payload } = await recordRun(run, data, seed, parameters);
  const asked = { name: "best", seed: 4, protocol: "heldOutClasses", detector: "mahalanobis" };
  const { scores } = await recordPart(run, data, seed, parameters, "detector", asked) as {
    scores: typeof payload.scores;
  };
  assert.deepEqual(
    scores,
    payload.scores.filter((one) =>
      one.classifier === "best" && one.seed === 4 && one.detector === "mahalanobis" &&
      one.set === "held-out-classes"
    ),
  );
  assert.equal(scores.length, 1);
});
