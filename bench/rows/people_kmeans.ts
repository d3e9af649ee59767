import type { Row } from "../core/row.ts";
import type { Inputs } from "../inputs.ts";
import { ourEntries } from "./our_entries.ts";

/** A work of a fitted k-means on blobs in float32, the same file for both sides. */
interface Work {
  readonly id: string;
  readonly title: string;
  readonly work: string;
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly atLeast: number;
}

const works: readonly Work[] = [
  {
    ...{ id: "people-predict", title: "predict of k-means, few columns", work: "k-means-predict" },
    ...{ rows: 1_000_000, columns: 3, clusters: 16, atLeast: 1.5 },
  },
  {
    ...{ id: "people-transform", title: "transform of k-means", work: "k-means-transform" },
    ...{ rows: 100_000, columns: 32, clusters: 128, atLeast: 1.2 },
  },
];

/** Rows on what people do with a fitted k-means. */
export const peopleKMeansRows: readonly Row[] = works.map((work) => ({
  id: work.id,
  title: work.title,
  plan: (inputs) => plan(inputs, work),
}));

async function plan(inputs: Inputs, { work, rows, columns, clusters, atLeast }: Work) {
  const n = inputs.size(rows, rows / 100);
  const { x, start } = await inputs.blobs(n, columns, clusters);
  const args = { x, start };
  return {
    size: `${n} × ${columns}, K = ${clusters}, float32`,
    entries: [
      ...ourEntries(work, args),
      { id: "scikit-learn", peer: "scikit-learn", work, variants: [{ label: "", args }] },
    ],
    bars: [{ against: ["scikit-learn"], atLeast }],
  };
}
