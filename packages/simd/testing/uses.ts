// A use of each named operation that has a session, with numbers that do not depend on threads.
import type { AttributesOf, DenseTrainingAttributes, OperationName } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { openBatchMeans } from "../operations/batch_means.ts";
import { openDense } from "../operations/dense.ts";
import { openDistanceSums } from "../operations/distance_sums.ts";
import { openLloyd, openPlusPlus } from "../operations/lloyd.ts";
import { openMixture } from "../operations/mixture.ts";
import { openNeighbors } from "../operations/neighbors.ts";
import { openTridiagonal } from "../operations/tridiagonal.ts";
import type { SimdRuntime } from "../runtime.ts";
import { batchStep } from "./batch_step.ts";
import { chooseInSteps } from "./choose_in_steps.ts";
import { now } from "./now.ts";

/** A named operation, opened on something, and the steps that are taken with it. */
export interface Use {
  readonly operation: OperationName;
  readonly attrs: object;
  /** Opens the session. */
  readonly open: (runtime: SimdRuntime) => Disposable;
  /** One call a step; what a step returns must not depend on failed attempts before. */
  readonly steps: readonly ((session: Disposable) => unknown)[];
}

function useOf<Name extends OperationName, Session extends Disposable>(
  operation: Name,
  open: (call: NamedCall<Name>) => Session,
  attrs: AttributesOf<Name>,
  steps: readonly ((session: Session) => unknown)[],
): Use {
  return {
    operation,
    attrs,
    open: (runtime) => open({ inputs: {}, attrs, backend: { runtime } }),
    steps: steps.map((step) => (session) => step(session as Session)),
  };
}

const [d, k] = [40, 9];

/** Rows about nine centres, the same every time. */
function clusteredRows(kind: "float32" | "sparse bytes", rows: number, phase: number) {
  const values = Float32Array.from({ length: rows * d }, (_, at) => {
    const [i, p] = [Math.floor(at / d), at % d];
    return 200 * Math.sin(1.3 * p + 7 * (i % k) + phase) + 20 * Math.sin(i * i * 0.37 + p * p);
  });
  return kind === "float32" ? values : Uint8Array.from(values, (x) => x < 100 ? 0 : x);
}

function lloyd(kind: "float32" | "sparse bytes", n: number): Use {
  const values = clusteredRows(kind, n, 3);
  const start = Float64Array.from(values.subarray(0, k * d));
  const step = (shift: number) => (session: ReturnType<typeof openLloyd>) => {
    const { labels, sums, counts, inertia } = now(session.step(
      start.map((value, at) => value + shift * Math.sin(at)),
    ));
    // They are views, which the next step overwrites.
    return { labels: labels.slice(), sums: sums.slice(), counts: counts.slice(), inertia };
  };
  const x = { values, shape: [n, d] } as const;
  return useOf("MixtapeLloyd", openLloyd, { x }, [0, 0.05, 0.07].map(step));
}

function batchMeans(kind: "float32" | "sparse bytes", n: number, rows: number): Use {
  const values = clusteredRows(kind, n, 5);
  const step = (turn: number) => (session: ReturnType<typeof openBatchMeans>) => {
    const centroids = Float64Array.from(values.subarray(0, k * d), (x, at) => x + Math.sin(at));
    const seen = Float64Array.from({ length: k }, (_, j) => turn * j);
    const batch = Uint32Array.from({ length: rows }, (_, i) => (i * i * 7 + turn) % n);
    return [now(batchStep(session, batch, centroids, seen)), centroids, seen];
  };
  const x = { values, shape: [n, d] } as const;
  return useOf("MixtapeBatchMeans", openBatchMeans, { x }, [0, 1, 2].map(step));
}

function plusPlus(n: number): Use {
  const values = clusteredRows("float32", n, 4);
  const closest = () => new Float64Array(n).fill(1e6);
  return useOf("MixtapePlusPlus", openPlusPlus, { x: { values, shape: [n, d] } }, [
    (session) => {
      const uniforms = Float64Array.of(0.1, 0.5, 0.9, 0.2, 0.6);
      const draws = { clusters: 3, trials: 2, uniforms };
      // All at once where one thread is to do it.
      return Array.from(now(session.choose(draws)) ?? chooseInSteps(session, n, draws));
    },
    (session) => now(session.candidates(Uint32Array.of(5, 6, 7), closest())),
    (session) => {
      const lowered = closest();
      now(session.accept(6, lowered));
      return lowered;
    },
  ]);
}

