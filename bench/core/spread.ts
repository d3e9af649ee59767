/** How a handful of measurements of the same thing are spread. */
export interface Spread {
  /** How many there were. */
  readonly runs: number;
  /** The smallest. */
  readonly min: number;
  /** A quarter is below. */
  readonly lowerQuartile: number;
  /** Half is below. */
  readonly median: number;
  /** Three quarters are below. */
  readonly upperQuartile: number;
  /** The largest. */
  readonly max: number;
}

/**
 * The median of measurements and how they scatter around it.
 *
 * @param values At least one number.
 * @returns Minimum, quartiles and maximum; quartiles by linear interpolation, as NumPy's default.
 * @throws {RangeError} If there are no values.
 */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError("Cannot summarise 0 runs: at least 1 is needed");
  const sorted = values.toSorted((a, b) => a - b);
  const quantile = (share: number): number => {
    const at = share * (sorted.length - 1);
    const below = Math.floor(at);
    const above = Math.ceil(at);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  };
  return {
    runs: sorted.length,
    min: sorted[0],
    lowerQuartile: quantile(0.25),
    median: quantile(0.5),
    upperQuartile: quantile(0.75),
    max: sorted[sorted.length - 1],
  };
}

/** All measurements times a factor: seconds of one epoch as seconds of twenty. */
export function scaled(of: Spread, factor: number): Spread {
  return {
    runs: of.runs,
    min: of.min * factor,
    lowerQuartile: of.lowerQuartile * factor,
    median: of.median * factor,
    upperQuartile: of.upperQuartile * factor,
    max: of.max * factor,
  };
}
