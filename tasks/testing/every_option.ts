/**
 * Every function of the packages that takes options, with the names of all of them, for the tests of conventions.
 */
import * as audit from "@mixtape/audit";
import * as classifier from "@mixtape/classifier";
import * as clustering from "@mixtape/clustering";
import * as preparation from "@mixtape/datasets/preparation";
import * as mixture from "@mixtape/mixture";
import * as ood from "@mixtape/ood";
import type { OptionNames } from "@mixtape/tensor-utils";
import { normalMatrix } from "@mixtape/tensor-utils/testing";

/** A function with options. */
export interface OptionCase {
  /** Name in the tests. */
  readonly name: string;
  /** Calls it with options that suit it and others. */
  call(options: object): unknown;
  /** Names of all its options. */
  readonly names: readonly string[];
}

/** Every such function. */
export const optionCases: readonly OptionCase[] = [];

/** The compiler requires each name of the options, and allows no other. */
function offer<Options extends object>(
  name: string,
  call: (options: Options) => unknown,
  names: OptionNames<Options>,
): void {
  (optionCases as OptionCase[]).push({
    name,
    call: (options) => call(options as Options),
    names: Object.keys(names),
  });
}

const [rows, columns, k] = [30, 3, 2];
const x = normalMatrix(1, rows, columns);
const labels = Int32Array.from({ length: rows }, (_, i) => i % k);
const kMeansNames: OptionNames<clustering.KMeansOptions> = {
  clusters: true,
  init: true,
  maxIterations: true,
  tolerance: true,
  restarts: true,
  seed: true,
  sampleWeight: true,
  labels: true,
  onIteration: true,
  signal: true,
};

