import { random } from "@mixtape/tensor-utils";
import type { Row } from "../core/row.ts";
import type { Inputs } from "../inputs.ts";
import { ourEntries } from "./our_entries.ts";

/** Measures of a million labels, and of a million scores of either kind. */
export const peoplePairRows: readonly Row[] = [
  row("people-ami", "adjusted mutual information", labels, 6),
  row("people-ari", "adjusted Rand index", labels, 6),
  row("people-nmi", "normalized mutual information", labels, 2),
  row("people-contingency", "contingency table", labels, 2),
  row("people-auroc", "AUROC", (inputs) => scores(inputs, inputs.size(1e6, 1e4)), 2),
  row(
    "people-precision",
    "average precision",
    (inputs) => scores(inputs, inputs.size(5e5, 1e4)),
    2,
  ),
];

interface Pair {
  readonly size: string;
  readonly first: string;
  readonly second: string;
}

function row(
  id: string,
  measure: string,
  pairOf: (inputs: Inputs) => Promise<Pair>,
  atLeast: number,
): Row {
  return {
    id,
    title: `A measure: ${measure}`,
    plan: async (inputs) => {
      const { size, ...pair } = await pairOf(inputs);
      const args = { measure, ...pair };
      const variants = [{ label: "", args }];
      return {
        size,
        entries: [
          ...ourEntries("pair-measure", args).slice(0, 1),
          { id: "scikit-learn", peer: "scikit-learn", work: "pair-measure", variants },
        ],
        bars: [{ against: ["scikit-learn"], atLeast }],
        qualities: [{
          name: measure,
          tolerance: 1e-6,
          value: ({ details }) => details?.value,
        }],
      };
    },
  };
}

/** Two divisions into 50 parts that agree on three rows in ten. */
async function labels(inputs: Inputs): Promise<Pair> {
  const n = inputs.size(1e6, 1e4);
  const source = random(0);
  const first = Int32Array.from({ length: n }, () => source.integer(50));
  const second = first.map((own) => source.next() < 0.3 ? own : source.integer(50));
  return {
    size: `${n} rows, 50 × 50`,
    first: await inputs.write("people-classes.npy", { values: first, shape: [n] }),
    second: await inputs.write("people-labels.npy", { values: second, shape: [n] }),
  };
}

async function scores(inputs: Inputs, n: number): Promise<Pair> {
  const source = random(0);
  const write = async (name: string, mean: number) => {
    const values = Float64Array.from({ length: n }, () => mean + source.normal());
    return await inputs.write(`people-${name}-${n}.npy`, { values, shape: [n] });
  };
  return {
    size: `${n} + ${n} scores`,
    first: await write("inside", 1),
    second: await write("outside", 0),
  };
}
