/**
 * A multi-layer perceptron, trained with Adam on the cross-entropy, with access to the activations
 * of every layer, calibration, and weights in the safetensors format.
 *
 * @example Train on two blobs and look inside
 * ```ts
 * import assert from "node:assert/strict";
 * import { mlpClassifier } from "@mixtape/classifier";
 * import { random, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const source = random(1);
 * const labels = Int32Array.from({ length: 200 }, (_, i) => i % 2);
 * const values = Float32Array.from({ length: 400 }, (_, i) => source.normal() + 6 * labels[i >> 1]);
 * const x = { values, shape: [200, 2] } as const;
 *
 * using model = await mlpClassifier(x, labels, { epochs: 10, batchSize: 50 });
 * assert.ok(await model.accuracy(x, labels) > 0.98);
 * const features = await model.activations(x, "penultimate");
 * assert.deepEqual(features.shape, [200, 25]);
 * ```
 *
 * @module
 */
export type {
  Abortable,
  Activation,
  DenseLayerSpec,
  Evidence,
  Float64Matrix,
  Head,
  HostMatrix,
  Label,
  MatrixLike,
  MatrixRows,
  MatrixValues,
  TensorMatrix,
  ValuesMatrix,
} from "@mixtape/tensor-utils";
export * from "./calibration_error.ts";
export type { MlpEvidence } from "./evidence.ts";
export { mlpClassifier } from "./mlp_classifier.ts";
export { mlpFromJSON, type MlpJSON } from "./mlp_from_json.ts";
export { mlpFromSafetensors } from "./mlp_from_safetensors.ts";
export type { LabelKind, Predictions } from "./class_names.ts";
export { type EvidenceOptions, MlpModel, type MlpRecord } from "./mlp_model.ts";
export * from "./mlp_options.ts";
export type { LayerName } from "./layer_names.ts";
export { referenceLayers } from "./reference_layers.ts";
export * from "./safetensors.ts";
export { softmax, type SoftmaxOptions } from "./softmax.ts";
export * from "./temperature.ts";
