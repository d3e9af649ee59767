import assert from "node:assert/strict";
import { site as english } from "../apps/report-site/language/en/site.ts";
import { site as portuguese } from "../apps/report-site/language/pt_br/site.ts";
import { experiments } from "./index.ts";

const twenty = Array.from({ length: 20 }, (_, i) => i + 1);

/**
 * Parameters of the experiments: in both profiles, in each alone, and on the embedded sample. A change makes every
 * stored result of the experiment one of something else.
 */
const settings: Readonly<
  Record<string, {
    readonly seconds: number;
    readonly both: object;
    readonly quick: object;
    readonly full: object;
    readonly sample?: object;
  }>
> = {
  "try-it": {
    seconds: 15,
    both: {
      learningRate: 0.002,
      detector: "ppca",
      components: 15,
      pooling: 2,
      alpha: 0.05,
      clusters: 10,
      heldOutRows: 2000,
      neighborsPerClass: 40,
      shownNeighbors: 5,
    },
    quick: { trainRows: 20000, testRows: 2000, batchSize: 256, epochs: 4 },
    full: { trainRows: null, testRows: null, batchSize: 1024, epochs: 20 },
    sample: {
      trainRows: null,
      testRows: null,
      batchSize: 32,
      epochs: 30,
      components: 10,
      pooling: 1,
      heldOutRows: 200,
    },
  },
  table: {
    seconds: 2,
    both: {
      listed: 60,
      named: 20,
      bins: 16,
      correlatedColumns: 300,
      leastCorrelation: 0.95,
      classes: 30,
      examplesPerClass: 8,
    },
    quick: {},
    full: {},
  },
  groups: {
    seconds: 30,
    both: {
      rowsPerComponent: 5,
      drawnRows: 400,
      columns: 20,
      regularization: 1e-06,
      patience: 3,
      madeRows: 300,
      madeSets: 19,
    },
    quick: { searchRows: 5000, searchCells: 2000000, silhouetteRows: 1000, seeds: 3, most: 10 },
    full: { searchRows: 50000, searchCells: 20000000, silhouetteRows: 3000, seeds: 5, most: 15 },
  },
  audit: {
    seconds: 10,
    both: {
      listed: 20,
      driftCells: 10000000,
      duplicateCells: 1000000,
      orderRows: 3000,
      permutations: 999,
      groups: 20,
      groupRows: 5000,
      groupNames: 5,
    },
    quick: {},
    full: {},
  },
  classes: {
    seconds: 10,
    both: {
      listedClasses: 50,
      matrixClasses: 20,
      listedConfusions: 20,
      bins: 10,
      heldOutClasses: 5,
      fittedRows: 3000,
      scoredRows: 1000,
    },
    quick: {},
    full: {},
  },
  missing: {
    seconds: 20,
    both: { hiddenShare: 0.1, clusters: 4, mostClasses: 20, patterns: 15 },
    quick: { comparedRows: 2000, seeds: 5, restarts: 3 },
    full: { comparedRows: 20000, seeds: 10, restarts: 5 },
  },
  outliers: {
    seconds: 20,
    both: { rate: 0.1, draws: 10000, listed: 20, bins: 40 },
    quick: { fitRows: 5000, components: [1, 2, 4], regularizations: [0.001, 0.03, 0.3] },
    full: {
      fitRows: 20000,
      components: [1, 2, 3, 5],
      regularizations: [0.001, 0.01, 0.03, 0.1, 0.3],
    },
  },
  data: {
    seconds: 2,
    both: { trainRows: null, testRows: null, samples: 9 },
    quick: {},
    full: {},
  },
  "kmeans-init": {
    seconds: 20,
    both: {
      testRows: 0,
      tolerance: 0,
      maxIterations: 500,
      samplesPerCluster: 10,
      framesAt: [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233],
      seeds: 5,
    },
    quick: { trainRows: 5000 },
    full: { trainRows: null },
    sample: { trainRows: null },
  },
  "kmeans-clusters": {
    seconds: 60,
    both: { testRows: 0, tolerance: 0, maxIterations: 500, fewest: 2, most: 20 },
    quick: { trainRows: 2000, seeds: 3, silhouetteRows: 500 },
    full: { trainRows: null, seeds: 5, silhouetteRows: 3000 },
    sample: { trainRows: null, silhouetteRows: 3000 },
  },
  "kmeans-missing": {
    seconds: 720,
    both: {
      testRows: 0,
      tolerance: 0.0001,
      maxIterations: 300,
      variance: 1,
      images: 8,
      restarts: 1,
    },
    quick: { trainRows: 2000, rates: [0, 0.3, 0.6, 0.9], seeds: 1 },
    full: { trainRows: 10000, rates: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], seeds: 5 },
  },
  classifier: {
    seconds: 6,
    both: { testRows: null, learningRate: 0.002, weightDecay: 0, mistakes: 30, bins: 15 },
    quick: { trainRows: 20000, batchSize: 256, epochs: 4 },
    full: { trainRows: null, batchSize: 1024, epochs: 20 },
    sample: { trainRows: null, testRows: null, batchSize: 32, epochs: 30 },
  },
  "gmm-ood": {
    seconds: 90,
    both: {
      learningRate: 0.002,
      weightDecays: [0, 0.0001, 0.001, 0.01],
      heldOutShare: 0.1,
      histogramBins: 40,
      rocTolerance: 0.002,
    },
    quick: {
      trainRows: 20000,
      testRows: 5000,
      batchSize: 256,
      epochs: 4,
      components: [1, 2, 5, 10],
    },
    full: { trainRows: null, testRows: null, batchSize: 1024, epochs: 20, components: twenty },
    sample: { trainRows: null, testRows: null, batchSize: 32, epochs: 30 },
  },
  "ood-detectors": {
    seconds: 720,
    both: {
      learningRate: 0.002,
      validationShare: 0.1,
      bestLearningRate: 0.001,
      bestLabelSmoothing: 0.1,
      samples: 9,
    },
    quick: {
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
  },
  "ood-collapse": {
    seconds: 60,
    both: { learningRate: 0.002, weightDecays: [0, 0.0001, 0.001, 0.01] },
    quick: { trainRows: 10000, testRows: 3000, batchSize: 256, epochs: 4, components: [1, 5] },
    full: {
      trainRows: null,
      testRows: null,
      batchSize: 1024,
      epochs: 20,
      components: [1, 2, 5, 10, 20],
    },
    sample: { trainRows: null, testRows: null, batchSize: 32, epochs: 30 },
  },
  "ood-calibration": {
    seconds: 15,
    both: {
      detectors: ["msp", "energy", "mahalanobis++", "gmm++", "layers-mahalanobis++"],
      learningRate: 0.002,
      wantedTprs: [0.9, 0.95, 0.99],
      calibrationShare: 0.5,
      oodShares: [0.1, 0.5],
      wantedFdrs: [0.05, 0.1, 0.2],
      batchRows: 200,
      bins: 20,
      splits: 20,
    },
    quick: { trainRows: 20000, testRows: 5000, batchSize: 256, epochs: 4, batches: 50 },
    full: { trainRows: null, testRows: null, batchSize: 1024, epochs: 20, batches: 200 },
    sample: { trainRows: null, testRows: null, batchSize: 32, epochs: 30, batchRows: 100 },
  },
  "gmm-notebook": {
    seconds: 45,
    both: { learningRate: 0.001, weightDecay: 0.01, weakerDecay: 0.001 },
    quick: {
      trainRows: 20000,
      testRows: 3000,
      batchSize: 256,
      epochs: 4,
      components: [1, 2, 5, 10],
    },
    full: { trainRows: null, testRows: null, batchSize: 1024, epochs: 20, components: twenty },
    sample: { trainRows: null, testRows: null, batchSize: 32, epochs: 30 },
  },
  derivations: {
    seconds: 2,
    both: { trainRows: 0, testRows: 0, rows: 300 },
    quick: { draws: 4000 },
    full: { draws: 100000 },
  },
};

