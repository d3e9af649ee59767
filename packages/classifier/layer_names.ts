import { describeValue } from "@mixtape/tensor-utils";

/** A layer of a model: its index from 0, or `"penultimate"` for the one before the logits. */
export type LayerName = number | "penultimate";

/**
 * Returns the indices of layers.
 *
 * @param layers The layers, as given by the caller.
 * @param count Number of layers of the model; the last one computes the logits.
 * @returns An index for each, from 0.
 * @throws {TypeError} If it is no list.
 * @throws {RangeError} If there is no such layer.
 */
export function layerIndices(layers: readonly LayerName[], count: number): number[] {
  if (!Array.isArray(layers)) {
    throw new TypeError(
      `Cannot use layers: ${describeValue(layers)} was given, a list of layers is needed`,
    );
  }
  return Array.from(layers, (layer) => {
    const index = layer === "penultimate" ? count - 2 : layer;
    if (Number.isInteger(index) && index >= 0 && index < count) return index;
    throw new RangeError(
      `Cannot compute the activations of layer ${describeValue(layer)}: the model has ` +
        `${count} layers, 0 to ${count - 1}${count > 1 ? ' or "penultimate"' : ""} is needed`,
    );
  });
}
