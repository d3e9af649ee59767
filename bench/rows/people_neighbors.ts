import { random } from "@mixtape/tensor-utils";
import type { Row } from "../core/row.ts";
import type { Inputs } from "../inputs.ts";
import { ourEntries } from "./our_entries.ts";

/** The 50th nearest of rows without structure, for the worst of what bounds can skip. */
export const peopleNeighborRows: readonly Row[] = [row(64, 1.8), row(512, 1.1)];

function row(d: number, atLeast: number): Row {
  return {
    id: `people-neighbors-${d}`,
    title: `Nearest neighbours among rows without structure, ${d} columns`,
    plan: async (inputs) => {
      const [n, asked] = [inputs.size(60000, 2000), inputs.size(10000, 500)];
      const args = {
        x: await directions(inputs, n, d, 0),
        queries: await directions(inputs, asked, d, 1),
        k: 50,
      };
      const variants = [{ label: "", args }];
      return {
        size: `${asked} queries, ${n} × ${d}`,
        entries: [
          ...ourEntries("neighbors", args),
          { id: "scikit-learn", peer: "scikit-learn", work: "neighbors", variants },
        ],
        bars: [{ against: ["scikit-learn"], atLeast }],
        qualities: [{
          name: "sum of distances",
          tolerance: 1e-5,
          value: ({ details }) => details?.value,
        }],
      };
    },
  };
}

/** Writes rows of length 1, all directions equally likely. */
async function directions(inputs: Inputs, n: number, d: number, stream: number): Promise<string> {
  const source = random(0).split(stream);
  const values = Float32Array.from({ length: n * d }, () => source.normal());
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * d, (i + 1) * d);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    row.forEach((value, j) => row[j] = value / length);
  }
  return await inputs.write(`directions-${n}-${d}-${stream}.npy`, { values, shape: [n, d] });
}
