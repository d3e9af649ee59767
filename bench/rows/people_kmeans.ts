import { random } from "@mixtape/tensor-utils";
import type { Row } from "../core/row.ts";
import type { Inputs } from "../inputs.ts";
import { directions } from "../inputs/directions.ts";
import { firstRows } from "./first_rows.ts";
import { ourEntries } from "./our_entries.ts";

/** Data of a work: blobs, rows of length 1 in all directions, or numbers that are normally distributed. */
type Kind = "blobs" | "directions" | "noise";

/** A work on data in float32, the same file for both sides, with their first rows as the start. */
interface Work {
  readonly id: string;
  readonly title: string;
  readonly work: string;
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly atLeast: number;
  /** Blobs unless given. */
  readonly kind?: Kind;
  /** Number of iterations of a fit. */
  readonly iterations?: number;
  /** Number of starts by k-means++, each side with its own random numbers. */
  readonly restarts?: number;
  /** The profile, and the bound in the way. */
  readonly bound?: string;
}

/** The bound of all products: on one thread, at 2.8 GHz. */
const width =
  "128-bit vectors allow 45 GFLOP/s per thread, of which these products reach 34; those " +
  "of scikit-learn reach 65 at 256 bits, and more than 150 at 512.";

const fit = { work: "k-means" };
const starts = { work: "k-means-starts" };

const works: readonly Work[] = [
  {
    ...{ ...fit, id: "people-kmeans-3", title: "k-means, three columns" },
    ...{ rows: 1_000_000, columns: 3, clusters: 16, iterations: 30, atLeast: 3 },
    bound:
      "On one thread, 88% assignments, each of which looks at bounds and labels of all rows, over memory. The " +
      "caller alone copies rows in and labels out, 10 ms.",
  },
  {
    ...{ ...fit, id: "people-kmeans-2", title: "k-means, two columns" },
    ...{ rows: 1_000_000, columns: 2, clusters: 8, iterations: 30, atLeast: 3 },
    bound:
      "On one thread, 83% assignments, each of which looks at bounds and labels of all rows, over memory. The " +
      "caller alone copies rows in and labels out, 7 ms.",
  },
  {
    ...{ ...fit, id: "people-kmeans-128", title: "k-means, 128 clusters" },
    ...{ rows: 100_000, columns: 32, clusters: 128, iterations: 20, atLeast: 2 },
    bound:
      "On one thread, 65% products, ranked in registers, 3% products of rows that are too few for that, 6% rows " +
      "that are packed, 6% labels and their bounds, which threads take in sixteen parts. The caller alone copies " +
      "and checks the rows, 5%, and fills clusters without rows, 1%.",
  },
  {
    ...{ ...fit, id: "people-kmeans-1000", title: "k-means, 1000 clusters" },
    ...{ rows: 100_000, columns: 96, clusters: 1000, iterations: 10, atLeast: 1 },
    bound:
      "On one thread, 94% assigns rows, which threads take in sixteen parts: 40% of that products of 8-bit " +
      "integers, 20% bounds from them, 24% products of rows and the groups that these leave. On two, neither " +
      "waits for the other, but they take a sixth more processor time.",
  },
  {
    ...{ ...fit, id: "people-kmeans-1000-converged", title: "k-means, 1000 clusters, to its end" },
    ...{ rows: 100_000, columns: 96, clusters: 1000, iterations: 1000, atLeast: 2 },
    bound:
      "38% of the time products of 8-bit integers, 26% bounds of groups from them, 11% products of rows " +
      "and the groups that these leave: the fit has few iterations, and the first needs bounds of all " +
      "products.",
  },
  {
    ...{ ...fit, id: "people-kmeans-unit", title: "k-means, rows of length 1", kind: "directions" },
    ...{ rows: 20_000, columns: 512, clusters: 100, iterations: 30, atLeast: 1.5 },
    bound:
      "On one thread, 45% products of 8-bit integers of rows and centroids, or the moves of these, 16 multiply-adds per " +
      "instruction, of which a core does two per cycle; 12% bounds from them, 12% float32 products with the " +
      "centroids that these leave. A row that joins a cluster moves its centroid by as much as most rows " +
      "lead by, and in half of the iterations nearly all centroids move.",
  },
  {
    ...{ ...fit, id: "people-kmeans-noise", title: "k-means, noise", kind: "noise" },
    ...{ rows: 100_000, columns: 16, clusters: 32, iterations: 100, atLeast: 3 },
    bound:
      "On one thread, 51% products, ranked in registers, 10% rows that are packed for them, 15% labels " +
      "and Hamerly's bounds, 6% a look at all bounds. A bound for each centroid took longer: at 16 " +
      "columns, its memory costs more than the products. Bounds leave 40 of 100 rows per iteration; the " +
      "distance to the own centroid first, of 51, would leave 31, for no less time; bounds of differences of " +
      "drifts would leave 36. " + width,
  },
  {
    ...{ ...starts, id: "people-kmeans-small", title: "k-means and its start, few rows" },
    ...{ rows: 10_000, columns: 2, clusters: 3, restarts: 1, atLeast: 2 },
    bound:
      "Two fifths are the kernels: k-means++ and the iterations, on one thread, as neither is worth a second. Most of " +
      "the rest is JavaScript that is called a few times per fit, in the first thirty calls of a process, in which the " +
      "engine has compiled little of it.",
  },
  {
    ...{ ...starts, id: "people-kmeans-smaller", title: "k-means and its start, fewer rows" },
    ...{ rows: 1000, columns: 10, clusters: 5, restarts: 1, atLeast: 3 },
    bound:
      "In the first thirty calls of a process, a third are the kernels: k-means++ and the iterations, on one thread, as " +
      "neither is worth a second. Most of the rest are some hundred functions in JavaScript that are called a few times " +
      "per fit, which the engine has not compiled yet; the largest share, a twelfth, makes room for 56 small arrays.",
  },
  {
    ...{ ...starts, id: "people-kmeans-restarts", title: "k-means, ten starts" },
    ...{ rows: 10_000, columns: 2, clusters: 8, restarts: 10, atLeast: 2 },
    bound:
      "Threads take the runs, each with its start by k-means++, which is a quarter of the time on one thread, one " +
      "at a time: at the end, one of two may wait for the other's last run, of ten.",
  },
  {
    ...{ id: "people-predict", title: "predict of k-means, few columns", work: "k-means-predict" },
    ...{ rows: 1_000_000, columns: 3, clusters: 16, atLeast: 1.5 },
    bound:
      "On one thread, 65% the kernel. The caller alone copies rows in and labels out, 10%, while the other " +
      "thread computes, and looks for rows without a label, 4%.",
  },
  {
    ...{ id: "people-transform", title: "transform of k-means", work: "k-means-transform" },
    ...{ rows: 100_000, columns: 32, clusters: 128, atLeast: 1.2 },
    bound:
      "On one thread, 67% products in float64, two lanes at a time, with their square roots and checks, 5% " +
      "rows that are centred. 28% brings distances into the result, most of it page faults of its 51 MB: " +
      "the caller does that alone, while the other thread measures.",
  },
];

