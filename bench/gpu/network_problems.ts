import {
  denseForward,
  type DenseLayerSpec,
  type HostMatrix,
  openDenseTraining,
} from "@mixtape/tensor-utils";
import type { Problem } from "./problems.ts";

/** The network of the experiments. */
const layers: readonly DenseLayerSpec[] = [
  { units: 100, activation: "relu" },
  { units: 50, activation: "linear" },
  { units: 25, activation: "silu" },
  { units: 10, activation: "linear" },
];

/** Rows of a batch. */
const BATCH = 1024;

/**
 * Returns an epoch of training, and the scoring of all rows.
 *
 * @param kind Kind of the numbers, in a word.
 * @param x The data.
 * @param next Source of the weights, uniform from 0 to 1.
 */
export function networkProblems(kind: string, x: HostMatrix, next: () => number): Problem[] {
  const [n, d] = x.shape;
  const weights = layers.flatMap(({ units }, index) => {
    const inputs = index === 0 ? d : layers[index - 1].units;
    const number = () => (2 * next() - 1) / Math.sqrt(inputs);
    return [inputs * units, units].map((size) => Float32Array.from({ length: size }, number));
  });
  const inputScale = kind === "bytes" ? 1 / 255 : 1;
  const problem = `${n} × ${d}, ${kind}, layers of 100, 50, 25 and 10 units`;
  const score = async () => void await denseForward(x, layers, weights, inputScale, [2, 3]);
  return [
    {
      ...{ operation: "MixtapeDense", problem: `an epoch of ${problem}`, steps: 1 },
      open: () => training(x, weights, inputScale),
    },
    {
      ...{ operation: "MixtapeDenseForward", problem, steps: 1 },
      open: () => ({ run: score, [Symbol.dispose]: () => {} }),
    },
  ];
}

/** Opens a training; a run is an epoch. */
function training(x: HostMatrix, weights: readonly Float32Array[], inputScale: number) {
  const [n] = x.shape;
  const labels = Int32Array.from({ length: n }, (_, i) => i % 10);
  const adam = { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  const options = { ...adam, inputScale, weightDecay: 0, labelSmoothing: 0 };
  const session = openDenseTraining(x, labels, layers, weights, options);
  const order = Uint32Array.from({ length: n }, (_, i) => (i * 7919) % n);
  const run = async () => {
    const ahead: Promise<number>[] = [];
    for (let first = 0; first < n; first += BATCH) {
      const loss = session.trainBatch(order.subarray(first, first + BATCH));
      if (session.stepsAhead) ahead.push(Promise.resolve(loss));
      else await loss;
    }
    await Promise.all(ahead);
  };
  return { run, [Symbol.dispose]: () => session[Symbol.dispose]() };
}
