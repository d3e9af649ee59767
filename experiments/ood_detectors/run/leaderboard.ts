import { mlpClassifier, type MlpModel } from "@mixtape/classifier";
import {
  achievedTpr,
  calibrateThreshold,
  type DetectorKind,
  detectors,
  type Evidence,
  quantile,
  type ScoredRows,
} from "@mixtape/ood";
import type { OodSetName } from "@mixtape/results";
import { type HostMatrix, takeRows } from "@mixtape/tensor-utils";
import type { DenseLayer } from "../../classifier/result.ts";
import type { OnProgress } from "../../run/experiment.ts";
import { holdOut, type LabelledImages } from "../../run/image_dataset.ts";
import { evidenceOf } from "../../run/leaderboard_evidence.ts";
import { measureSeparation } from "../../run/measure_separation.ts";
import { madeOodSets, makeOodSet } from "../../run/ood_sets.ts";
import { tellEpochs } from "../../run/train_classifier.ts";
import type { ClassifierName, DetectorFit, LeaderboardScore } from "../result.ts";
import type { ClassifierRecipe, LeaderboardContext } from "../run.ts";
import { withAffineCopies } from "./affine_copies.ts";

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

/** Data of one protocol: what classifier and detectors learn from, and what they must tell apart. */
interface Protocol {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  readonly classes: number;
  readonly sets: readonly { readonly name: OodSetName; readonly images: HostMatrix }[];
  /** Runs of detectors that look at no activation. */
  readonly remembered: Map<string, DetectorRun>;
}

/** Both protocols of the leaderboard, the same for all entrants. */
export interface Protocols {
  readonly allClasses: Protocol;
  readonly heldOutClasses: Protocol;
}

/**
 * Prepares what all entrants are measured by.
 *
 * @param context The data.
 * @returns The sets that do not belong, and the classes that are held out.
 */
export function prepareProtocols(context: LeaderboardContext): Protocols {
  return { allClasses: allClasses(context), heldOutClasses: heldOutClasses(context) };
}

type Ticket = ClassifierRecipe & { readonly name: ClassifierName; readonly seed: number };

/**
 * Trains a classifier, fits every detector to it and scores every set; then does the same with a classifier
 * that was trained on half of the classes, the others being the set.
 *
 * @param ticket The classifier, its training, and its seed.
 * @param protocols The protocols to measure it by.
 * @param onProgress Called with the share that is done.
 * @param context The data and the parameters.
 * @returns The scores.
 */
export async function scoreEntrant(
  ticket: Ticket,
  protocols: Protocols,
  onProgress: OnProgress,
  context: LeaderboardContext,
): Promise<Entrant> {
  const all = await runProtocol(
    protocols.allClasses,
    ticket,
    (f, note) => onProgress(0.7 * f, note),
    context,
  );
  const half = await runProtocol(
    protocols.heldOutClasses,
    ticket,
    (f, note) => onProgress(0.7 + 0.3 * f, `held-out classes, ${note}`),
    context,
  );
  return {
    ...all,
    sets: [...all.sets, ...half.sets],
    scores: [...all.scores, ...half.scores],
    scored: new Map([...all.scored, ...half.scored]),
  };
}

function allClasses(
  { inDistribution: dataset, outOfDistribution, seed }: LeaderboardContext,
): Protocol {
  const made = madeOodSets.map((name) => ({ name, images: makeOodSet(name, dataset, seed) }));
  const other = { name: "other-data-set" as const, images: outOfDistribution.test.images };
  const { train, test, classNames } = dataset;
  return { train, test, classes: classNames.length, sets: [other, ...made], remembered: new Map() };
}

/** The first half of the classes belongs, the second half does not. */
function heldOutClasses(
  { inDistribution: { train, test, classNames } }: LeaderboardContext,
): Protocol {
  const classes = Math.ceil(classNames.length / 2);
  const keep = ({ images, labels }: LabelledImages, wanted: (label: number) => boolean) => {
    const rows = Array.from(labels.keys()).filter((row) => wanted(labels[row]));
    return { images: takeRows(images, rows), labels: Int32Array.from(rows, (row) => labels[row]) };
  };
  const { images } = keep(test, (label) => label >= classes);
  return {
    train: keep(train, (label) => label < classes),
    test: keep(test, (label) => label < classes),
    classes,
    sets: [{ name: "held-out-classes", images }],
    remembered: new Map(),
  };
}

