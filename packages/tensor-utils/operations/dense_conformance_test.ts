import assert from "node:assert/strict";
import fc from "fast-check";
import fixture from "../fixtures/dense_training.json" with { type: "json" };
import { conform, conformThreads } from "../testing/backends.ts";
import { assertAllClose, assertNoLeak, testRounds } from "../testing/mod.ts";
import { plainForward, plainTraining } from "../testing/plain_dense.ts";
import {
  type Activation,
  denseClasses,
  denseForward,
  type DenseLayerSpec,
  type DenseTrainingOptions,
  type HostMatrix,
  openDenseTraining,
  random,
} from "../mod.ts";

interface Task {
  readonly x: HostMatrix;
  readonly labels: Int32Array;
  readonly layers: DenseLayerSpec[];
  readonly weights: Float32Array[];
  readonly batches: Uint32Array[];
  /** Lengths of the steps; those of the options unless given. */
  readonly learningRates?: readonly number[];
  readonly options: DenseTrainingOptions;
}

async function train(task: Task): Promise<{ losses: number[]; weights: Float32Array[] }> {
  const { x, labels, layers, weights, batches, learningRates, options } = task;
  using training = openDenseTraining(x, labels, layers, weights, options);
  const losses: number[] = [];
  for (const [i, rows] of batches.entries()) {
    losses.push(await training.trainBatch(rows, learningRates?.[i]));
  }
  return { losses, weights: await training.weights() };
}

interface Shape {
  readonly n: number;
  readonly d: number;
  readonly bytes: boolean;
  /** The unit of the data, which the input scale takes out again. */
  readonly unit: number;
  /** Scale of the logits. */
  readonly spread: number;
}

/** Data with many zeros or few, a random network, and batches of changing size. */
function randomTask(seed: number, shape: Shape, hidden: readonly DenseLayerSpec[]): Task {
  const source = random(seed);
  const { n, d, bytes, unit, spread } = shape;
  const number = (): number => bytes ? source.integer(256) : unit * source.normal();
  const zeros = source.next() < 0.5 ? 0.6 : 0.2;
  const sparse = (): number => source.next() < zeros ? 0 : number();
  const kind = bytes ? Uint8Array : Float32Array;
  const classes = 2 + source.integer(6);
  const layers: DenseLayerSpec[] = [...hidden, { units: classes, activation: "linear" }];
  let width = d;
  const weights = layers.flatMap(({ units }, layer) => {
    const bound = (layer === hidden.length ? spread : 1) / Math.sqrt(width);
    const sizes = [width * units, units];
    width = units;
    return sizes.map((size) =>
      Float32Array.from({ length: size }, () => bound * (2 * source.next() - 1))
    );
  });
  return {
    x: { values: kind.from(Array.from({ length: n * d }, sparse)), shape: [n, d] },
    labels: Int32Array.from({ length: n }, () => source.integer(classes)),
    layers,
    weights,
    batches: [1, n, Math.ceil(n / 2)].map((size) => source.sample(n, size)),
    learningRates: source.next() < 0.5 ? undefined : [0.003, 0.002, 0.001],
    options: {
      inputScale: bytes ? 1 / 255 : 0.5 / unit,
      learningRate: 0.003,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: source.next() < 0.5 ? 0 : 0.01,
      labelSmoothing: source.next() < 0.5 ? 0 : 0.1,
    },
  };
}

const anyTask: fc.Arbitrary<Task> = fc.record({
  seed: fc.nat(),
  n: fc.integer({ min: 1, max: 150 }),
  d: fc.integer({ min: 1, max: 40 }),
  bytes: fc.boolean(),
  unit: fc.constantFrom(1, 1e-30, 1e30),
  spread: fc.constantFrom(1, 300),
  hidden: fc.array(
    fc.record({
      units: fc.integer({ min: 1, max: 60 }),
      activation: fc.constantFrom<Activation>("linear", "relu", "silu"),
    }),
    { maxLength: 4 },
  ),
}).map(({ seed, hidden, ...shape }) => randomTask(seed, shape, hidden));

const usual: Shape = { n: 33, d: 7, bytes: false, unit: 1, spread: 1 };
const narrow: DenseLayerSpec[] = [{ units: 1, activation: "relu" }, {
  units: 5,
  activation: "silu",
}];

/** Layers so wide that backends may take them as whole matrices. */
const wider: DenseLayerSpec[] = [
  { units: 260, activation: "silu" },
  { units: 256, activation: "relu" },
  { units: 12, activation: "relu" },
  { units: 8, activation: "silu" },
];

/** The networks that are tried on every backend before the random ones. */
const edges: Task[] = [
  randomTask(1, { ...usual, n: 1, d: 1 }, []),
  randomTask(2, { ...usual, n: 1, bytes: true }, narrow),
  randomTask(3, { ...usual, d: 1 }, narrow),
  randomTask(4, { ...usual, unit: 1e-30 }, narrow),
  randomTask(5, { ...usual, unit: 1e30, spread: 300 }, narrow),
  randomTask(6, { ...usual, n: 70, d: 30 }, wider.slice(0, 2)),
  randomTask(7, { ...usual, n: 9, d: 30, bytes: true }, wider),
];

