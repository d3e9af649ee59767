import type { Island } from "../island.ts";

/** Tells the values of marks in charts, and links series to their rows in tables, which are whole without it. */
export const chartsIsland: Island = {
  name: "charts",
  entry: "charts/main.ts",
  pages: [
    "try-it",
    "data",
    "kmeans",
    "missing-entries",
    "classifier",
    "mixtures",
    "detectors",
    "collapse",
    "calibration",
    "notebook",
    "derivations/missing-entries",
    "derivations/mixtures",
    "benchmarks",
  ],
};
