import { GaussianMixtureModel } from "./gaussian_mixture_model.ts";
import { readMixtureJSON } from "./model_json.ts";

/**
 * Reads a model back from the JSON that {@link GaussianMixtureModel.toJSON} wrote.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussianMixture, gaussianMixtureFromJSON } from "@mixtape/mixture";
 *
 * const x = [[0], [1], [8], [9]];
 * using model = await gaussianMixture(x, { components: 1 });
 * using again = gaussianMixtureFromJSON(JSON.parse(JSON.stringify(model)));
 * assert.deepEqual(await again.logDensity(x), await model.logDensity(x));
 * ```
 *
 * @param json The value that `JSON.parse` returned.
 * @returns The same model.
 * @throws {SyntaxError} If the JSON is of another format, or its numbers are no valid mixture.
 */
export function gaussianMixtureFromJSON(json: unknown): GaussianMixtureModel {
  return new GaussianMixtureModel(readMixtureJSON(json));
}
