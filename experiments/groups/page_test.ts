import assert from "node:assert/strict";
import { readTables } from "../../apps/report-site/testing/read_tables.ts";
import { example } from "./example.ts";
import { experiment } from "./page.tsx";
import type { GroupsResult } from "./result.ts";

const result: GroupsResult = {
  ...example,
  payload: {
    ...example.payload,
    clusterings: [
      { clusters: 2, silhouettes: [0.21, 0.25], agreements: [0.81, 0.85] },
      { clusters: 3, silhouettes: [0.31, 0.37], agreements: [0.91, 0.95] },
    ],
    seeds: 2,
    trials: [
      { covariance: "full", components: 1, bic: 101.25, isShrunken: false, converged: true },
      { covariance: "full", components: 2, bic: null, isShrunken: false, converged: false },
      { covariance: "spherical", components: 4, bic: 97.5, isShrunken: true, converged: false },
    ],
  },
};

const readPage = () => readTables(experiment.pages[0], result);
const named = ["Cluster 1", "Cluster 2", "Cluster 3"];

Deno.test("the page on groups has each cluster and component under its headings", () => {
  const tables = readPage();
  assert.deepEqual(tables.get("groups-clusters"), {
    "Cluster": named,
    "Rows": ["52", "45", "23"],
    "Share": ["43.3%", "37.5%", "19.2%"],
    "Spread": ["0.850", "0.980", "1.11"],
    "Central row": ["17", "57", "97"],
    "Its id": ["r16", "—", "r96"],
  });
  assert.deepEqual(tables.get("groups-mixture"), {
    "Component": ["1", "2"],
    "Weight": ["63.0%", "37.0%"],
  });
  assert.deepEqual(tables.get("profiles"), {
    "Column": ["weight", "length", "width"],
    "Between clusters": ["91.0%", "64.0%", "12.0%"],
    "Cluster 1": ["20.50", "3.500", "10.50"],
    "Cluster 2": ["31.25", "1.250", "11.75"],
    "Cluster 3": ["47.75", "—", "12.25"],
  });
  const map = tables.get("map")!;
  assert.deepEqual(map["Cluster"].slice(0, 4), [...named, "Cluster 1"]);
  assert.deepEqual(map["first principal component"].slice(0, 3), ["0.000", "1.830", "3.660"]);
  assert.deepEqual(map["second principal component"].slice(0, 3), ["0.000", "−0.690", "−1.380"]);
});

Deno.test("the page on groups has what chooses the numbers under its headings", () => {
  const tables = readPage();
  const clusters = { "Clusters": ["2", "3"] };
  assert.deepEqual(tables.get("silhouette"), {
    ...clusters,
    "Mean": ["0.230", "0.340"],
    "Lowest": ["0.210", "0.310"],
    "Highest": ["0.250", "0.370"],
  });
  assert.deepEqual(tables.get("stability"), {
    ...clusters,
    "Mean": ["0.830", "0.930"],
    "Lowest": ["0.810", "0.910"],
    "Highest": ["0.850", "0.950"],
  });
  assert.deepEqual(tables.get("bic"), {
    "Covariances": ["full", "full", "spherical"],
    "Components": ["1", "2", "4"],
    "BIC": ["101.3", "—", "97.5"],
    "Shrunken": ["no", "no", "yes"],
    "Converged": ["yes", "no", "no"],
  });
  assert.deepEqual(tables.get("groups-agreement"), {
    "Division": ["Clusters of k-means", "Components of the mixture"],
    "AMI": ["0.610", "0.490"],
    "ARI": ["0.570", "0.440"],
  });
  assert.deepEqual(tables.get("contingency"), {
    "Class": ["cat", "dog"],
    "Cluster 1": ["50", "2"],
    "Cluster 2": ["2", "43"],
    "Cluster 3": ["18", "5"],
  });
});
