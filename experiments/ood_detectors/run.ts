import { detectors } from "@mixtape/ood";
import { takeRows } from "@mixtape/tensor-utils";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
import { Shares } from "../run/shares.ts";
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
import { recipeOf } from "./run/classifier_recipe.ts";
import { type Entrant, parts, scoreEntrant } from "./run/leaderboard.ts";
import { protocolNames, protocolOf } from "./run/protocols.ts";

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

/** The parameters of the leaderboard. */
export type LeaderboardParameters = typeof profiles[Profile];

/** The context of a run of the leaderboard. */
export type LeaderboardContext = RunContext<LeaderboardParameters>;

/** Every detector on every set, for two classifiers and several seeds. */
export const run = defineRun({
  answers: "Which detector notices what does not belong, over many kinds of it, and is it luck?",
  seconds: 720,
  profiles,
  parts,
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
    await context.stage("make sets", () => protocolNames.map((name) => protocolOf(name, context)));
    const done = new Shares(
      plan.map(() => 1 / plan.length),
      (fraction, note) => context.update(fraction, note),
    );
    const entrants = await context.each(plan, (entrant, i) => {
      const name = `${entrant.name}, seed ${entrant.seed}`;
      const onProgress = (fraction: number, note: string) =>
        done.update(i, fraction, `${name}: ${note}`);
      return context.stage(name, () => scoreEntrant(entrant, onProgress, context));
    });
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

function describeClassifier(
  name: ClassifierName,
  entrants: readonly Entrant[],
  context: LeaderboardContext,
): LeaderboardClassifier {
  const own = entrants.filter((entrant) => entrant.name === name);
  const { hidden: _hidden, ...training } = recipeOf(name, context.parameters);
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
