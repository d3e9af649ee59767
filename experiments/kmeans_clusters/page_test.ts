import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { KMeansClustersResult } from "./result.ts";

/** Two seeds with 2, 3 and 4 clusters of 400 images of 6×6 pixels; no number is that of another. */
const result: KMeansClustersResult = {
  ...example,
  payload: {
    rows: 400,
    silhouetteRows: 150,
    runs: [
      [7, 2, 11, 9000, 0.21, 0.31],
      [7, 3, 12, 5000, 0.25, 0.38],
      [7, 4, 13, 4000, 0.22, 0.44],
      [9, 2, 14, 9100, 0.23, 0.33],
      [9, 3, 15, 5300, 0.29, 0.36],
      [9, 4, 16, 4600, 0.26, 0.48],
    ].map(([seed, clusters, iterations, inertia, silhouette, ami]) => ({
      seed,
      clusters,
      iterations,
      converged: seed === 7,
      inertia: 400 * 36 * inertia,
      silhouette,
      ami,
    })),
  },
};

Deno.test("the page on the number of clusters has each number of a run under its heading", () => {
  assert.deepEqual(readTables(experiment.pages[0], result).get("all-runs"), {
    "Seed": ["7", "7", "7", "9", "9", "9"],
    "Clusters": ["2", "3", "4", "2", "3", "4"],
    "Inertia per pixel": ["9,000.00", "5,000.00", "4,000.00", "9,100.00", "5,300.00", "4,600.00"],
    "Silhouette": ["0.210", "0.250", "0.220", "0.230", "0.290", "0.260"],
    "AMI": ["0.310", "0.380", "0.440", "0.330", "0.360", "0.480"],
    "Iterations": ["11", "12", "13", "14", "15", "16"],
    "Converged": ["yes", "yes", "yes", "no", "no", "no"],
  });
});

Deno.test("the page on the number of clusters has the range of each curve under its headings", () => {
  const tables = readTables(experiment.pages[0], result);
  const clusters = { "Clusters": ["2", "3", "4"] };
  assert.deepEqual(tables.get("inertia"), {
    ...clusters,
    "Mean": ["9,050.0", "5,150.0", "4,300.0"],
    "Lowest": ["9,000.0", "5,000.0", "4,000.0"],
    "Highest": ["9,100.0", "5,300.0", "4,600.0"],
  });
  // 9000 − 2 · 5000 + 4000, and 9100 − 2 · 5300 + 4600.
  assert.deepEqual(tables.get("elbow"), {
    "Clusters": ["3"],
    "Mean": ["3,050.0"],
    "Lowest": ["3,000.0"],
    "Highest": ["3,100.0"],
  });
  assert.deepEqual(tables.get("silhouette"), {
    ...clusters,
    "Mean": ["0.220", "0.270", "0.240"],
    "Lowest": ["0.210", "0.250", "0.220"],
    "Highest": ["0.230", "0.290", "0.260"],
  });
  assert.deepEqual(tables.get("ami"), {
    ...clusters,
    "Mean": ["0.320", "0.370", "0.460"],
    "Lowest": ["0.310", "0.360", "0.440"],
    "Highest": ["0.330", "0.380", "0.480"],
  });
});

Deno.test("the page on the number of clusters has each criterion's choice beside the classes", () => {
  assert.deepEqual(readTables(experiment.pages[0], result).get("clusters-choices"), {
    "Criterion": ["Silhouette", "Elbow (second difference)", "AMI (knows the labels)", "Classes"],
    "Clusters": ["3", "3", "4", "4"],
    "Overlapping ranges": ["4", "—", "—", "—"],
  });
});
