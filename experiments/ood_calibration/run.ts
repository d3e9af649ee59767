import {
  achievedTpr,
  benjaminiHochberg,
  calibrateThreshold,
  conformalPValues,
  type Detector,
  detectorNamed,
} from "@mixtape/ood";
import { type Random, random } from "@mixtape/tensor-utils";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
import { holdOut } from "../run/image_dataset.ts";
import { evidenceOf } from "../run/leaderboard_evidence.ts";
import { indicesOf } from "../indices_of.ts";
import { meanAndDeviation } from "../run/statistics.ts";
import { trainClassifier } from "../run/train_classifier.ts";
import { training } from "../run/training_settings.ts";
import type {
  DiscoveryOutcome,
  OodCalibrationPayload,
  PValueOutcome,
  TprOutcome,
} from "./result.ts";

const shared = {
  detectors: ["msp", "energy", "mahalanobis++", "gmm++", "layers-mahalanobis++"],
  learningRate: 0.002,
  wantedTprs: [0.9, 0.95, 0.99],
  calibrationShare: 0.5,
  oodShares: [0.1, 0.5],
  wantedFdrs: [0.05, 0.1, 0.2],
  batchRows: 200,
  bins: 20,
};
const profiles = {
  quick: {
    ...shared,
    ...training.quick,
    splits: 20,
    batches: 50,
  },
  full: {
    ...shared,
    ...training.full,
    splits: 20,
    batches: 200,
  },
};

type Context = RunContext<typeof profiles[Profile]>;

/** Runs the experiment: checks that thresholds, p-values and discoveries have the rates that they promise. */
export const run = defineRun({
  answers:
    "Do thresholds accept what they promise, are p-values uniform, is the false-discovery rate held?",
  seconds: 15,
  profiles,
  sample: { ...training.sample, batchRows: 100 },
  async run(context): Promise<OodCalibrationPayload> {
    const { inDistribution, outOfDistribution, parameters, seed } = context;
    const total = inDistribution.test.labels.length;
    const calibration = Math.round(parameters.calibrationShare * total);
    const tpr: TprOutcome[] = [];
    const pValues: PValueOutcome[] = [];
    const discoveries: DiscoveryOutcome[] = [];
    const fitted = await context.stage("train and fit", () => fitDetectors(context));
    await context.stage("calibrate", async () => {
      using model = fitted.model;
      const inside = await evidenceOf(model, inDistribution.test.images);
      const outside = await evidenceOf(model, outOfDistribution.test.images);
      for (const detector of fitted.detectors) {
        using owned = detector;
        const scores = { inside: await owned.score(inside), outside: await owned.score(outside) };
        const splits = indicesOf(parameters.splits).map((i) =>
          splitScores(scores.inside, calibration, random(seed).split(i))
        );
        tpr.push(...parameters.wantedTprs.map((wanted) => measureTpr(owned.name, wanted, splits)));
        pValues.push(measurePValues(owned.name, splits[0], parameters.bins));
        discoveries.push(...measureDiscoveries(owned.name, splits[0], scores.outside, context));
      }
    });
    return {
      splits: parameters.splits,
      rows: { calibration, fresh: total - calibration },
      batches: parameters.batches,
      batchRows: parameters.batchRows,
      tpr,
      pValues,
      discoveries,
    };
  },
});

async function fitDetectors(context: Context) {
  const { inDistribution: dataset, parameters, seed, signal } = context;
  const [train, heldOut] = holdOut(dataset.train, 0.1);
  const model = await trainClassifier({
    train,
    dataset,
    parameters,
    weightDecay: 0,
    seed,
    signal,
    onProgress: (fraction, note) => context.update(0.5 * fraction, note),
  });
  const training = { ...await evidenceOf(model, train.images), labels: train.labels };
  const options = { seed, signal, heldOut: await evidenceOf(model, heldOut.images) };
  const detectors: Detector[] = [];
  for (const name of parameters.detectors) {
    context.update(0.5 + 0.3 * detectors.length / parameters.detectors.length, name);
    detectors.push(await detectorNamed(name)(training, options));
  }
  return { model, detectors };
}

/** Scores to calibrate on, and fresh ones. */
interface SplitScores {
  readonly calibration: Float64Array;
  readonly fresh: Float64Array;
}

function splitScores(scores: Float64Array, calibration: number, source: Random): SplitScores {
  const shuffled = Float64Array.from(source.permutation(scores.length), (row) => scores[row]);
  return { calibration: shuffled.subarray(0, calibration), fresh: shuffled.subarray(calibration) };
}

function measureTpr(detector: string, wanted: number, splits: readonly SplitScores[]): TprOutcome {
  const achieved = splits.map(({ calibration, fresh }) =>
    achievedTpr(fresh, calibrateThreshold(calibration, { tpr: wanted })).tpr
  );
  return { detector, wanted, achieved, spread: meanAndDeviation(achieved) };
}

function measurePValues(detector: string, split: SplitScores, bins: number): PValueOutcome {
  const p = conformalPValues(split.calibration, split.fresh).sort();
  const counts = new Array<number>(bins).fill(0);
  for (const value of p) counts[Math.min(bins - 1, Math.floor(value * bins))]++;
  const distances = Array.from(
    p,
    (value, i) => Math.max(Math.abs((i + 1) / p.length - value), Math.abs(i / p.length - value)),
  );
  // Both the calibration rows and the fresh ones are random: the two-sample critical value at 5%.
  const critical = 1.358 * Math.sqrt(1 / p.length + 1 / split.calibration.length);
  return { detector, counts, kolmogorovSmirnov: Math.max(...distances), critical };
}

function measureDiscoveries(
  detector: string,
  { calibration, fresh }: SplitScores,
  outside: Float64Array,
  { parameters, seed }: Context,
): DiscoveryOutcome[] {
  const { batchRows, batches, oodShares, wantedFdrs } = parameters;
  return oodShares.flatMap((oodShare) => {
    const oodRows = Math.round(oodShare * batchRows);
    const drawn = indicesOf(batches).map((batch) => {
      const source = random(seed).split(1000 + batch);
      const inRows = Array.from(
        source.sample(fresh.length, batchRows - oodRows),
        (row) => fresh[row],
      );
      const outRows = Array.from(source.sample(outside.length, oodRows), (row) => outside[row]);
      return conformalPValues(calibration, Float64Array.from([...inRows, ...outRows]));
    });
    return wantedFdrs.map((wanted) => {
      const rates = drawn.map((p) => countDiscoveries(p, wanted, batchRows - oodRows));
      return {
        detector,
        oodShare,
        wanted,
        falseDiscoveryRate: meanAndDeviation(rates.map(({ falseRate }) => falseRate)),
        power: meanAndDeviation(rates.map(({ found }) => found / oodRows)),
      };
    });
  });
}

function countDiscoveries(p: Float64Array, rate: number, inRows: number) {
  const { rejected, count } = benjaminiHochberg(p, { rate });
  const wrong = rejected.subarray(0, inRows).reduce((sum, called) => sum + called, 0);
  return { falseRate: count === 0 ? 0 : wrong / count, found: count - wrong };
}
