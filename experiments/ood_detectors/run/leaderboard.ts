import { mlpClassifier, mlpFromSafetensors, type MlpModel } from "@mixtape/classifier";
import {
  achievedTpr,
  calibrateThreshold,
  detectorNamed,
  detectors,
  type Evidence,
  quantile,
  type ScoredRows,
} from "@mixtape/ood";
import type { OodSetName } from "@mixtape/results";
import type { HostMatrix } from "@mixtape/tensor-utils";
import type { DenseLayer } from "../../classifier/result.ts";
import type { OnProgress } from "../../run/experiment.ts";
import { evidenceOf } from "../../run/leaderboard_evidence.ts";
import { measureSeparation } from "../../run/measure_separation.ts";
import type { PartContext } from "../../run/parts.ts";
import { Shares } from "../../run/shares.ts";
import { tellEpochs } from "../../run/train_classifier.ts";
import type { ClassifierName, DetectorFit, LeaderboardScore } from "../result.ts";
import type { LeaderboardContext, LeaderboardParameters } from "../run.ts";
import { withAffineCopies } from "./affine_copies.ts";
import { type ClassifierRecipe, recipeOf } from "./classifier_recipe.ts";
import { type Protocol, type ProtocolName, protocolNames, protocolOf } from "./protocols.ts";

/** One training of one classifier, with every detector scored on every set. */
export interface Entrant {
  readonly name: ClassifierName;
  readonly seed: number;
  readonly layers: readonly DenseLayer[];
  readonly parameterCount: number;
  readonly testAccuracy: number;
  readonly rows: { readonly fitted: number; readonly validation: number };
  readonly sets: readonly ScoredSet[];
  readonly scores: readonly LeaderboardScore[];
  readonly fits: readonly DetectorFit[];
  /** Scores by set and detector, row by row. */
  readonly scored: ReadonlyMap<OodSetName, ReadonlyMap<string, ScoredRows>>;
}

/** A set of images that do not belong. */
export interface ScoredSet {
  readonly name: OodSetName;
  readonly images: HostMatrix;
  readonly inDistributionRows: number;
  /** Mean length of its penultimate activations over that of the in-distribution test rows. */
  readonly lengthRatio: number;
}

/** A training of a classifier: its name, its seed, and the protocol whose classes it learns. */
type Training = {
  readonly name: ClassifierName;
  readonly seed: number;
  readonly protocol: ProtocolName;
};

type Context = PartContext<LeaderboardParameters>;

/** A classifier that was trained, as parts answer it. */
interface TrainedNetwork {
  /** The model as the bytes of a safetensors file. */
  readonly weights: Uint8Array;
  readonly layers: readonly DenseLayer[];
  readonly parameterCount: number;
  readonly testAccuracy: number;
  /** Mean length of the penultimate activations of each set over that of the in-distribution test rows. */
  readonly lengthRatios: ReadonlyMap<OodSetName, number>;
}

/** A detector on every set of a protocol, as parts answer it. */
interface DetectorRun {
  readonly scores: readonly LeaderboardScore[];
  readonly fit: DetectorFit;
  /** Scores of all rows; none but for the first seed, as only those are compared. */
  readonly rows: ReadonlyMap<OodSetName, ScoredRows>;
}

/** Parts of the leaderboard: each training, and each detector on each training. */
export const parts = { network: trainNetwork, detector: runDetector };

/** The share of the time that goes to a protocol. */
const shares: Readonly<Record<ProtocolName, number>> = { allClasses: 0.7, heldOutClasses: 0.3 };

/**
 * Trains a classifier, fits every detector to it and scores every set; then does the same with a classifier
 * that was trained on half of the classes, the others being the set.
 *
 * @param entrant The classifier and its seed.
 * @param onProgress Called with the share that is done.
 * @param context The data and the parameters.
 * @returns The scores.
 */
export async function scoreEntrant(
  entrant: { readonly name: ClassifierName; readonly seed: number },
  onProgress: OnProgress,
  context: LeaderboardContext,
): Promise<Entrant> {
  const done = new Shares(protocolNames.map((name) => shares[name]), onProgress);
  const [all, half] = await context.each(
    protocolNames,
    (protocol, i) =>
      runProtocol(
        { ...entrant, protocol },
        (fraction, note) =>
          done.update(i, fraction, protocol === "allClasses" ? note : `held-out classes, ${note}`),
        context,
      ),
  );
  return {
    ...all,
    sets: [...all.sets, ...half.sets],
    scores: [...all.scores, ...half.scores],
    scored: new Map([...all.scored, ...half.scored]),
  };
}

