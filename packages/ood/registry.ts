import type { Detector, DetectorKind } from "./detector.ts";
import type { DetectorJSON } from "./detector_json.ts";
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
 * @throws {RangeError} If no kind has that name; the message lists the names.
 */
export function detectorNamed(name: string): DetectorKind {
  const kind = detectors.find((candidate) => candidate.name === name);
  if (kind !== undefined) return kind;
  throw new RangeError(
    `Cannot find a detector named ${name}: there are ${detectors.map((k) => k.name).join(", ")}`,
  );
}

/**
 * Rebuilds a fitted detector from its JSON.
 *
 * @example
 * ```ts
 * import { detectorFromJSON, energy } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const logits = { values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] as const };
 * using fitted = await energy.fit({ logits, activations: [], labels: Int32Array.of(0, 1) });
 * using again = detectorFromJSON(JSON.parse(JSON.stringify(fitted)));
 * const evidence = { logits, activations: [] };
 * assert.deepEqual(await again.score(evidence), await fitted.score(evidence));
 * ```
 *
 * @param json The JSON that {@link Detector.toJSON} gave.
 * @throws {SyntaxError} If the JSON is not of a detector, or is damaged.
 * @throws {TypeError} If a field is missing or of the wrong kind; the message names it.
 * @throws {RangeError} If the kind is not in the registry, or a field has an invalid value.
 */
export function detectorFromJSON(json: DetectorJSON): Detector {
  if (json?.format !== "mixtape-detector") {
    throw new SyntaxError("Cannot restore a detector: its format is not mixtape-detector");
  }
  return detectorNamed(json.name).restore(json);
}