async function runProtocol(
  protocol: Protocol,
  ticket: Ticket,
  onProgress: OnProgress,
  context: LeaderboardContext,
): Promise<Entrant> {
  const { parameters, signal } = context;
  const [train, validation] = holdOut(protocol.train, parameters.validationShare);
  using model = await trainOn(
    train,
    protocol,
    ticket,
    (f, note) => onProgress(0.3 * f, note),
    context,
  );
  const training = { ...await evidenceOf(model, train.images), labels: train.labels };
  const heldOut = await evidenceOf(model, validation.images);
  const test = await evidenceOf(model, protocol.test.images);
  const outside = new Map<OodSetName, Evidence>();
  for (const { name, images } of protocol.sets) outside.set(name, await evidenceOf(model, images));

  const scores: LeaderboardScore[] = [];
  const fits: DetectorFit[] = [];
  const scored = new Map<OodSetName, Map<string, ScoredRows>>();
  for (const [i, kind] of detectors.entries()) {
    onProgress(0.3 + 0.7 * i / detectors.length, kind.name);
    const evidence = { training, heldOut, test, outside };
    // What looks at no activation scores alike whatever the classifier and its seed.
    const independent = kind.needs.every((part) => part === "inputs");
    const remembered = independent ? protocol.remembered.get(kind.name) : undefined;
    const run = remembered ?? await scoreDetector(kind, evidence, ticket, signal);
    if (independent) protocol.remembered.set(kind.name, run);
    scores.push(
      ...run.scores.map((score) => ({ ...score, classifier: ticket.name, seed: ticket.seed })),
    );
    fits.push({ ...run.fit, classifier: ticket.name });
    for (const [set, rows] of run.rows) {
      scored.set(set, (scored.get(set) ?? new Map<string, ScoredRows>()).set(kind.name, rows));
    }
  }
  return {
    name: ticket.name,
    seed: ticket.seed,
    layers: model.layers.map((layer) => ({ ...layer })),
    parameterCount: model.parameterCount,
    testAccuracy: await model.accuracy(protocol.test.images, protocol.test.labels),
    rows: { fitted: train.labels.length, validation: validation.labels.length },
    sets: protocol.sets.map((set) => ({
      ...set,
      inDistributionRows: protocol.test.labels.length,
      lengthRatio: meanLength(outside.get(set.name)!) / meanLength(test),
    })),
    scores,
    fits,
    scored,
  };
}

function trainOn(
  train: LabelledImages,
  { classes }: Protocol,
  { affineCopies, name: _name, ...recipe }: Ticket,
  onProgress: OnProgress,
  { inDistribution: { imageShape, maxValue }, signal }: LeaderboardContext,
): Promise<MlpModel> {
  const { images, labels } = withAffineCopies(train, imageShape, affineCopies, recipe.seed);
  return mlpClassifier(images, labels, {
    ...recipe,
    classes,
    inputScale: 1 / maxValue,
    signal,
    onBatch: tellEpochs(recipe.epochs, onProgress),
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

interface DetectorRun {
  readonly scores: readonly LeaderboardScore[];
  readonly fit: DetectorFit;
  readonly rows: ReadonlyMap<OodSetName, ScoredRows>;
}

async function scoreDetector(
  kind: DetectorKind,
  evidence: {
    readonly training: Evidence & { readonly labels: Int32Array };
    readonly heldOut: Evidence;
    readonly test: Evidence;
    readonly outside: ReadonlyMap<OodSetName, Evidence>;
  },
  { name: classifier, seed }: Ticket,
  signal: AbortSignal,
): Promise<DetectorRun> {
  const begin = performance.now();
  using detector = await kind(evidence.training, { seed, signal, heldOut: evidence.heldOut });
  const fitted = performance.now();
  const idScores = await detector.score(evidence.test);
  const scoreMs = (performance.now() - fitted) * 10000 / idScores.length;
  const threshold = calibrateThreshold(await detector.score(evidence.heldOut), { tpr: 0.95 });
  const middle = quantile(Float64Array.from(idScores), 0.5);
  const rows = new Map<OodSetName, ScoredRows>();
  const scores: LeaderboardScore[] = [];
  for (const [set, outside] of evidence.outside) {
    const oodScores = await detector.score(outside);
    rows.set(set, { idScores, oodScores });
    scores.push({
      classifier,
      seed,
      detector: kind.name,
      set,
      separation: measureSeparation(idScores, oodScores),
      achievedTpr: achievedTpr(threshold, idScores).tpr,
      oodAccepted: achievedTpr(threshold, oodScores).tpr,
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
