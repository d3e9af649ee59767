/** Mixtape as a peer: `mixtape.ts [threads]`. */
import { useBackend } from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import clustering from "../../packages/clustering/deno.json" with { type: "json" };
import {
  kMeansRun,
  miniBatchNear,
  miniBatchRule,
  miniBatchSteps,
  missingRun,
  plusPlusRun,
  predictRun,
  startsRun,
  transformRun,
} from "./mixtape/clustering.ts";
import { predictionRun, trainingRun } from "./mixtape/classifier.ts";
import { components } from "./mixtape/components.ts";
import { product } from "./mixtape/matrix_product.ts";
import { bootstraps, neighbors, pairMeasure, silhouetteOfAll } from "./mixtape/measures.ts";
import { mixtureFit, mixtureIterations, mixtureScores, mixtureSweep } from "./mixtape/mixture.ts";
import { outliers } from "./mixtape/outliers.ts";
import { prepareActivations, prepareComponents, prepareTraining } from "./mixtape/prepare.ts";
import { serve } from "./serve.ts";

registerWebGpuBackend();
const [threads] = Deno.args;
const backend = await useBackend("auto", threads === undefined ? {} : { threads: Number(threads) });

await serve({
  "Mixtape": clustering.version,
  "Deno": Deno.version.deno,
  "V8": Deno.version.v8,
  "backend": backend.name,
  "threads": String(backend.threads),
  "features": backend.features.join(", ") || "none",
}, {
  "k-means": kMeansRun,
  "k-means++": plusPlusRun,
  "k-means-missing": missingRun,
  "k-means-starts": startsRun,
  "k-means-predict": predictRun,
  "k-means-transform": transformRun,
  "mini-batch-near": miniBatchNear,
  "mini-batch-rule": miniBatchRule,
  "mini-batch-steps": miniBatchSteps,
  "mixture-fit": mixtureFit,
  "mixture-iterations": mixtureIterations,
  "mixture-scores": mixtureScores,
  "mixture-sweep": mixtureSweep,
  "bootstraps": bootstraps,
  "components": components,
  "mlp-predict": predictionRun,
  "pair-measure": pairMeasure,
  "silhouette": silhouetteOfAll,
  "neighbors": neighbors,
  "outliers": outliers,
  "train": trainingRun,
  "product": product,
  "prepare-components": prepareComponents,
  "prepare-activations": prepareActivations,
  "prepare-training": prepareTraining,
});
