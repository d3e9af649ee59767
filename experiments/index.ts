import type { PayloadSchemas } from "@mixtape/results";
import type { Experiment } from "./experiment.ts";
import { experiment as tryIt } from "./try_it/page.tsx";
import { experiment as table } from "./table/page.tsx";
import { experiment as groups } from "./groups/page.tsx";
import { experiment as audit } from "./audit/page.tsx";
import { experiment as classes } from "./classes/page.tsx";
import { experiment as missing } from "./missing/page.tsx";
import { experiment as outliers } from "./outliers/page.tsx";
import { experiment as data } from "./data/page.tsx";
import { experiment as kmeansInit } from "./kmeans_init/page.tsx";
import { experiment as kmeansClusters } from "./kmeans_clusters/page.tsx";
import { experiment as kmeansMissing } from "./kmeans_missing/page.tsx";
import { experiment as classifier } from "./classifier/page.tsx";
import { experiment as gmmOod } from "./gmm_ood/page.tsx";
import { experiment as oodDetectors } from "./ood_detectors/page.tsx";
import { experiment as oodCollapse } from "./ood_collapse/page.tsx";
import { experiment as oodCalibration } from "./ood_calibration/page.tsx";
import { experiment as gmmNotebook } from "./gmm_notebook/page.tsx";
import { experiment as derivations } from "./derivations/page.tsx";

/**
 * Every experiment, in the order in which they run and are shown: a new one is a line here and one above. Pages are
 * imported statically: they await their texts, and an import() of one that another module is importing ends too early.
 */
export const experiments: readonly Experiment[] = [
  tryIt,
  table,
  groups,
  audit,
  classes,
  missing,
  outliers,
  data,
  kmeansInit,
  kmeansClusters,
  kmeansMissing,
  classifier,
  gmmOod,
  oodDetectors,
  oodCollapse,
  oodCalibration,
  gmmNotebook,
  derivations,
];

/** The schema of the payload of each experiment. */
export const schemas: PayloadSchemas = Object.fromEntries(
  experiments.map(({ id, schema }) => [id, schema]),
);
