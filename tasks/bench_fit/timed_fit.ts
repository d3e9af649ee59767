import { kMeans } from "@mixtape/clustering";
import { gaussianMixture } from "@mixtape/mixture";
import { random, type RowSource } from "@mixtape/tensor-utils";
import type { SimulatedFit } from "../../queue/simulate_jobs.ts";
import type { RedisServer } from "../../queue/testing/redis_server.ts";

/** Kind of a model. */
export type Kind = SimulatedFit["kind"];

/** Fits to measure: the folder in which their rows lie, the sizes, and the server of the workers. */
export interface Bench {
  readonly folder: string;
  readonly shape: readonly [rows: number, columns: number];
  readonly components: Readonly<Record<Kind, number>>;
  readonly iterations: number;
  readonly server: RedisServer;
  readonly signal: AbortSignal;
}

/** Rows about some centres. */
export function rowsOf(
  [n, d]: readonly [rows: number, columns: number],
): { values: Float32Array; shape: number[] } {
  const source = random(1);
  const values = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const own = source.integer(16);
    for (let p = 0; p < d; p++) values[i * d + p] = (own * (p + 1)) % 16 + 4 * source.next();
  }
  return { values, shape: [n, d] };
}

/** Returns the median of the spans between times. */
export function middleSpan(ends: readonly number[]): number {
  return median(ends.slice(1).map((end, i) => end - ends[i]));
}

/** Returns the middle of some numbers, the higher one of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Fits from a start that is the same for all rows and machines. */
export async function fitTo(
  rows: RowSource,
  kind: Kind,
  { shape: [, d], components, iterations, signal }: Bench,
  onIteration: () => void,
): Promise<void> {
  const shared = { maxIterations: iterations, tolerance: 0, signal, onIteration };
  const k = components[kind];
  const source = random(2);
  const values = Float64Array.from({ length: k * d }, () => 16 * source.next());
  const means = { values, shape: [k, d] as const };
  if (kind === "k-means") {
    using _ = await kMeans(rows, { clusters: k, init: means, ...shared });
    return;
  }
  const covariances = new Float64Array(k * d * d);
  for (let c = 0; c < k; c++) {
    for (let p = 0; p < d; p++) covariances[(c * d + p) * d + p] = 25;
  }
  const init = {
    ...{ weights: new Float64Array(k).fill(1 / k), means, covariance: "full" as const },
    covariances: { values: covariances, shape: [k, d, d] as const },
  };
  using _ = await gaussianMixture(rows, { components: k, init, ...shared });
}
