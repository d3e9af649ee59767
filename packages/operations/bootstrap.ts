/** Attributes of `MixtapeBootstrap`: rows of two kinds, ranked by their scores, of which resamples are drawn. */
export interface BootstrapAttributes {
  /** Number of in-distribution rows with at least each distinct score, descending; the last is that of all. */
  readonly idAccepted: Uint32Array;
  /** Number of OOD rows, likewise. */
  readonly oodAccepted: Uint32Array;
  /**
   * Two streams per resample, of in-distribution rows and of OOD rows: four words each, the state that xoroshiro128+
   * starts from (upper and lower half of the first, then of the second of its numbers). As many rows as there are are
   * drawn, by rank: row v % rows of the lower word v of a step plus 2³¹, modulo 2³², unless v ≥ 2³² − 2³² % rows.
   */
  readonly streams: Int32Array;
  /** Ends the work if it takes long; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Measures of separation of each resample, 6 × resamples numbers: AUROC, AUPR-in, AUPR-out, the share of OOD rows
 * accepted where 95% of the in-distribution rows are, that of in-distribution rows rejected where 95% of the OOD
 * rows are, and the lowest error at equal priors.
 */
export type BootstrapMeasures = Float64Array;
