import * as state from "../state/mod.ts";

/**
 * Returns the shape of whitening matrices L⁻¹ in JSON: lower triangular, with a positive diagonal.
 *
 * @param axes Sizes of the array, the last two of them `d`.
 */
export function whiteningState(axes: state.Axes): state.StateShape<Float64Array> {
  return state.such(state.float64s(axes), (values, sizes) => {
    const d = sizes.get("d")!;
    const at = values.findIndex((value, at) => {
      const [row, column] = [Math.floor(at / d) % d, at % d];
      return row === column ? value <= 0 : row < column && value !== 0;
    });
    if (at === -1) return undefined;
    return `element ${at} is ${
      values[at]
    }, zeros above the diagonal and positive numbers on it are needed`;
  });
}
