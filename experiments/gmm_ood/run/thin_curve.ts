/**
 * The positions of a curve's points that suffice to draw it (Ramer–Douglas–Peucker): no point that is left out lies
 * farther from the line through the kept ones than `tolerance`.
 *
 * @param x Positions along one axis.
 * @param y Positions along the other, as many.
 * @param tolerance Largest distance, in the units of both axes, at least 0.
 * @returns Ascending positions in `x` and `y`, the first and the last among them.
 * @see Douglas & Peucker (1973), https://doi.org/10.3138/FM57-6770-U75U-7727
 */
export function thinCurve(x: Float64Array, y: Float64Array, tolerance: number): number[] {
  const kept = new Set([0, x.length - 1]);
  const open: (readonly [from: number, to: number])[] = [[0, x.length - 1]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    const { at, distance } = farthest(x, y, from, to);
    if (distance <= tolerance) continue;
    kept.add(at);
    open.push([from, at], [at, to]);
  }
  return [...kept].sort((a, b) => a - b);
}

/** The point between two others that lies farthest from the line through them. */
function farthest(
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
): { readonly at: number; readonly distance: number } {
  const [dx, dy] = [x[to] - x[from], y[to] - y[from]];
  const length = Math.hypot(dx, dy);
  let [at, distance] = [from, 0];
  for (let between = from + 1; between < to; between++) {
    const [ex, ey] = [x[between] - x[from], y[between] - y[from]];
    const away = length === 0 ? Math.hypot(ex, ey) : Math.abs(dx * ey - dy * ex) / length;
    if (away > distance) [at, distance] = [between, away];
  }
  return { at, distance };
}
