import type { Row } from "../core/row.ts";
import { directions } from "../inputs/directions.ts";
import { ourEntries } from "./our_entries.ts";

/** The 50th nearest of rows without structure, for the worst of what bounds can skip. */
export const peopleNeighborRows: readonly Row[] = [
  row(
    64,
    1.8,
    "Of the kernels' time, 47% are scores by products of 8-bit integers, 21% the choice of rows that may be near, and " +
      "28% distances of these and the heaps of the nearest.",
  ),
  row(
    512,
    1.1,
    "Half of the kernels' time are scores by products of 8-bit integers, nearly all of the rest distances of rows that " +
      "scores leave near.",
  ),
];

function row(d: number, atLeast: number, bound: string): Row {
  return {
    id: `people-neighbors-${d}`,
    title: `Nearest neighbours among rows without structure, ${d} columns`,
    bound,
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
