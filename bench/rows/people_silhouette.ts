import { random } from "@mixtape/tensor-utils";
import type { Row } from "../core/row.ts";
import { ourEntries } from "./our_entries.ts";

const clusters = 10;

/** The silhouette of all rows, float32 for both. */
export const peopleSilhouetteRow: Row = {
  id: "people-silhouette",
  title: "Silhouette, all rows",
  bound:
    "On one thread, 95% of the time are kernels: 86% differences of all pairs of rows and their squares in float64, at " +
    "the bound of 128-bit vectors, 7% sums by cluster. The host's 20 ms check, draw, copy and average on the caller " +
    "alone, and threads meet after each of 126 rounds of blocks, so two give at most 1.8×.",
  plan: async (inputs) => {
    const n = inputs.size(8000, 800);
    const { x } = await inputs.blobs(n, 50, clusters);
    const source = random(0);
    const values = Int32Array.from({ length: n }, () => source.integer(clusters));
    const labels = await inputs.write("people-clusters.npy", { values, shape: [n] });
    const args = { x, labels };
    const variants = [{ label: "", args }];
    return {
      size: `${n} × 50, K = ${clusters}`,
      entries: [
        ...ourEntries("silhouette", args),
        { id: "scikit-learn", peer: "scikit-learn", work: "silhouette", variants },
      ],
      bars: [{ against: ["scikit-learn"], atLeast: 2 }],
      qualities: [{
        name: "mean silhouette",
        tolerance: 1e-4,
        value: ({ details }) => details?.value,
      }],
    };
  },
};
