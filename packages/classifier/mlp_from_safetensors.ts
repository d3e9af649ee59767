import type { Label } from "@mixtape/tensor-utils";
import { readMlp } from "./mlp_file.ts";
import { MlpModel } from "./mlp_model.ts";

/**
 * Loads a model from the bytes of a safetensors file that {@link MlpModel.toSafetensors} wrote, in
 * float32 or float16.
 *
 * The file is checked before any of it is used: loading a file from an untrusted source is safe.
 * The loss history is not part of the file.
 *
 * @example Save and load
 * ```ts
 * import assert from "node:assert/strict";
 * import { mlpClassifier, mlpFromSafetensors } from "@mixtape/classifier";
 * import { useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const x = { values: new Float32Array([-1, 1]), shape: [2, 1] } as const;
 * using model = await mlpClassifier(x, [0, 1], { epochs: 2 });
 * using loaded = mlpFromSafetensors(model.toSafetensors());
 * assert.deepEqual(await loaded.logits(x), await model.logits(x));
 * ```
 *
 * @param bytes The bytes of the file; `L` is the type of the labels that the model was trained on.
 * @returns The model, to be disposed of.
 * @throws {SyntaxError} If the bytes are not such a file, its arrays do not match its options, or a
 * weight is not finite.
 */
export function mlpFromSafetensors<L extends Label = number>(bytes: Uint8Array): MlpModel<L> {
  const { settings, weights, names } = readMlp(bytes);
  return new MlpModel(settings, weights, { names });
}
