import type { Row } from "../core/row.ts";
import { inertiaOf } from "./inertia_of.ts";
import { ourEntries } from "./our_entries.ts";

const iterations = 10;
const base = { N: 60000, K: 16, D: 64 };
const axes = {
  N: [6000, 19000, 60000, 190000, 600000],
  K: [2, 4, 8, 16, 32, 64, 128, 256],
  D: [8, 16, 32, 64, 128, 256, 784],
};

/** The growth of the time of k-means: ten iterations on Gaussian blobs, one size varied at a time. */
export const scalingRows: readonly Row[] = Object.entries(axes).flatMap(([axis, values]) =>
  values.map((value) => scalingRow(axis, value))
);

function scalingRow(axis: string, value: number): Row {
  return {
    id: `scaling-${axis.toLowerCase()}-${value}`,
    title: `k-means, ${axis} = ${value}`,
    scaling: { axis, value },
    plan: async (inputs) => {
      const sizes = { ...base, [axis]: value };
      const n = inputs.size(sizes.N, sizes.N / 10);
      const data = await inputs.blobs(n, sizes.D, sizes.K);
      const args = { ...data, iterations };
      return {
        size: `${n} × ${sizes.D}, K = ${sizes.K}, ${iterations} iterations`,
        entries: [
          ...ourEntries("k-means", args),
          {
            id: "scikit-learn",
            peer: "scikit-learn",
            work: "k-means",
            variants: [{ label: "default (dense, lloyd)", args }],
          },
        ],
        bars: [],
        qualities: [inertiaOf(data.x, 1e-6)],
      };
    },
  };
}
