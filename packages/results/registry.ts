import { z } from "zod";
import { type ClassifierPayload, classifierPayload } from "./classifier.ts";
import { type DataPayload, dataPayload } from "./data.ts";
import { type DerivationsPayload, derivationsPayload } from "./derivations.ts";
import { type Envelope, envelope } from "./envelope.ts";
import { type GmmNotebookPayload, gmmNotebookPayload } from "./gmm_notebook.ts";
import { type GmmOodPayload, gmmOodPayload } from "./gmm_ood.ts";
import { type KMeansInitPayload, kMeansInitPayload } from "./kmeans_init.ts";
import { type KMeansMissingPayload, kMeansMissingPayload } from "./kmeans_missing.ts";
import { type OodCalibrationPayload, oodCalibrationPayload } from "./ood_calibration.ts";
import { type OodCollapsePayload, oodCollapsePayload } from "./ood_collapse.ts";
import { type OodDetectorsPayload, oodDetectorsPayload } from "./ood_detectors.ts";
import { type TryItPayload, tryItPayload } from "./try_it.ts";

/** What each experiment finds: a new experiment is one line here and one in the schemas below. */
export interface Payloads {
  /** What the data look like. */
  readonly "data": DataPayload;
  /** Three ways to start k-means. */
  readonly "kmeans-init": KMeansInitPayload;
  /** k-means with missing entries. */
  readonly "kmeans-missing": KMeansMissingPayload;
  /** The multi-layer perceptron. */
  readonly "classifier": ClassifierPayload;
  /** The original exercise's protocol, repeated. */
  readonly "gmm-notebook": GmmNotebookPayload;
  /** Mixtures that tell what does not belong. */
  readonly "gmm-ood": GmmOodPayload;
  /** Every detector on every set that does not belong. */
  readonly "ood-detectors": OodDetectorsPayload;
  /** What weight decay does to the activations. */
  readonly "ood-collapse": OodCollapsePayload;
  /** Whether thresholds, p-values and discoveries keep their promises. */
  readonly "ood-calibration": OodCalibrationPayload;
  /** The pen-and-paper exercises, checked by machine. */
  readonly "derivations": DerivationsPayload;
  /** Models that the reader tries in the page. */
  readonly "try-it": TryItPayload;
}

const payloads: { readonly [Id in keyof Payloads]: z.ZodType<Payloads[Id]> } = {
  "data": dataPayload,
  "kmeans-init": kMeansInitPayload,
  "kmeans-missing": kMeansMissingPayload,
  "classifier": classifierPayload,
  "gmm-notebook": gmmNotebookPayload,
  "gmm-ood": gmmOodPayload,
  "ood-detectors": oodDetectorsPayload,
  "ood-collapse": oodCollapsePayload,
  "ood-calibration": oodCalibrationPayload,
  "derivations": derivationsPayload,
  "try-it": tryItPayload,
};

/** The name of an experiment. */
export type ExperimentId = keyof Payloads;

/** The result of one experiment. */
export type ResultOf<Id extends ExperimentId> = Envelope<Id, Payloads[Id]>;

/** The result of any experiment; `experiment` tells which. */
export type Result = { [Id in ExperimentId]: ResultOf<Id> }[ExperimentId];

/** Every experiment, in the order in which they are run and shown. */
export const experimentIds: readonly ExperimentId[] = Object.keys(payloads) as ExperimentId[];

/** Whether `id` names an experiment. */
export function isExperimentId(id: unknown): id is ExperimentId {
  return typeof id === "string" && Object.hasOwn(payloads, id);
}

/** The schema of the result of one experiment. */
export function resultSchema(id: ExperimentId): z.ZodType<Result> {
  return envelope(id, payloads[id] as z.ZodType<unknown>) as unknown as z.ZodType<Result>;
}

/** JSON Schema (draft 2020-12) of every result, for readers in other languages. */
export function resultsJsonSchema(): Record<string, unknown> {
  const anyResult = z.union(experimentIds.map((id) => resultSchema(id).meta({ title: id })));
  return { title: "Mixtape results", ...z.toJSONSchema(anyResult) };
}
