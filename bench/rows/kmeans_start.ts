import type { Row } from "../core/row.ts";
import { inertiaOf } from "./inertia_of.ts";
import { ourEntries } from "./our_entries.ts";

const clusters = 10;

/** k-means++ alone; every run has its own seed, and each peer its own random numbers. */
export const kMeansStartRow: Row = {
  id: "kmeans-start",
  title: "k-means++ start, MNIST",
  plan: async (inputs) => {
    const { x } = await inputs.images("mnist");
    const args = { x, clusters };
    const perRun = (run: number) => ({ seed: run });
    const python = { work: "k-means++", peer: "scikit-learn", perRun };
    const variants = [
      { label: "dense", args: { ...args, layout: "dense" } },
      { label: "CSR", args: { ...args, layout: "sparse" } },
    ];
    return {
      size: `${inputs.size(60000, 6000)} × 784, K = ${clusters}`,
      entries: [
        ...ourEntries("k-means++", args, { perRun }),
        { ...python, id: "scikit-learn", variants: variants.slice(0, 1) },
        { ...python, id: "scikit-learn-fastest", variants, remark: "the faster of dense and CSR" },
      ],
      bars: [{ against: ["scikit-learn"], atLeast: 5 }],
      qualities: [inertiaOf(x)],
    };
  },
};