async function runProtocol(
  training: Training,
  onProgress: OnProgress,
  context: LeaderboardContext,
): Promise<Entrant> {
  const { name, seed } = training;
  const done = new Shares([0.3, ...detectors.map(() => 0.7 / detectors.length)], onProgress);
  const protocol = protocolOf(training.protocol, context);
  const network = await context.part(
    trainNetwork,
    training,
    (fraction, note) => done.update(0, fraction, note),
  );
  done.update(0, 1);
  const runs = await context.each(detectors, async ({ name: detector, needs }, i) => {
    done.update(1 + i, 0, detector);
    // What looks at no activation scores alike whatever the classifier and its seed.
    const independent = needs.every((part) => part === "inputs");
    const on: Training = independent
      ? { ...training, name: "reference", seed: context.seed }
      : training;
    const run = await context.part(runDetector, { ...on, detector });
    done.update(1 + i, 1);
    return run;
  });
  const { train, validation, test, sets } = protocol;
  return {
    name,
    seed,
    layers: network.layers,
    parameterCount: network.parameterCount,
    testAccuracy: network.testAccuracy,
    rows: { fitted: train.labels.length, validation: validation.labels.length },
    sets: sets.map((set) => ({
      ...set,
      inDistributionRows: test.labels.length,
      lengthRatio: network.lengthRatios.get(set.name)!,
    })),
    scores: runs.flatMap(({ scores }) =>
      scores.map((score) => ({ ...score, classifier: name, seed }))
    ),
    fits: runs.map(({ fit }) => ({ ...fit, classifier: name })),
    scored: new Map(sets.map(({ name }) => [
      name,
      new Map(
        runs.flatMap(({ fit, rows }) => rows.has(name) ? [[fit.detector, rows.get(name)!]] : []),
      ),
    ])),
  };
}

async function trainNetwork(training: Training, context: Context): Promise<TrainedNetwork> {
  const protocol = protocolOf(training.protocol, context);
  using model = await trainOn(protocol, training, context);
  const { test, outside } = await context.last(
    "evidence",
    JSON.stringify(training),
    () => evidenceOn(protocol, model),
  );
  const length = meanLength(test);
  return {
    weights: model.toSafetensors(),
    layers: model.layers.map((layer) => ({ ...layer })),
    parameterCount: model.parameterCount,
    testAccuracy: await model.accuracy(protocol.test.images, protocol.test.labels),
    lengthRatios: new Map(
      [...outside].map(([name, evidence]) => [name, meanLength(evidence) / length]),
    ),
  };
}

function trainOn(
  { train, classes }: Protocol,
  { name, seed }: Training,
  { inDistribution: { imageShape, maxValue }, parameters, signal, update }: Context,
): Promise<MlpModel> {
  const { affineCopies, ...recipe }: ClassifierRecipe = recipeOf(name, parameters);
  const { images, labels } = withAffineCopies(train, imageShape, affineCopies, seed);
  return mlpClassifier(images, labels, {
    ...recipe,
    seed,
    classes,
    inputScale: 1 / maxValue,
    signal,
    onBatch: tellEpochs(recipe.epochs, update),
  });
}

/** Mean length of the penultimate activations. */
function meanLength({ activations }: Evidence): number {
  const { values, shape: [rows, units] } = activations[activations.length - 1];
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    sum += Math.hypot(...values.subarray(row * units, (row + 1) * units));
  }
  return sum / rows;
}

/** All that detectors may look at, of the rows of a protocol. */
interface ProtocolEvidence {
  readonly training: Evidence & { readonly labels: Int32Array };
  readonly heldOut: Evidence;
  readonly test: Evidence;
  readonly outside: ReadonlyMap<OodSetName, Evidence>;
}

async function runDetector(
  { detector: name, ...training }: Training & { readonly detector: string },
  context: Context,
): Promise<DetectorRun> {
  // Before the evidence is looked for, as training a network keeps it.
  const { weights } = await context.part(trainNetwork, training);
  // Detectors of one network follow one another, and its activations are large: those of the last one are kept.
  const evidence = await context.last("evidence", JSON.stringify(training), async () => {
    using model = mlpFromSafetensors(weights);
    return await evidenceOn(protocolOf(training.protocol, context), model);
  });
  const { name: classifier, seed } = training;
  const kind = detectorNamed(name);
  const begin = performance.now();
  using detector = await kind(evidence.training, {
    seed,
    signal: context.signal,
    heldOut: evidence.heldOut,
  });
  const fitted = performance.now();
  const idScores = await detector.score(evidence.test);
  const scoreMs = (performance.now() - fitted) * 10000 / idScores.length;
  const threshold = calibrateThreshold(await detector.score(evidence.heldOut), { tpr: 0.95 });
  const middle = quantile(Float64Array.from(idScores), 0.5);
  const rows = new Map<OodSetName, ScoredRows>();
  const scores: LeaderboardScore[] = [];
  for (const [set, outside] of evidence.outside) {
    const oodScores = await detector.score(outside);
    if (seed === context.seed) rows.set(set, { idScores, oodScores });
    scores.push({
      classifier,
      seed,
      detector: kind.name,
      set,
      separation: measureSeparation(idScores, oodScores),
      achievedTpr: achievedTpr(idScores, threshold).tpr,
      oodAccepted: achievedTpr(oodScores, threshold).tpr,
      oodAboveMedian: oodScores.filter((score) => score > middle).length / oodScores.length,
    });
  }
  const { notes } = detector;
  return {
    scores,
    rows,
    fit: { classifier, detector: kind.name, notes, fitMs: fitted - begin, scoreMs },
  };
}

async function evidenceOn(
  { train, validation, test, sets }: Protocol,
  model: MlpModel,
): Promise<ProtocolEvidence> {
  const outside = new Map<OodSetName, Evidence>();
  for (const { name, images } of sets) outside.set(name, await evidenceOf(model, images));
  return {
    training: { ...await evidenceOf(model, train.images), labels: train.labels },
    heldOut: await evidenceOf(model, validation.images),
    test: await evidenceOf(model, test.images),
    outside,
  };
}
