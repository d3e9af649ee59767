/** The spread of repeated measurements of the same thing. */
export interface Spread {
  /** Number of measurements. */
  readonly runs: number;
  /** Smallest measurement. */
  readonly min: number;
  /** Lower quartile. */
  readonly lowerQuartile: number;
  /** Median. */
  readonly median: number;
  /** Upper quartile. */
  readonly upperQuartile: number;
  /** Largest measurement. */
  readonly max: number;
}

/**
 * Computes the spread of measurements.
 *
 * @param values The measurements, at least one.
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

/** Multiplies a spread by a factor, such as that of one epoch to that of twenty. */
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