offer<clustering.KMeansOptions>(
  "kMeans()",
  (options) => clustering.kMeans(x, { clusters: k, ...options as object }),
  kMeansNames,
);
offer<clustering.MiniBatchKMeansOptions>(
  "miniBatchKMeans()",
  (options) => clustering.miniBatchKMeans(x, { clusters: k, ...options as object }),
  { ...kMeansNames, batchSize: true, maxNoImprovement: true, reassignmentRatio: true },
);
const { sampleWeight: _, ...missingNames } = kMeansNames;
offer<clustering.KMeansMissingOptions>(
  "kMeansMissing()",
  (options) => clustering.kMeansMissing(x, { clusters: k, ...options as object }),
  { ...missingNames, method: true, mask: true, priorMean: true, variance: true },
);
offer<clustering.SilhouetteOptions>(
  "silhouette()",
  (options) => clustering.silhouette(x, labels, options),
  { maxRows: true, seed: true, signal: true },
);
offer<clustering.InertiaOptions>(
  "inertia()",
  (options) => clustering.inertia(x, x, options),
  { labels: true, signal: true },
);
offer<clustering.MissingObjectiveOptions>(
  "missingObjective()",
  (options) => clustering.missingObjective(x, x, labels, options),
  { mask: true, priorMean: true, variance: true, signal: true },
);
const mixtureNames: OptionNames<mixture.GaussianMixtureOptions> = {
  components: true,
  covariance: true,
  init: true,
  regularization: true,
  tolerance: true,
  maxIterations: true,
  restarts: true,
  seed: true,
  onIteration: true,
  signal: true,
};
offer<mixture.GaussianMixtureOptions>(
  "gaussianMixture()",
  (options) => mixture.gaussianMixture(x, { components: 1, ...options as object }),
  mixtureNames,
);
const { covariance: __, onIteration: ___, ...selectionNames } = mixtureNames;
offer<mixture.SelectMixtureOptions>(
  "selectMixture()",
  (options) => mixture.selectMixture(x, { components: [1], ...options as object }),
  {
    ...selectionNames,
    covariances: true,
    criterion: true,
    heldOutShare: true,
    onCandidate: true,
  },
);
offer<classifier.MlpOptions>(
  "mlpClassifier()",
  (options) => classifier.mlpClassifier(x, labels, { epochs: 1, ...options }),
  {
    hidden: true,
    classes: true,
    epochs: true,
    batchSize: true,
    learningRate: true,
    learningRateSchedule: true,
    weightDecay: true,
    labelSmoothing: true,
    inputScale: true,
    validation: true,
    seed: true,
    onBatch: true,
    onEpoch: true,
    signal: true,
  },
);
offer<classifier.SoftmaxOptions>(
  "softmax()",
  (options) => classifier.softmax(x, options),
  { temperature: true, signal: true },
);
offer<classifier.CalibrationErrorOptions>(
  "calibrationError()",
  async (options) => classifier.calibrationError(await classifier.softmax(x), labels, options),
  { bins: true, signal: true },
);
const outlierNames: OptionNames<ood.OutlierOptions> = {
  components: true,
  regularizations: true,
  folds: true,
  maxRows: true,
  seed: true,
  signal: true,
};
offer<ood.OutlierOptions>(
  "outlierDetector()",
  (options) => ood.outlierDetector(x, { components: [1], ...options }),
  outlierNames,
);
offer<ood.OutlierOptions>(
  "outlierScores()",
  (options) => ood.outlierScores(x, { components: [1], ...options }),
  outlierNames,
);
const evidence: ood.TrainingEvidence = {
  inputs: x,
  logits: normalMatrix(2, rows, k),
  activations: [normalMatrix(3, rows, columns)],
  labels,
  head: { weights: normalMatrix(4, columns, k), bias: Float32Array.of(1, 2) },
};
for (const kind of ood.detectors) {
  const { components } = kind.defaults as { components?: readonly number[] };
  offer<object>(
    `the detector ${kind.name}`,
    (options) => kind(evidence, { ...components && { components: [1] }, ...options }),
    Object.fromEntries(
      [...Object.keys(kind.defaults), "seed", "signal", "heldOut"].map((name) => [name, true]),
    ) as OptionNames<object>,
  );
}
const [idScores, oodScores] = [[3, 2, 4, 1], [0, 1, 2]];
offer<ood.IntervalOptions>(
  "aurocInterval()",
  (options) => ood.aurocInterval(idScores, oodScores, options),
  { level: true },
);
offer<ood.BootstrapOptions>(
  "bootstrapSeparation()",
  (options) => ood.bootstrapSeparation(idScores, oodScores, { resamples: 2, ...options }),
  { level: true, resamples: true, seed: true, signal: true },
);
offer<ood.CalibrationOptions>(
  "calibrateThreshold()",
  (options) => ood.calibrateThreshold(idScores, { tpr: 0.5, ...options }),
  { tpr: true },
);
offer<ood.DiscoveryOptions>(
  "benjaminiHochberg()",
  (options) => ood.benjaminiHochberg([0.1, 0.2], options),
  { rate: true },
);
offer<ood.RocPointsOptions>(
  "rocPoints()",
  (options) => ood.rocPoints(idScores, oodScores, options),
  { maxPoints: true },
);
offer<ood.IntervalOptions>(
  "wilsonInterval()",
  (options) => ood.wilsonInterval(1, 2, options),
  { level: true },
);
offer<ood.IntervalOptions>(
  "achievedTpr()",
  (options) => ood.achievedTpr(idScores, 2, options),
  { level: true },
);
offer<audit.ColumnDriftOptions>(
  "columnDrift()",
  (options) => audit.columnDrift(x, x, options),
  { alpha: true, signal: true },
);
offer<audit.FailingGroupsOptions>(
  "failingGroups()",
  (options) => audit.failingGroups(labels, Array(rows).fill(true), options),
  { alpha: true },
);
offer<audit.NearDuplicatesOptions>(
  "nearDuplicates()",
  (options) => audit.nearDuplicates(x, options),
  { alpha: true, seed: true, signal: true },
);
offer<audit.OrderDependenceOptions>(
  "orderDependence()",
  (options) => audit.orderDependence(x, { permutations: 19, ...options }),
  { neighbors: true, permutations: true, seed: true, signal: true },
);
offer<audit.OutOfFoldOptions>(
  "outOfFoldProbabilities()",
  (options) => audit.outOfFoldProbabilities(x, labels, { folds: 2, ...options }),
  { folds: true, maxRows: true, seed: true, signal: true },
);
offer<audit.SmoothedOptions>(
  "smoothedClassifier()",
  (options) => audit.smoothedClassifier(x, labels, options),
  { classes: true, maxRows: true, seed: true, signal: true },
);
offer<preparation.StandardizeOptions>(
  "standardize()",
  (options) => preparation.standardize(x, options),
  { method: true, signal: true },
);
offer<preparation.ImputeOptions>(
  "imputeColumns()",
  (options) => preparation.imputeColumns(x, options),
  { method: true, value: true, signal: true },
);
offer<preparation.PrincipalComponentsOptions>(
  "principalComponents()",
  (options) => preparation.principalComponents(x, options),
  { components: true, whiten: true, signal: true },
);
offer<preparation.SplitOptions>(
  "splitRows()",
  (options) => preparation.splitRows(rows, options),
  { testShare: true, labels: true, seed: true },
);