Deno.test("experiments run, and are shown, in one order", () => {
  assert.deepEqual(experiments.map(({ id }) => id), Object.keys(settings));
});

for (const { id, load } of experiments) {
  Deno.test(`${id} runs with the parameters that its results were made with`, async () => {
    const { seconds, profiles, sample } = await load();
    const { both, quick, full, ...expected } = settings[id];
    assert.deepEqual(profiles, { quick: { ...both, ...quick }, full: { ...both, ...full } });
    assert.deepEqual([seconds, sample], [expected.seconds, expected.sample]);
  });
}

Deno.test("pages name every parameter of an experiment, in every language", async () => {
  const keys = new Set(["profile", "seed", "dataset"]);
  for (const { load } of experiments) {
    const { profiles, sample = {} } = await load();
    for (const one of [profiles.quick, profiles.full, sample]) {
      for (const key of Object.keys(one)) keys.add(key);
    }
  }
  for (const { parameters } of [english, portuguese]) {
    assert.deepEqual([...keys].filter((key) => !Object.hasOwn(parameters, key)), []);
  }
});

Deno.test("ood-detectors has a larger network that is larger, whatever the profile and the size of images", async () => {
  const { profiles, sample } = await experiments.find(({ id }) => id === "ood-detectors")!.load();
  const weightsOf = (sizes: readonly number[]) =>
    sizes.slice(1).reduce((sum, units, at) => sum + (sizes[at] + 1) * units, 0);
  for (
    const [inputs, parameters] of [[784, profiles.quick], [784, profiles.full], [
      64,
      sample!,
    ]] as const
  ) {
    const { bestHidden } = parameters as { readonly bestHidden: readonly number[] };
    const [larger, reference] = [bestHidden, [100, 50, 25]].map((hidden) =>
      weightsOf([inputs, ...hidden, 10])
    );
    assert(larger > reference, `${larger} weights against ${reference}`);
  }
});
