import { classifierExperiment } from "./classifier.ts";
import { dataExperiment } from "./data.ts";
import { derivationsExperiment } from "./derivations.ts";
import type { Experiment } from "./experiment.ts";
import { gmmNotebookExperiment } from "./gmm_notebook.ts";
import { gmmOodExperiment } from "./gmm_ood.ts";
import { kMeansInitExperiment } from "./kmeans_init.ts";
import { kMeansMissingExperiment } from "./kmeans_missing.ts";
import { oodCalibrationExperiment } from "./ood_calibration.ts";
import { oodCollapseExperiment } from "./ood_collapse.ts";
import { oodDetectorsExperiment } from "./ood_detectors.ts";
import { tryItExperiment } from "./try_it.ts";

/** Every experiment, in the order in which they run; a new one is one line here. */
export const experiments = [
  dataExperiment,
  kMeansInitExperiment,
  kMeansMissingExperiment,
  classifierExperiment,
  gmmNotebookExperiment,
  gmmOodExperiment,
  oodDetectorsExperiment,
  oodCollapseExperiment,
  oodCalibrationExperiment,
  derivationsExperiment,
  tryItExperiment,
] as unknown as readonly Experiment[];
