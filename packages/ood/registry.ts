import { checkChoice, givenOptions, readModelJSON } from "@mixtape/tensor-utils";
import type { Detector, DetectorKind } from "./detector.ts";
import * as kinds from "./detectors.ts";

/** All kinds of detectors, by ascending name. */
export const detectors: readonly DetectorKind[] = Object.values<DetectorKind>(kinds)
  .sort((a, b) => a.name < b.name ? -1 : 1);

/**
 * Finds a kind of detector by its short name.
 *
 * @example
 * ```ts
 * import { detectorNamed } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(detectorNamed("vim").title, "Virtual-logit matching (ViM)");
 * ```
 *
 * @param name Short name, for instance `"mahalanobis++"`.
 * @throws {TypeError} If the name is no text.
 * @throws {RangeError} If no kind has that name; the message lists the names.
 */
export function detectorNamed(name: string): DetectorKind {
  return kindNamed(name, "the name of a detector", detectors);
}

/** Options of {@link detectorFromJSON}. */
export interface DetectorReadOptions {
  /** Kinds of detectors that may be read; {@link detectors} by default. */
  readonly kinds?: readonly DetectorKind[];
}

/**
 * Reads a detector back from the JSON that {@link Detector.toJSON} wrote.
 *
 * @example
 * ```ts
 * import { detectorFromJSON, energy } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const logits = { values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] as const };
 * using fitted = await energy({ logits, activations: [], labels: Int32Array.of(0, 1) });
 * using again = detectorFromJSON(JSON.parse(JSON.stringify(fitted)));
 * const evidence = { logits, activations: [] };
 * assert.deepEqual(await again.score(evidence), await fitted.score(evidence));
 * ```
 *
 * @param json The value that `JSON.parse` returned.
 * @param options `kinds` adds kinds of one's own: `[...detectors, mine]`.
 * @throws {SyntaxError} If the JSON is not of a detector of these kinds, or a field is missing, of the
 * wrong kind or out of range; the message names it.
 */
export function detectorFromJSON(json: unknown, options?: DetectorReadOptions): Detector {
  const { kinds = detectors } = givenOptions(options, { kinds: true }, "detectorFromJSON");
  return readModelJSON(json, { named: "a detector", formats: ["mixtape-detector"] }, (fields) => {
    return kindNamed(fields.name, "name", kinds).fromFields(fields);
  });
}

function kindNamed(
  given: unknown,
  what: string,
  kinds: readonly DetectorKind[],
): DetectorKind {
  const names = kinds.map(({ name }) => name);
  return kinds[names.indexOf(checkChoice(given, what, names))];
}
