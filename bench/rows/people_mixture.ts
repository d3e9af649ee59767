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
  {
    ...{ covariance: "full", rows: 5000, columns: 200, components: 5, atLeast: 2 },
    bound:
      "On one thread, 88% of the time are kernels: whitening 39%, moments 28%, other parts of the passes 11%, " +
      "inverses of Cholesky factors 8%, products 1%. Of the host's 12%, copies of matrices are 2%; the rest are " +
      "the M-step and bounds, for one component after the other. Ten chunks of rows are shared: of 512 rows, the " +
      "last one of 392, which threads wait for.",
  },
  {
    ...{ covariance: "full", rows: 1_000_000, columns: 2, components: 8, atLeast: 8 },
    bound:
      "On one thread, 87% of the time are the kernels of the passes: exponentials and logarithms 56%, moments " +
      "15%, whitening 12%. On two, the caller alone copies x and eight million responsibilities, 6%, while the other " +
      "checks what is there, looks whether those of each row sum to 1, 3%, and takes column means, 1%.",
  },
  {
    ...{ covariance: "full", rows: 60_000, columns: 50, components: 10, atLeast: 7 },
    bound:
      "On one thread, 92% of the time are kernels: whitening 50%, moments 29%. The host's 8% " +
      "are the check and the copy of x and of responsibilities, and bounds for ten matrices per iteration.",
  },
  {
    ...{ covariance: "full", rows: 10_000, columns: 2, components: 8, atLeast: 5.5 },
    bound:
      "On one thread, 62% of some 8 ms are kernels, half a millisecond per pass, most of it exponentials " +
      "and logarithms; the host's 3 ms are checks, copies, and the algebra of eight matrices per " +
      "iteration. So two threads give at most 1.45×.",
  },
  {
    ...{ covariance: "full", rows: 150, columns: 4, components: 3, atLeast: 3.6 },
    bound:
      "In the first thirty calls of a process, a tenth are kernels: the rest is the host's algebra of three matrices per " +
      "iteration, in JavaScript of which the engine has compiled little, no part of it above a tenth.",
  },
  {
    ...{ covariance: "diag", rows: 60_000, columns: 50, components: 10, atLeast: 3 },
    bound:
      "On one thread, 76% of the time are kernels, of one pass over the rows per iteration: lengths in " +
      "float64 22%, moments 14%, exponentials 11%, lengths in float32 7%. The host's 24% are checks, copies and " +
      "column means, once per fit.",
  },
  {
    ...{ covariance: "diag", rows: 10_000, columns: 784, components: 10, atLeast: 2 },
    bound:
      "On one thread, 65% of the time are kernels: lengths in float64 27%, moments 26%, lengths in float32 6%. The " +
      "host copies the data, 10%, checks them, 4%, and takes column means, 6%, once per fit; the rest is garbage and " +
      "what is packed per iteration. On two threads, the other checks while the caller copies.",
  },
  {
    ...{ covariance: "spherical", rows: 60_000, columns: 50, components: 10, atLeast: 3 },
    bound:
      "On one thread, 65% of the time are kernels: lengths in float64 22%, moments 13%, exponentials 11%. " +
      "The host's 35% are checks, copies and column means, once per fit, and garbage.",
  },
  {
    ...{ covariance: "tied", rows: 60_000, columns: 50, components: 10, atLeast: 5 },
    bound:
      "On one thread, 89% of the time are kernels: whitening 56%, moments 25%. The host's 11% are " +
      "checks, copies and column means, once per fit.",
  },
];

const scores: Work = {
  covariance: "full",
  rows: 1_000_000,
  columns: 2,
  components: 8,
  atLeast: 4,
  bound:
    "All rows are read once. On one thread, 80% of the time are the kernel, most of it exponentials and " +
    "logarithms; copies of the data are 9%, that of the densities 6%, the check of the data 3%. On two, the caller " +
    "alone copies the data, while the other checks them; densities are copied while threads compute the next.",
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
