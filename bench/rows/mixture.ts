import type { Row } from "../core/row.ts";
import { activations, components } from "../inputs/activations.ts";
import { readArray } from "../peers/read_array.ts";
import { ourEntries } from "./our_entries.ts";

const types = ["float32", "float64"];

const bound =
  "On one thread, 95% of the time are kernels, whose blocks threads share, 1% JavaScript between them. Two " +
  "threads together take 5 to 24% more processor time than one for the same blocks, waits included.";

/** Gaussian mixtures on penultimate activations. */
export const mixtureRows: readonly Row[] = [
  {
    id: "mixture-iteration",
    title: "Gaussian mixture, an EM iteration",
    bound,
    plan: async (inputs) => {
      const { all: x, labels } = await activations(inputs);
      const args = { x, labels, components, iterations: 11 };
      return {
        size: `${readArray(x).shape.join(" × ")}, ${components} full components`,
        entries: [
          ...ourEntries("mixture-iterations", args),
          {
            id: "scikit-learn",
            peer: "scikit-learn",
            work: "mixture-iterations",
            variants: types.map((dtype) => ({ label: dtype, args: { ...args, dtype } })),
          },
        ],
        bars: [{ against: ["scikit-learn"], atLeast: 5 }],
        qualities: [{
          name: "mean log-likelihood",
          tolerance: 1e-5,
          value: ({ meanLogLikelihood }) => meanLogLikelihood,
        }],
      };
    },
  },
  {
    id: "mixture-sweep",
    title: "Gaussian mixtures, sweep of components",
    bound,
    plan: async (inputs) => {
      const { fitted, heldOut, inside, outside } = await activations(inputs);
      const last = inputs.size(20, 4);
      const args = {
        fitted,
        scored: [inside, outside, heldOut],
        components: Array.from({ length: last }, (_, i) => i + 1),
      };
      const warmUp = { components: [5] };
      return {
        size: `${readArray(fitted).shape.join(" × ")}, 1 to ${last} full components`,
        entries: [
          ...ourEntries("mixture-sweep", args, { warmUp }),
          {
            id: "scikit-learn",
            peer: "scikit-learn",
            work: "mixture-sweep",
            variants: types.map((dtype) => ({ label: dtype, args: { ...args, dtype } })),
            warmUp,
            remark: "each from its own k-means start, so iterations differ",
          },
        ],
        bars: [{ against: ["scikit-learn"], atLeast: 6 }],
        qualities: [
          { name: "EM iterations", value: ({ iterations }) => iterations },
          {
            name: "mean log-density of held-out rows",
            value: ({ meanLogLikelihood }) => meanLogLikelihood,
          },
        ],
      };
    },
  },
];
