import type { Row } from "../core/row.ts";
import { firstRows } from "./first_rows.ts";
import { inertiaOf } from "./inertia_of.ts";
import { ourEntries } from "./our_entries.ts";

const iterations = 10;
const npmPeers = ["tfjs-wasm", "tfjs-cpu", "ml-kmeans", "skmeans", "thing-k-means"];

/** Ten iterations of k-means beside libraries on npm, which would take minutes to converge. */
export const kMeansNpmRow: Row = {
  id: "kmeans-npm",
  title: "k-means on npm, MNIST",
  plan: async (inputs) => {
    const { x } = await inputs.images("mnist");
    const start = await firstRows(inputs, x, 10);
    const args = { x, start, iterations };
    return {
      size: `${inputs.size(60000, 6000)} × 784, K = 10, ${iterations} iterations`,
      entries: [
        ...ourEntries("k-means", args),
        ...npmPeers.map((peer) => ({
          id: peer,
          peer,
          work: "k-means",
          variants: [{ label: "", args }],
        })),
      ],
      bars: [],
      qualities: [inertiaOf(x, 1e-6)],
    };
  },
};