function properties(check: (task: Task) => Promise<void>, seed: number, cases: number) {
  const examples: [Task][] = edges.map((edge) => [edge]);
  const options = { seed, numRuns: edges.length + cases, examples };
  return fc.assert(fc.asyncProperty(anyTask, check), options);
}

conform("MixtapeDense", "takes the steps of PyTorch", async ({ label }) => {
  // A step takes a software adapter a hundred times as long: one case has to do, unless there is time for all.
  const { cases } = fixture;
  const tried = label.startsWith("webgpu") ? cases.slice(0, testRounds(cases.length)) : cases;
  for (const { options, layers, initial, batches, ...expected } of tried) {
    const n = expected.labels.length;
    const x: HostMatrix = {
      values: Uint8Array.from(expected.x),
      shape: [n, expected.x.length / n],
    };
    const specs = layers as DenseLayerSpec[];
    const { losses, weights } = await train({
      x,
      labels: Int32Array.from(expected.labels),
      layers: specs,
      weights: initial.map((w) => Float32Array.from(w)),
      batches: batches.map((rows) => Uint32Array.from(rows)),
      learningRates: expected.learningRates,
      options,
    });
    assertAllClose(losses, expected.losses, { rtol: 1e-5 });
    weights.forEach((w, i) => assertAllClose(w, expected.final[i], { rtol: 1e-3, atol: 2e-5 }));
    const [logits] = await denseForward(x, specs, weights, options.inputScale, [3]);
    assertAllClose(logits, expected.logits, { rtol: 1e-4, atol: 1e-4 });
  }
});

conform("MixtapeDense", "has the losses of float64 training", async (backend) => {
  await properties(
    async (task) => {
      const { x, layers, weights, batches, learningRates, options: { inputScale } } = task;
      const expected = plainTraining(task, batches, learningRates);
      // A loss is off by at most twice what a logit is, and by what differing weights make of it.
      const { bounds } = plainForward(x, layers, weights, inputScale)[layers.length - 1];
      const atol = 1e-5 + 2 * bounds.reduce((a, b) => Math.max(a, b), 0);
      await assertNoLeak(async () => {
        const { losses } = await train(task);
        assertAllClose(losses, expected, { rtol: 1e-4, atol });
      });
    },
    0,
    backend.cases,
  );
});

conform("MixtapeDenseForward", "gives what float64 gives, within float32", async (backend) => {
  await properties(
    async ({ x, layers, weights, options: { inputScale } }) => {
      const keep = layers.map((_, i) => i);
      const expected = plainForward(x, layers, weights, inputScale);
      await assertNoLeak(async () => {
        const outputs = await denseForward(x, layers, weights, inputScale, keep);
        outputs.forEach((values, layer) => {
          const { values: exact, bounds } = expected[layer];
          values.forEach((value, at) => {
            const error = Math.abs(value - exact[at]);
            assert.ok(error <= bounds[at] + 1e-37, `layer ${layer}: ${value} for ${exact[at]}`);
          });
        });
      });
    },
    1,
    backend.cases,
  );
});

conform("MixtapeDenseClasses", "gives the first of each row's highest outputs", async (backend) => {
  await properties(
    async ({ x, layers, weights: given, options: { inputScale } }) => {
      // The second half of the outputs has the weights of the first, so that there are ties.
      const { units } = layers[layers.length - 1];
      const repeated = (values: Float32Array) =>
        values.map((_, i) => values[i - i % units + i % Math.ceil(units / 2)]);
      const weights = given.map((values, i) => i < given.length - 2 ? values : repeated(values));
      await assertNoLeak(async () => {
        const last = layers.length - 1;
        const [logits] = await denseForward(x, layers, weights, inputScale, [last]);
        const classes = await denseClasses(x, layers, weights, inputScale);
        const expected = Int32Array.from({ length: x.shape[0] }, (_, i) => {
          const row = logits.subarray(i * units, (i + 1) * units);
          return row.indexOf(row.reduce((a, b) => Math.max(a, b)));
        });
        assert.deepEqual(classes, expected);
      });
    },
    1,
    backend.cases,
  );
});

const wide: DenseLayerSpec[] = [
  { units: 70, activation: "relu" },
  { units: 30, activation: "linear" },
  { units: 20, activation: "silu" },
];

conformThreads(
  "MixtapeDense",
  () => train(randomTask(1, { ...usual, n: 1500, d: 90, bytes: true }, wide)),
);

conformThreads(
  "MixtapeDense",
  () => train(randomTask(3, { ...usual, n: 600, d: 90, bytes: true }, wider)),
  "wide layers",
);

conformThreads("MixtapeDenseForward", () => {
  const { x, layers, weights } = randomTask(2, { ...usual, n: 5000, d: 90 }, wide);
  return denseForward(x, layers, weights, 0.5, [0, 3]);
});

conformThreads("MixtapeDenseClasses", () => {
  const { x, layers, weights } = randomTask(2, { ...usual, n: 5000, d: 90 }, wide);
  return denseClasses(x, layers, weights, 0.5);
});
