import type { Row } from "../core/row.ts";
import type { Inputs } from "../inputs.ts";
import { ourEntries } from "./our_entries.ts";

/** A size of data, and the least ratios to reach: per step of the same number, and by each one's own rule. */
interface Work {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly perStep: number;
  readonly byRule: number;
  /** The profile of as many steps for both, and the bound in the way. */
  readonly bound: string;
  /** The same of fits from their own starts. */
  readonly boundOfStarts: string;
}

const works: readonly Work[] = [
  {
    ...{ rows: 100_000, columns: 96, clusters: 100, perStep: 1.5, byRule: 1 },
    bound:
      "Of the caller's work on two threads, waits apart, 25% are guesses and distances in float64, 20% products of " +
      "8-bit integers and what they take, 19% rows of batches, fetched from memory or from the other core, their " +
      "sums and the place of centroids, 16% copies, checks and descriptions of all rows, 10% what the host does per " +
      "step, draws among it. A step takes half a millisecond, and needs the centroids of the last one.",
    boundOfStarts:
      "Of the caller's work on two threads in a fit of one pass, waits apart, 43% are the choice of three starts and " +
      "their refinement on a sample, over half of it distances to candidates, which 8-bit integers bound first; 30% " +
      "labels of batches and of all rows, 12% copies, checks and descriptions of all rows, 8% what the host does per " +
      "step, 6% sums of batches and the place of centroids. A step takes half a millisecond, and needs the centroids " +
      "of the last one.",
  },
  {
    ...{ rows: 1_000_000, columns: 3, clusters: 16, perStep: 3, byRule: 1 / 3 },
    bound:
      "On two threads, 30% of the caller's work are draws, and 20% copies of the rows drawn, from all over memory; " +
      "meanwhile, the other thread makes the steps before, eight at a time, which takes about as long. The rest are " +
      "steps of its own and labels of all rows (27%), what the host does per step (10%), and copies and checks of " +
      "all rows (8%). A step takes 20 microseconds of one thread, and needs the centroids of the last one.",
    boundOfStarts:
      "On two threads in a fit of one pass, 28% of the caller's work are scores, labels of all rows and the sum of " +
      "their distances, 23% draws, 12% copies of the rows drawn, from all over memory, 9% copies and checks of all " +
      "rows, 8% what the host does per step, 5% the starts; meanwhile, the other thread makes the steps before, " +
      "eight at a time. Starts, draws and checks are the caller's alone, and a step needs the centroids of the last " +
      "one.",
  },
];

/** Share of Lloyd's inertia that mini-batches are to end within. */
const near = 1.01;

/**
 * Mini-batch k-means: as many steps for both sides, as many as each one's rule takes, with its starts, and as many
 * passes as take it near the inertia of Lloyd's algorithm.
 */
export const peopleMiniBatchRows: readonly Row[] = works.flatMap((work) => [
  row(work, "steps", "as many steps for both", work.perStep),
  row(work, "rule", "from its own starts by its own rule", work.byRule),
  row(work, "near", "from its own starts to within 1% of Lloyd's inertia", work.perStep),
]);

function row(
  { rows, columns, clusters, bound, boundOfStarts }: Work,
  kind: "steps" | "rule" | "near",
  title: string,
  atLeast: number,
): Row {
  return {
    id: `people-mini-batch-${kind}-${rows}x${columns}`,
    title: `mini-batch k-means, ${title}`,
    bound: kind === "steps" ? bound : boundOfStarts,
    plan: async (inputs: Inputs) => {
      const n = inputs.size(rows, Math.max(rows / 100, 20 * clusters));
      const { x, start } = await inputs.blobs(n, columns, clusters);
      const args = kind === "steps"
        ? { x, start, passes: 2, seeds: 11 }
        : kind === "rule"
        ? { x, clusters }
        : { x, clusters, inertia: near * await lloydInertia(inputs, x, clusters) };
      const work = `mini-batch-${kind}`;
      return {
        size: `${n} × ${columns}, K = ${clusters}, batches of 1024, float32`,
        entries: [
          ...ourEntries(work, args),
          { id: "scikit-learn", peer: "scikit-learn", work, variants: [{ label: "", args }] },
        ],
        bars: [{ against: ["scikit-learn"], atLeast }],
        // Draws differ: the inertia is for the reader to compare.
        qualities: [{
          name: kind === "steps" ? "median inertia of 11 seeds" : "inertia",
          value: ({ details }) => details?.value,
        }],
      };
    },
  };
}

/** The lowest inertia of three runs of Lloyd's algorithm, from starts by k-means++. */
async function lloydInertia(inputs: Inputs, x: string, clusters: number): Promise<number> {
  const { details } = await inputs.prepare("k-means-starts", { x, clusters, restarts: 3 });
  return details!.value;
}
