import type { DenseLayerSpec, LearningRateSchedule } from "@mixtape/classifier";
import { detectors } from "@mixtape/ood";
import { takeRows } from "@mixtape/tensor-utils";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
import { indicesOf } from "../indices_of.ts";
import type {
  ClassifierName,
  DetectorFit,
  LeaderboardClassifier,
  LookedAt,
  OodDetectorsPayload,
  OodSet,
} from "./result.ts";
import { compareWithBest } from "./run/compare_detectors.ts";
import { type Entrant, prepareProtocols, scoreEntrant } from "./run/leaderboard.ts";

const shared = {
  learningRate: 0.002,
  validationShare: 0.1,
  bestLearningRate: 0.001,
  bestLabelSmoothing: 0.1,
  samples: 9,
};
const profiles = {
  quick: {
    ...shared,
    trainRows: 2500,
    testRows: 250,
    seeds: 1,
    batchSize: 64,
    epochs: 4,
    bestHidden: [128, 64],
    bestBatchSize: 64,
    bestEpochs: 2,
    bestAffineCopies: 1,
  },
  full: {
    ...shared,
    trainRows: null,
    testRows: null,
    seeds: 3,
    batchSize: 1024,
    epochs: 20,
    bestHidden: [256, 256],
    bestBatchSize: 128,
    bestEpochs: 12,
    bestAffineCopies: 7,
  },
};

/** The context of a run of the leaderboard. */
export type LeaderboardContext = RunContext<typeof profiles[Profile]>;

/** Every detector on every set, for two classifiers and several seeds. */
export const run = defineRun({
  answers: "Which detector notices what does not belong, over many kinds of it, and is it luck?",
  seconds: 720,
  profiles,
  sample: {
    trainRows: null,
    testRows: null,
    batchSize: 32,
    epochs: 30,
    bestHidden: [128, 64],
    bestBatchSize: 32,
    bestEpochs: 10,
    bestAffineCopies: 2,
  },
  async run(context): Promise<OodDetectorsPayload> {
    const { parameters, seed } = context;
    const seeds = indicesOf(parameters.seeds).map((i) => seed + i);
    const plan = (["reference", "best"] as const).flatMap((name) =>
      seeds.map((seed) => ({ name, seed }))
    );
    const protocols = await context.stage("make sets", () => prepareProtocols(context));
    const entrants: Entrant[] = [];
    for (const { name, seed } of plan) {
      const progress = (fraction: number, note: string) =>
        context.update(
          (entrants.length + fraction) / plan.length,
          `${name}, seed ${seed}: ${note}`,
        );
      entrants.push(
        await context.stage(
          `${name}, seed ${seed}`,
          () =>
            scoreEntrant({ name, seed, ...recipeOf(name, context) }, protocols, progress, context),
        ),
      );
    }
    const firsts = entrants.filter(({ seed }) => seed === seeds[0]);
    return {
      classifiers: (["reference", "best"] as const).map((name) =>
        describeClassifier(name, entrants, context)
      ),
      sets: describeSets(firsts[0], context),
      detectors: detectors.map(({ name, title, cite, needs }) => ({
        name,
        title,
        cite,
        looksAt: looksAt(needs),
      })),
      seeds,
      rows: firsts[0].rows,
      scores: entrants.flatMap(({ scores }) => scores),
      lengths: firsts.flatMap(({ name, sets }) =>
        sets.map((set) => ({ classifier: name, set: set.name, ratio: set.lengthRatio }))
      ),
      fits: firsts.flatMap(({ fits }): readonly DetectorFit[] => fits),
      comparisons: firsts.flatMap(compareWithBest),
    };
  },
});

/** The layers and the training of a classifier of the leaderboard. */
export interface ClassifierRecipe {
  /** Layers between input and logits; the reference network's unless given. */
  readonly hidden?: readonly DenseLayerSpec[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly learningRateSchedule: LearningRateSchedule;
  readonly labelSmoothing: number;
  /** Copies of the training images, turned, stretched, slanted and moved a little, that are learned from too. */
  readonly affineCopies: number;
}

function recipeOf(name: ClassifierName, { parameters }: LeaderboardContext): ClassifierRecipe {
  if (name === "reference") {
    const { epochs, batchSize, learningRate } = parameters;
    const plain = {
      learningRateSchedule: "constant",
      labelSmoothing: 0,
      affineCopies: 0,
    } as const;
    return { epochs, batchSize, learningRate, ...plain };
  }
  return {
    hidden: parameters.bestHidden.map((units) => ({ units, activation: "relu" })),
    epochs: parameters.bestEpochs,
    batchSize: parameters.bestBatchSize,
    learningRate: parameters.bestLearningRate,
    learningRateSchedule: "linear",
    labelSmoothing: parameters.bestLabelSmoothing,
    affineCopies: parameters.bestAffineCopies,
  };
}

function describeClassifier(
  name: ClassifierName,
  entrants: readonly Entrant[],
  context: LeaderboardContext,
): LeaderboardClassifier {
  const own = entrants.filter((entrant) => entrant.name === name);
  const { hidden: _hidden, ...training } = recipeOf(name, context);
  return {
    name,
    layers: own[0].layers,
    parameterCount: own[0].parameterCount,
    training: { ...training, weightDecay: 0 },
    testAccuracies: own.map(({ testAccuracy }) => testAccuracy),
  };
}

function describeSets({ sets }: Entrant, context: LeaderboardContext): OodSet[] {
  const { inDistribution: { imageShape, maxValue }, parameters, image } = context;
  return sets.map(({ name, images, inDistributionRows }) => {
    const shown = indicesOf(Math.min(parameters.samples, images.shape[0]));
    return {
      name,
      rows: images.shape[0],
      inDistributionRows,
      samples: image(name, {
        values: takeRows(images, shown).values,
        shape: imageShape,
        maxValue,
        columns: 3,
      }),
    };
  });
}

function looksAt(needs: readonly string[]): LookedAt[] {
  const seen = needs.map((part) => part === "inputs" ? "pixels" : part);
  return (["pixels", "layers", "penultimate", "logits"] as const).filter((part) =>
    seen.includes(part)
  );
}
