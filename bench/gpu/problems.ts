import {
  type HostMatrix,
  nearest,
  openLloyd,
  openMixture,
  openNeighbors,
  openPlusPlus,
} from "@mixtape/tensor-utils";
import { MixtureComposition } from "./mixture_composition.ts";
import { networkProblems } from "./network_problems.ts";

/** A problem on a backend: takes the steps of a run. */
export type Opened = Disposable & { readonly run: () => Promise<void> };

/** A problem that is solved on one backend after the other. */
export interface Problem {
  readonly operation: string;
  readonly problem: string;
  /** Number of steps of a run. */
  readonly steps: number;
  /** Prepares the problem on the backend in use; the function that it returns takes the steps. */
  readonly open: () => Opened | Promise<Opened>;
  /**
   * Prepares one step by stock operations of TensorFlow.js, where the reference of the operation
   * is no composition of those.
   */
  readonly compose?: () => Opened;
}

/**
 * Returns a problem for each kernel, or several that its kinds differ in.
 *
 * @param quick True for small problems.
 */
export function problemsOf(quick: boolean): Problem[] {
  const scale = quick ? 20 : 1;
  const images = digits(60_000 / scale, 784);
  const numbers: HostMatrix = {
    ...images,
    values: Float32Array.from(images.values, (v) => v / 255),
  };
  const narrow = cloud(1_000_000 / scale, 4);
  const weights = Float64Array.from({ length: narrow.shape[0] }, (_, i) => 1 / (1 + i % 7));
  const many = cloud(60_000 / scale, 64);
  return [
    lloyd("bytes", images, 10),
    lloyd("float32", numbers, 10),
    lloyd("float32", narrow, 16),
    lloyd("float32, weights", narrow, 16, weights),
    lloyd("float32", many, quick ? 100 : 1000),
    mixture("full", cloud(60_000 / scale, 25), 20),
    mixture("spherical", cloud(1_700_000 / scale, 25), 10),
    plusPlus("bytes", images),
    plusPlus("float32", numbers),
    {
      ...{ operation: "MixtapeNearest", problem: sizes("float32", many, 100), steps: 1 },
      open: () => ({
        run: async () => void await nearest(many, startOf(many, 100), 100),
        [Symbol.dispose]: () => {},
      }),
    },
    neighbors(many, quick ? 100 : 10_000),
    ...networkProblems("bytes", images, sourceOf(3)),
    ...networkProblems("float32", numbers, sourceOf(3)),
  ];
}

/** Sixteen steps of Lloyd's algorithm from the first rows. */
function lloyd(kind: string, x: HostMatrix, k: number, weights?: Float64Array): Problem {
  const steps = 16;
  const open = () => {
    const session = openLloyd(x, weights);
    const run = async () => {
      session.reset();
      let centroids = startOf(x, k);
      for (let step = 0; step < steps; step++) {
        const { sums, counts } = await session.step(centroids);
        centroids = centroids.map((value, at) => {
          const count = counts[Math.floor(at / x.shape[1])];
          return count > 0 ? sums[at] / count : value;
        });
      }
    };
    return { run, [Symbol.dispose]: () => session[Symbol.dispose]() };
  };
  return { operation: "MixtapeLloyd", problem: sizes(kind, x, k), steps, open };
}

/** Eight rounds of k-means++ with four candidates each. */
function plusPlus(kind: string, x: HostMatrix): Problem {
  const steps = 8;
  const [n] = x.shape;
  const open = () => {
    const session = openPlusPlus(x);
    const run = async () => {
      const closest = new Float64Array(n).fill(Infinity);
      await session.accept(0, closest);
      for (let round = 1; round <= steps; round++) {
        const rows = Uint32Array.from({ length: 4 }, (_, c) => (round * 7919 + c * 104729) % n);
        await session.candidates(rows, closest);
        await session.accept(rows[0], closest);
      }
    };
    return { run, [Symbol.dispose]: () => session[Symbol.dispose]() };
  };
  return { operation: "MixtapePlusPlus", problem: sizes(kind, x, 4), steps, open };
}

/** Four steps of expectation-maximisation, each from the same components, whose centres are rows. */
function mixture(covariance: "full" | "spherical", x: HostMatrix, k: number): Problem {
  const steps = 4;
  const d = x.shape[1];
  const block = covariance === "full" ? d * d : 1;
  const factors = {
    k,
    logWeights: new Float64Array(k).fill(-Math.log(k)),
    means: startOf(x, k),
    // Inverse standard deviations of the data, of all components.
    precisionFactors: Float64Array.from(
      { length: k * block },
      (_, at) => at % block % (d + 1) === 0 ? Math.sqrt(12) : 0,
    ),
  };
  const open = () => {
    const session = openMixture(x, covariance);
    const run = async () => {
      for (let step = 0; step < steps; step++) await session.step(factors);
    };
    return { run, [Symbol.dispose]: () => session[Symbol.dispose]() };
  };
  const compose = () => {
    const composition = new MixtureComposition(x, covariance, factors);
    const run = async () => void await composition.step();
    return { run, [Symbol.dispose]: () => composition[Symbol.dispose]() };
  };
  const [n] = x.shape;
  const problem = `${n} × ${d}, ${covariance}, ${k} components`;
  return { operation: "MixtapeMixture", problem, steps, open, compose };
}

/** The distances of some of the rows to their tenth nearest among all. */
function neighbors({ values, shape: [n, d] }: HostMatrix, rows: number): Problem {
  const points = Float32Array.from(values, (value) => value / Math.sqrt(d));
  const queries = Float64Array.from(points.subarray(0, rows * d));
  const open = async () => {
    const search = await openNeighbors(points, d, 10);
    const run = async () => void await search.kthDistances(queries, rows);
    return { run, [Symbol.dispose]: () => search[Symbol.dispose]() };
  };
  const problem = `${n} × ${d}, float32, ${rows} queries`;
  return { operation: "MixtapeNeighbors", problem, steps: 1, open };
}

function sizes(kind: string, { shape: [n, d] }: HostMatrix, k: number): string {
  return `${n} × ${d}, ${kind}, ${k} points`;
}

function startOf({ values, shape: [, d] }: HostMatrix, k: number): Float64Array {
  return Float64Array.from(values.subarray(0, k * d));
}

/** Bytes of which four in five are 0, as in images of digits: blurred copies of ten patterns. */
function digits(n: number, d: number): HostMatrix & { readonly values: Uint8Array } {
  const next = sourceOf(1);
  const patterns = Float64Array.from({ length: 10 * d }, () => Math.max(0, next() - 0.75) * 1000);
  const values = new Uint8Array(n * d);
  for (let i = 0; i < n; i++) {
    const first = Math.floor(10 * next()) * d;
    for (let p = 0; p < d; p++) {
      const value = patterns[first + p];
      if (value > 0) values[i * d + p] = Math.min(255, value * (0.5 + next()));
    }
  }
  return { values, shape: [n, d] };
}

/** Points without structure, so that Lloyd's algorithm goes on. */
function cloud(n: number, d: number): HostMatrix & { readonly values: Float32Array } {
  const next = sourceOf(2);
  return { values: Float32Array.from({ length: n * d }, () => next() - 0.5), shape: [n, d] };
}

function sourceOf(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
