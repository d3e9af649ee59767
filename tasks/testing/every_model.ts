/**
 * Every model of every package, with the ways to fit it, to write and read it, and to ask its methods.
 */
import * as classifier from "@mixtape/classifier";
import * as clustering from "@mixtape/clustering";
import * as mixture from "@mixtape/mixture";
import * as preparation from "@mixtape/datasets/preparation";
import * as ood from "@mixtape/ood";
import { type HostMatrix, mixtureShapes } from "@mixtape/tensor-utils";
import { normalMatrix } from "@mixtape/tensor-utils/testing";

const [rows, columns, k] = [60, 4, 3];
/** Lengths of the axes of the data and of models: rows, columns, clusters, components of a mixture. */
export const axes: readonly number[] = [rows, columns, k, 2, 1];
const labels = Int32Array.from({ length: rows }, (_, i) => i % k);
const words = Array.from(labels, (label) => ["red", "green", "blue"][label]);
const x = normalMatrix(1, rows, columns);
/** Rows that no model was fitted to, on another grid, with zeros of both signs. */
const fresh = normalMatrix(2, rows, columns);
fresh.values.set([-0, 0, 5e-324, -1e-310]);

/** The same matrix, some entries of it missing. */
function holed({ values, shape }: HostMatrix): HostMatrix {
  return { values: Float64Array.from(values, (value, i) => i % 7 === 3 ? NaN : value), shape };
}

/** A kind of model as the packages offer it. */
export interface ModelCase<Model extends object = object> {
  /** Name in the tests. */
  readonly name: string;
  /** Fits a model. */
  readonly fit: () => Promise<Model>;
  /** Reads the JSON of such a model back. */
  readonly fromJSON: (json: unknown) => object;
  /** Arguments for each method, except those that write and dispose. */
  readonly questions: Readonly<Record<string, readonly unknown[]>>;
  /** Properties that are documented not to be written. */
  readonly leftOut?: readonly string[];
  /** Properties that cannot be read any more once the model is disposed of. */
  readonly released?: readonly string[];
}

/** Every kind of model of every package. */
export const modelCases: readonly ModelCase[] = [];

function offer<Model extends object>(one: ModelCase<Model>): void {
  (modelCases as ModelCase[]).push(one as unknown as ModelCase);
}

for (const init of ["k-means++", "class-means"] as const) {
  offer({
    name: `kMeans() from ${init}`,
    fit: () =>
      clustering.kMeans(x, { clusters: k, init, ...init === "class-means" && { labels: words } }),
    fromJSON: clustering.kMeansFromJSON,
    questions: { predict: [fresh], transform: [fresh] },
  });
}
offer({
  name: "miniBatchKMeans()",
  fit: () => clustering.miniBatchKMeans(x, { clusters: k, batchSize: 16 }),
  fromJSON: clustering.kMeansFromJSON,
  questions: { predict: [fresh], transform: [fresh] },
});
for (const method of ["gaussian-prior", "mean-imputation", "complete-rows", "k-pod"] as const) {
  offer({
    name: `kMeansMissing() by ${method}`,
    fit: () => clustering.kMeansMissing(holed(x), { clusters: k, method }),
    fromJSON: clustering.kMeansFromJSON,
    questions: {
      predict: [holed(fresh), { mask: new Uint8Array(rows * columns) }],
      transform: [fresh],
    },
  });
}
const mixtureQuestions = {
  logDensity: [fresh],
  responsibilities: [fresh],
  predict: [fresh],
  sample: [20, { seed: 7 }],
  bic: [fresh],
  aic: [fresh],
};
for (const covariance of Object.keys(mixtureShapes) as mixture.MixtureCovariance[]) {
  offer({
    name: `gaussianMixture() of ${covariance} covariances`,
    fit: () => mixture.gaussianMixture(x, { components: 2, covariance }),
    fromJSON: mixture.gaussianMixtureFromJSON,
    questions: mixtureQuestions,
  });
}
offer({
  name: "selectMixture()",
  fit: async () => (await mixture.selectMixture(x, { components: [1, 2] })).model,
  fromJSON: mixture.gaussianMixtureFromJSON,
  questions: mixtureQuestions,
});
offer({
  name: "outlierDetector()",
  fit: () => ood.outlierDetector(x, { components: [1, 2] }),
  fromJSON: ood.outlierModelFromJSON,
  questions: {
    score: [fresh],
    heldOutScore: [fresh],
    pValues: [fresh],
    contributions: [fresh, { withoutFold: 0 }],
    sample: [5, { seed: 3 }],
  },
});
const hidden = [{ units: 5, activation: "silu" as const }, {
  units: 4,
  activation: "relu" as const,
}];
for (const [kind, given] of [["numbers", labels], ["words", words]] as const) {
  offer<classifier.MlpModel<number> | classifier.MlpModel<string>>({
    name: `mlpClassifier() of ${kind}`,
    fit: () =>
      classifier.mlpClassifier<number | string>(x, [...given], {
        hidden,
        epochs: 2,
        batchSize: 16,
        inputScale: 1 / 3,
        validation: { x: fresh, labels: [...given] },
      }) as Promise<classifier.MlpModel<number>>,
    fromJSON: (json) => classifier.mlpFromJSON(json),
    questions: {
      predict: [fresh],
      logits: [fresh],
      probabilities: [fresh],
      activations: [fresh, 0],
      evidence: [fresh, { layers: [0] }],
      accuracy: [fresh, given],
      confusionMatrix: [fresh, given],
    },
    leftOut: ["lossHistory", "epochs"],
    released: ["head"],
  });
}

