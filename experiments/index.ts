import type { PayloadSchemas } from "@mixtape/results";
import type { Experiment } from "./experiment.ts";

const modules = await Promise.all([
  import("./try_it/page.tsx"),
  import("./table/page.tsx"),
  import("./groups/page.tsx"),
  import("./audit/page.tsx"),
  import("./classes/page.tsx"),
  import("./missing/page.tsx"),
  import("./outliers/page.tsx"),
  import("./data/page.tsx"),
  import("./kmeans_init/page.tsx"),
  import("./kmeans_clusters/page.tsx"),
  import("./kmeans_missing/page.tsx"),
  import("./classifier/page.tsx"),
  import("./gmm_ood/page.tsx"),
  import("./ood_detectors/page.tsx"),
  import("./ood_collapse/page.tsx"),
  import("./ood_calibration/page.tsx"),
  import("./gmm_notebook/page.tsx"),
  import("./derivations/page.tsx"),
]);

/** Every experiment, in the order in which they run and are shown: a new one is one line above. */
export const experiments: readonly Experiment[] = modules.map(({ experiment }) => experiment);

/** The schema of the payload of each experiment. */
export const schemas: PayloadSchemas = Object.fromEntries(
  experiments.map(({ id, schema }) => [id, schema]),
);
