import { OutlierModel } from "./outlier_model.ts";
import { readOutlierModel } from "./outlier_model_json.ts";

/**
 * Reads a model back from the JSON that {@link OutlierModel.toJSON} wrote.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { outlierDetector, outlierModelFromJSON } from "@mixtape/ood";
 *
 * const x = Array.from({ length: 20 }, (_, i) => [i, (7 * i) % 20]);
 * using model = await outlierDetector(x, { components: [1] });
 * using again = outlierModelFromJSON(JSON.parse(JSON.stringify(model)));
 * assert.deepEqual(await again.score(x), await model.score(x));
 * ```
 *
 * @param json The value that `JSON.parse` returned.
 * @returns The same model.
 * @throws {SyntaxError} If the JSON is of another format, or an entry is of the wrong kind, out of
 * range, or does not fit the others.
 */
export function outlierModelFromJSON(json: unknown): OutlierModel {
  const { scaling, stack } = readOutlierModel(json);
  return new OutlierModel(scaling, stack);
}
