import * as state from "../state/mod.ts";

/**
 * Returns the shape of whitening matrices L⁻¹ in JSON: lower triangular, with a positive diagonal.
 *
 * @param axes Sizes of the array, the last two of them `d`.
 */
export function whiteningState(axes: state.Axes): state.StateShape<Float64Array> {
  return state.such(state.float64s(axes), (values, sizes) => {
    const d = sizes.get("d")!;
    const at = firstOutOfPlace(values, d);
    if (at === values.length) return undefined;
    return `element ${at} is ${
      values[at]
    }, zeros above the diagonal and positive numbers on it are needed`;
  });
}

/** Returns the place of the first number that no lower triangle has there, or the number of numbers. */
function firstOutOfPlace(values: Float64Array, d: number): number {
  for (let first = 0, row = 0; first < values.length; first += d, row = (row + 1) % d) {
    if (values[first + row] <= 0) return first + row;
    for (let at = first + row + 1; at < first + d; at++) if (values[at] !== 0) return at;
  }
  return values.length;
}
