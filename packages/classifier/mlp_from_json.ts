import { fromBase64, type Label, readModelJSON } from "@mixtape/tensor-utils";
import { mlpFromSafetensors } from "./mlp_from_safetensors.ts";
import type { MlpModel } from "./mlp_model.ts";

/** Plain JSON of a trained classifier; {@link mlpFromJSON} reads it. */
export interface MlpJSON {
  /** Name of the format. */
  readonly format: "mixtape-mlp";
  /** Version of the format. */
  readonly version: 1;
  /** The bytes that {@link MlpModel.toSafetensors} writes, as base64. */
  readonly safetensors: string;
}

/**
 * Reads a model back from the JSON that {@link MlpModel.toJSON} wrote.
 *
 * The losses of the training are not part of it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mlpClassifier, mlpFromJSON } from "@mixtape/classifier";
 *
 * const x = [[-1], [1]];
 * using model = await mlpClassifier(x, ["left", "right"], { epochs: 2 });
 * using again = mlpFromJSON<string>(JSON.parse(JSON.stringify(model)));
 * assert.deepEqual(await again.predict(x), await model.predict(x));
 * ```
 *
 * @param json The value that `JSON.parse` returned; `L` is the type of the labels trained on.
 * @returns The model, to be disposed of.
 * @throws {SyntaxError} If the JSON is of another format, or is damaged.
 */
export function mlpFromJSON<L extends Label = number>(json: unknown): MlpModel<L> {
  return readModelJSON(
    json,
    { named: "a classifier", formats: ["mixtape-mlp"] },
    ({ safetensors }) => mlpFromSafetensors<L>(fromBase64(`${safetensors}`)),
  );
}