function evidence(inputs: HostMatrix, seed: number, units: number): ood.TrainingEvidence {
  const head = { weights: normalMatrix(9, units, k), bias: Float32Array.of(0.25, -0, 1e-40) };
  return {
    inputs,
    logits: normalMatrix(seed, rows, k),
    activations: [normalMatrix(seed + 1, rows, 5), normalMatrix(seed + 2, rows, units)],
    labels,
    head,
  };
}

for (const { name } of ood.detectors) {
  // The search for neighbours holds layers of more than 64 units in another way.
  for (const units of name === "knn" ? [6, 70] : [6]) {
    offer({
      name: `the detector ${name} of ${units} units`,
      fit: () => ood.detectorNamed(name)(evidence(x, 20, units), { seed: 5 }),
      fromJSON: (json) => ood.detectorFromJSON(json),
      questions: { score: [evidence(fresh, 30, units), {}] },
    });
  }
}

/** Ways to prepare data, which hold plain numbers and are not disposed of. */
export const preparationCases: readonly ModelCase<object>[] = [
  {
    name: "standardize()",
    fit: () => preparation.standardize(x),
    fromJSON: preparation.standardizerFromJSON,
    questions: { apply: [fresh], restore: [fresh] },
    leftOut: ["x"],
  },
  {
    name: "imputeColumns()",
    fit: () => preparation.imputeColumns(holed(x)),
    fromJSON: preparation.imputerFromJSON,
    questions: { apply: [holed(fresh)] },
    leftOut: ["x", "missing"],
  },
  {
    name: "principalComponents()",
    fit: () => preparation.principalComponents(x, { components: 3, whiten: true }),
    fromJSON: preparation.projectionFromJSON,
    questions: { apply: [fresh], restore: [normalMatrix(5, 7, 3)] },
    leftOut: ["x"],
  },
];

/** The part of a report on an iteration that all fits share. */
export interface IterationCall {
  /** Index of the start. */
  readonly restart: number;
  /** Index of the iteration. */
  readonly iteration: number;
  /** Centroids of the iteration, if the fit has any. */
  readonly centroids?: HostMatrix;
}

/** A fit that reports its iterations, and can begin at a given start. */
export interface IterativeFit {
  /** Name in the tests. */
  readonly name: string;
  /** Fits with the options that all such fits share. */
  readonly fit: (options: {
    readonly init?: HostMatrix;
    readonly restarts: number;
    readonly onIteration?: (call: IterationCall) => void;
  }) => Promise<object>;
  /** Options that give a start. */
  readonly start: { readonly init: HostMatrix };
  /** Name of the history with one number per iteration. */
  readonly history: string;
}

const centroids = normalMatrix(7, k, columns);

/** Every fit that reports its iterations. */
export const iterativeFits: readonly IterativeFit[] = [
  {
    name: "kMeans()",
    fit: (options) => clustering.kMeans(x, { clusters: k, ...options }),
    start: { init: centroids },
    history: "inertiaHistory",
  },
  {
    name: "miniBatchKMeans()",
    fit: (options) => clustering.miniBatchKMeans(x, { clusters: k, batchSize: 16, ...options }),
    start: { init: centroids },
    history: "inertiaHistory",
  },
  ...(["gaussian-prior", "mean-imputation", "complete-rows", "k-pod"] as const).map((method) => ({
    name: `kMeansMissing() by ${method}`,
    fit: (options: Parameters<IterativeFit["fit"]>[0]) =>
      clustering.kMeansMissing(holed(x), { clusters: 2, method, ...options }),
    start: { init: normalMatrix(8, 2, columns) },
    history: "inertiaHistory",
  })),
  {
    name: "gaussianMixture()",
    fit: ({ init, ...options }) =>
      mixture.gaussianMixture(x, {
        components: k,
        ...init && { init: { responsibilities: init } },
        ...options,
      }),
    start: { init: { values: new Float64Array(rows * k).fill(1 / k), shape: [rows, k] } },
    history: "lowerBoundHistory",
  },
];