function mixture(n: number): Use {
  const columns = 9;
  const values = Float32Array.from({ length: n * columns }, (_, i) => Math.sin(i * i * 0.37));
  const terms = (shift: number) => ({
    k: 2,
    constants: Float64Array.of(0, -1),
    means: Float64Array.from({ length: 2 * columns }, (_, i) => Math.sin(i) + shift),
    precisionFactors: Float64Array.from(
      { length: 2 * columns * columns },
      (_, i) => i % (columns * columns) % (columns + 1) === 0 ? 3 : 0,
    ),
  });
  const attrs = { values, rows: n, columns, shape: { block: "matrix", shared: false } } as const;
  const step = (shift: number) => (session: ReturnType<typeof openMixture>) => {
    const { means } = terms(shift);
    return now(session.step(terms(shift), { about: means, careful: false }));
  };
  return useOf("MixtapeMixture", openMixture, attrs, [0, 0.01, 0.02].map(step));
}

function neighbors(): Use {
  const points = Float32Array.from({ length: 96 }, (_, i) => 0.1 * Math.sin(i * i));
  const pointFactor = new Float32Array(48 * 4);
  for (let i = 0; i < 48; i++) {
    const [a, b] = points.subarray(2 * i, 2 * i + 2);
    pointFactor.set([a, b, 0, -(a * a + b * b) / 2], 4 * i);
  }
  const sizes = { dimensions: 2, k: 3, width: 4, group: 4, groups: 12, doubt: 1e-5 };
  return useOf("MixtapeNeighbors", openNeighbors, { points, pointFactor, ...sizes }, [
    (session) =>
      now(session.kthDistances(Float64Array.of(0.1, 0.05), Float32Array.of(0.1, 0.05, 0, 1))),
  ]);
}

function distanceSums(): Use {
  const x = { values: clusteredRows("float32", 200, 6), shape: [200, d] } as const;
  const labels = Int32Array.from({ length: 200 }, (_, i) => i % 3);
  const step = (session: ReturnType<typeof openDistanceSums>) => {
    session.advance();
    return session.sums();
  };
  const attrs = { x, labelings: [{ labels, clusters: 3 }] };
  return useOf("MixtapeDistanceSums", openDistanceSums, attrs, [step, step, step, step]);
}

function tridiagonal(): Use {
  const rows = 41;
  const a = Float64Array.from({ length: rows * rows }, (_, at) => {
    const [i, j] = [Math.floor(at / rows), at % rows];
    return Math.sin(i + j) + (i === j ? i : 0);
  });
  // A rotation of each pair of neighbours, as the only sweep, stands for those of QL iterations.
  const turns = Float64Array.from({ length: 2 * rows - 2 }, (_, at) => at % 2 === 0 ? 0.6 : 0.8);
  const places = Array.from({ length: 32 }, (_, place) => place);
  return useOf("MixtapeTridiagonal", openTridiagonal, { a, d: rows }, [
    (session) => now(session.reduce()),
    (session) => now(session.vectors({ sweeps: [{ first: 0, turns }], places })),
  ]);
}

type DenseStep = (session: ReturnType<typeof openDense>) => unknown;

function denseUse(steps: readonly DenseStep[]): Use {
  const wave = (length: number) => Float32Array.from({ length }, (_, i) => 0.3 * Math.sin(i));
  const options = { inputScale: 1 / 255, learningRate: 0.01, beta1: 0.9, beta2: 0.999 };
  const attrs: DenseTrainingAttributes = {
    x: { values: clusteredRows("sparse bytes", 200, 5), shape: [200, d] },
    labels: Int32Array.from({ length: 200 }, (_, i) => i % 3),
    layers: [{ units: 16, activation: "relu" }, { units: 3, activation: "linear" }],
    weights: [wave(16 * d), wave(16), wave(48), wave(3)],
    options: { ...options, epsilon: 1e-8, weightDecay: 0, labelSmoothing: 0 },
  };
  return useOf("MixtapeDense", openDense, attrs, steps);
}

const trainBatch: DenseStep = (session) =>
  now(session.trainBatch(Uint32Array.from({ length: 150 }, (_, i) => i)));

/** A training of several steps, and the weights after them. */
export function training(): Use {
  return denseUse([trainBatch, trainBatch, trainBatch, (session) => now(session.weights())]);
}

/**
 * One use of each.
 *
 * @param rows Number of rows of the larger ones.
 */
export function usesOf(rows: number): readonly Use[] {
  return [
    lloyd("float32", rows),
    lloyd("sparse bytes", rows),
    batchMeans("float32", rows, 128),
    batchMeans("sparse bytes", rows, 128),
    plusPlus(rows),
    mixture(rows),
    neighbors(),
    distanceSums(),
    tridiagonal(),
    // A step that fails leaves weights that nobody asked for, so only its first call is repeated.
    denseUse([trainBatch]),
  ];
}

/** One use of each, with a number of rows that fills no block. */
export const uses: readonly Use[] = usesOf(2100);
