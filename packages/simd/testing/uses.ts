// A use of each named operation that has a session, with numbers that do not depend on threads.
import type { SimdBackend } from "../backend.ts";
import type { LloydStep } from "../operations/lloyd/clusters.ts";
import { simdKernels } from "../operations/registry.ts";
import type { SimdRuntime } from "../runtime.ts";

/** A named operation, what it is opened on, and what is done with it. */
export interface Use {
  readonly operation: string;
  readonly attrs: object;
  /** One call a step; what a step returns must not depend on failed attempts before. */
  // deno-lint-ignore no-explicit-any -- sessions of every kind
  readonly steps: readonly ((session: any) => unknown)[];
}

const [n, d, k] = [2100, 40, 9];

/** Rows about nine centres, the same every time. */
function clusteredRows(kind: "float32" | "sparse bytes", rows: number, phase: number) {
  const values = Float32Array.from({ length: rows * d }, (_, at) => {
    const [i, p] = [Math.floor(at / d), at % d];
    return 200 * Math.sin(1.3 * p + 7 * (i % k) + phase) + 20 * Math.sin(i * i * 0.37 + p * p);
  });
  return kind === "float32" ? values : Uint8Array.from(values, (x) => x < 100 ? 0 : x);
}

function lloyd(kind: "float32" | "sparse bytes"): Use {
  const values = clusteredRows(kind, n, 3);
  const start = Float64Array.from(values.subarray(0, k * d));
  const step = (shift: number) => (session: { step(centroids: Float64Array): LloydStep }) => {
    const { labels, sums, counts, inertia } = session.step(
      start.map((value, at) => value + shift * Math.sin(at)),
    );
    // They are views, which the next step overwrites.
    return { labels: labels.slice(), sums: sums.slice(), counts: counts.slice(), inertia };
  };
  const steps = [0, 0.05, 0.07].map(step);
  return { operation: "MixtapeLloyd", attrs: { x: { values, shape: [n, d] } }, steps };
}

function plusPlus(): Use {
  const values = clusteredRows("float32", n, 4);
  const closest = () => new Float64Array(n).fill(1e6);
  return {
    operation: "MixtapePlusPlus",
    attrs: { x: { values, shape: [n, d] } },
    steps: [
      (session) => session.candidates(Uint32Array.of(5, 6, 7), closest()),
      (session) => {
        const lowered = closest();
        session.accept(6, lowered);
        return lowered;
      },
    ],
  };
}

function mixture(): Use {
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
  const steps = [0, 0.01, 0.02].map((shift) => {
    return (session: { step(terms: object, options: object): unknown }) => {
      const { means } = terms(shift);
      return session.step(terms(shift), { about: means, careful: false });
    };
  });
  const attrs = { values, rows: n, columns, shape: { block: "matrix", shared: false } };
  return { operation: "MixtapeMixture", attrs, steps };
}

function neighbors(): Use {
  const points = Float32Array.from({ length: 96 }, (_, i) => 0.1 * Math.sin(i * i));
  const pointFactor = new Float32Array(48 * 4);
  for (let i = 0; i < 48; i++) {
    const [a, b] = points.subarray(2 * i, 2 * i + 2);
    pointFactor.set([a, b, 0, -(a * a + b * b) / 2], 4 * i);
  }
  const sizes = { dimensions: 2, k: 3, width: 4, group: 4, groups: 12, doubt: 1e-5 };
  return {
    operation: "MixtapeNeighbors",
    attrs: { points, pointFactor, ...sizes },
    steps: [
      (session) =>
        session.kthDistances(Float64Array.of(0.1, 0.05), Float32Array.of(0.1, 0.05, 0, 1)),
    ],
  };
}

/** A step that fails leaves weights that nobody asked for, so only its first call is repeated. */
function dense(): Use {
  const x = { values: clusteredRows("sparse bytes", 200, 5), shape: [200, d] };
  const wave = (length: number) => Float32Array.from({ length }, (_, i) => 0.3 * Math.sin(i));
  const layers = [{ units: 8, activation: "relu" }, { units: 3, activation: "linear" }];
  const options = { inputScale: 1 / 255, learningRate: 0.01, beta1: 0.9, beta2: 0.999 };
  return {
    operation: "MixtapeDense",
    attrs: {
      x,
      labels: Int32Array.from({ length: 200 }, (_, i) => i % 3),
      layers,
      weights: [wave(8 * d), wave(8), wave(24), wave(3)],
      options: { ...options, epsilon: 1e-8, weightDecay: 0, labelSmoothing: 0 },
    },
    steps: [trainBatch],
  };
}

// deno-lint-ignore no-explicit-any -- a session as of a use
const trainBatch = (session: any) =>
  session.trainBatch(Uint32Array.from({ length: 150 }, (_, i) => i));

/** A training of several steps, and the weights after them. */
export function training(): Use {
  return {
    ...dense(),
    steps: [trainBatch, trainBatch, trainBatch, (session) => session.weights()],
  };
}

/** One use of each. */
export const uses: readonly Use[] = [
  lloyd("float32"),
  lloyd("sparse bytes"),
  plusPlus(),
  mixture(),
  neighbors(),
  dense(),
];

/** Opens the session of a use. */
export function openUse(runtime: SimdRuntime, { operation, attrs }: Use): Disposable {
  const { kernelFunc } = simdKernels.find(({ kernelName }) => kernelName === operation)!;
  return kernelFunc({ inputs: {}, attrs, backend: { runtime } as SimdBackend }) as Disposable;
}
