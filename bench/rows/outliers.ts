import type { Measurement } from "../core/measurement.ts";
import type { Row } from "../core/row.ts";

const measured = ["breast cancer", "wine", "digits"];
const others = ["iris", "moons", "blobs", "circles", "classification"];
const detectors = ["isolation forest", "LOF", "elliptic envelope"];

/** Outliers among the rows of tables: the default score beside scikit-learn's detectors. */
export const outlierRows: readonly Row[] = [
  row("outliers", "Outliers of tables", measured, 0),
  row("outliers-contaminated", "Outliers of tables, 5% of the fitted rows odd", measured, 0.05),
  row("outliers-others", "Outliers of tables that decided nothing", others, 0),
];

function row(id: string, title: string, sets: readonly string[], contamination: number): Row {
  return {
    id,
    title,
    plan: async (inputs) => {
      const seeds = inputs.size(5, 1);
      const file = inputs.path(`${id}.json`);
      const prepared = { names: sets, out: file, folder: inputs.options.dir, seeds, contamination };
      await inputs.prepare("prepare-outliers", prepared, "scikit-learn");
      const variants = (args: object) => [{ label: "", args: { file, ...args } }];
      return {
        size: `${sets.join(", ")}; ${seeds} splits per class`,
        entries: [
          { id: "ours", peer: "mixtape", work: "outliers", variants: variants({}), warmUp: false },
          ...detectors.flatMap((detector) =>
            [false, true].map((standardized) => ({
              id: `${detector} ${standardized}`,
              peer: "scikit-learn",
              title: `scikit-learn, ${detector}, ${standardized ? "standardized" : "raw"}`,
              work: "outliers",
              variants: variants({ detector, standardized }),
              warmUp: false as const,
            }))
          ),
        ],
        bars: [],
        qualities: [
          ...sets.map((set) => ({
            name: `AUROC, ${set}`,
            value: ({ details }: Measurement) => details?.[set],
          })),
          {
            name: "AUROC, mean of the sets",
            value: ({ details }: Measurement) =>
              details && sets.reduce((sum, set) => sum + details[set] / sets.length, 0),
          },
        ],
      };
    },
  };
}
