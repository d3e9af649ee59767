import { kMeans } from "@mixtape/clustering";
import type { Row } from "../core/row.ts";
import type { Inputs } from "../inputs.ts";
import { readMatrix } from "../peers/read_array.ts";
import { ourEntries } from "./our_entries.ts";

/** A mixture of one shape on blobs in float32, the same file for both sides. */
interface Work {
  readonly covariance: "full" | "tied" | "diag" | "spherical";
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly atLeast: number;
  /** The profile, and the bound in the way. */
  readonly bound?: string;
}

const fits: readonly Work[] = [
  { covariance: "full", rows: 5000, columns: 200, components: 5, atLeast: 2 },
  { covariance: "full", rows: 1_000_000, columns: 2, components: 8, atLeast: 8 },
  { covariance: "full", rows: 60_000, columns: 50, components: 10, atLeast: 7 },
  { covariance: "full", rows: 10_000, columns: 2, components: 8, atLeast: 5.5 },
  { covariance: "full", rows: 150, columns: 4, components: 3, atLeast: 3.6 },
  {
    ...{ covariance: "diag", rows: 60_000, columns: 50, components: 10, atLeast: 3 },
    bound:
      "On one thread, 124 of 144 ms are the kernel, of one pass over the rows per iteration; 19 ms were " +
      "the host's, of which the check and the copy, half of it, are now done by threads or once.",
  },
  { covariance: "diag", rows: 10_000, columns: 784, components: 10, atLeast: 2 },
  { covariance: "spherical", rows: 60_000, columns: 50, components: 10, atLeast: 3 },
  { covariance: "tied", rows: 60_000, columns: 50, components: 10, atLeast: 5 },
];

const scores: Work = {
  covariance: "full",
  rows: 1_000_000,
  columns: 2,
  components: 8,
  atLeast: 4,
};

/** Mixtures of the sizes that people have: ten iterations from given responsibilities, and log-densities. */
export const peopleMixtureRows: readonly Row[] = [
  ...fits.map((work) => row(work, "fit", { iterations: 10 })),
  row(scores, "scores", {}),
];

function row(
  { covariance, rows, columns, components, atLeast, bound }: Work,
  what: "fit" | "scores",
  more: { readonly iterations?: number },
): Row {
  return {
    id: `people-mixture-${what}-${covariance}-${rows}x${columns}`,
    title: what === "fit" ? "Gaussian mixture, ten iterations" : "log-density under a mixture",
    bound,
    plan: async (inputs) => {
      const n = inputs.size(rows, Math.min(rows, 1000));
      const data = await nearBlobs(inputs, n, columns, components);
      const args = { ...data, components, covariance, ...more };
      const variants = [{ label: "", args }];
      const work = `mixture-${what}`;
      return {
        size: `${n} × ${columns}, K = ${components}, ${covariance}, float32`,
        entries: [
          ...ourEntries(work, args),
          { id: "scikit-learn", peer: "scikit-learn", work, variants },
        ],
        bars: [{ against: ["scikit-learn"], atLeast }],
        qualities: [{
          name: "mean log-likelihood",
          tolerance: 1e-4,
          value: ({ meanLogLikelihood }) => meanLogLikelihood,
        }],
      };
    },
  };
}

/** Writes blobs, and for each row the nearest of the first rows: a start that EM has to improve. */
async function nearBlobs(inputs: Inputs, n: number, d: number, k: number) {
  const { x, start } = await inputs.blobs(n, d, k);
  using nearest = await kMeans(readMatrix(x), {
    clusters: k,
    init: readMatrix(start),
    maxIterations: 1,
  });
  const values = Int32Array.from(nearest.labels);
  const labels = await inputs.write(`blobs-${n}-${d}-${k}-labels.npy`, { values, shape: [n] });
  return { x, labels };
}