/** Rows on k-means as people use it. */
export const peopleKMeansRows: readonly Row[] = works.map((work) => ({
  id: work.id,
  title: work.title,
  bound: work.bound,
  plan: (inputs) => plan(inputs, work),
}));

async function plan(
  inputs: Inputs,
  { work, rows, columns, clusters, atLeast, iterations, restarts, kind = "blobs" }: Work,
) {
  const n = inputs.size(rows, Math.max(rows / 100, 2 * clusters));
  const { x, start } = await data(inputs, kind, n, columns, clusters);
  const args = restarts
    ? { x, clusters, restarts }
    : iterations
    ? { x, start, iterations }
    : { x, start };
  return {
    size: `${n} × ${columns}, K = ${clusters}, float32` +
      (iterations ? `, at most ${iterations} iterations` : ""),
    entries: [
      ...ourEntries(work, args),
      { id: "scikit-learn", peer: "scikit-learn", work, variants: [{ label: "", args }] },
    ],
    bars: [{ against: ["scikit-learn"], atLeast }],
  };
}

/** Writes data and their first rows. */
async function data(inputs: Inputs, kind: Kind, n: number, d: number, k: number) {
  if (kind === "blobs") return await inputs.blobs(n, d, k);
  const x = kind === "directions" ? await directions(inputs, n, d, 0) : await noise(inputs, n, d);
  return { x, start: await firstRows(inputs, x, k) };
}

async function noise(inputs: Inputs, n: number, d: number): Promise<string> {
  const source = random(0);
  const values = Float32Array.from({ length: n * d }, () => source.normal());
  return await inputs.write(`noise-${n}-${d}.npy`, { values, shape: [n, d] });
}
