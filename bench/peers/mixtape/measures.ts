import {
  adjustedMutualInformation,
  adjustedRandIndex,
  contingencyTable,
  normalizedMutualInformation,
  silhouette,
} from "@mixtape/clustering";
import { auprIn, auroc, bootstrapSeparation, nearestNeighbors, type Scores } from "@mixtape/ood";
import type { Measurement } from "../../core/measurement.ts";
import { readArray, readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

const pairs = {
  "adjusted mutual information": adjustedMutualInformation,
  "adjusted Rand index": adjustedRandIndex,
  "normalized mutual information": normalizedMutualInformation,
  "contingency table": (classes: ArrayLike<number>, labels: ArrayLike<number>) =>
    contingencyTable(classes, labels).cells.counts.reduce((sum, count) => sum + count ** 2, 0),
  "AUROC": auroc,
  "average precision": auprIn,
};

/** The arguments of a measure of two arrays. */
export interface PairArguments {
  /** Name of the measure. */
  readonly measure: keyof typeof pairs;
  /** File of the classes, or of the in-distribution scores. */
  readonly first: string;
  /** File of the labels, or of the OOD scores. */
  readonly second: string;
}

/** Measures two arrays of labels or of scores. */
export async function pairMeasure(args: PairArguments): Promise<Measurement> {
  const [first, second] = [readArray(args.first).values, readArray(args.second).values];
  const { result, seconds } = await timed(() => pairs[args.measure](first, second));
  return { seconds, details: { value: result } };
}

/** Measures the bootstrap of all measures of separation; reports the standard error of the AUROC. */
export async function bootstraps(
  { inside, outside, resamples }: {
    readonly inside: string;
    readonly outside: string;
    readonly resamples: number;
  },
): Promise<Measurement> {
  const [id, ood] = [inside, outside].map((path) => readArray(path).values as Scores);
  const { result, seconds } = await timed(() => bootstrapSeparation(id, ood, { resamples }));
  return { seconds, details: { value: result.auroc.standardError } };
}

/** Measures the silhouette of all rows. */
export async function silhouetteOfAll(
  { x, labels }: { readonly x: string; readonly labels: string },
): Promise<Measurement> {
  const rows = readMatrix(x);
  const clusters = readArray(labels).values;
  const { result, seconds } = await timed(() =>
    silhouette(rows, clusters, { maxRows: rows.shape[0] })
  );
  return { seconds, details: { value: result.mean } };
}

/** The arguments of a search for neighbours. */
export interface NeighborArguments {
  /** File of the rows to search. */
  readonly x: string;
  /** File of the rows whose neighbours are searched. */
  readonly queries: string;
  /** Rank of the neighbour. */
  readonly k: number;
}

/** Measures the sum of the distances to the k-th nearest row. */
export async function neighbors({ x, queries, k }: NeighborArguments): Promise<Measurement> {
  const evidence = (path: string) => {
    const rows = readMatrix(path);
    const n = rows.shape[0];
    const logits = { values: new Float32Array(n), shape: [n, 1] as const };
    return { logits, activations: [rows], labels: new Int32Array(n) };
  };
  using detector = await nearestNeighbors(evidence(x), { k });
  const asked = evidence(queries);
  const { result, seconds } = await timed(() => detector.score(asked));
  return { seconds, details: { value: -result.reduce((sum, score) => sum + score, 0) } };
}
