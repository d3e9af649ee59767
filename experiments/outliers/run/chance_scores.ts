import { quantile } from "@mixtape/ood";

/** The distribution of outlier scores that chance gives to ordinary rows. */
export interface ChanceScores {
  /** Score that 0%, 1%, … 99% of ordinary rows lie below, ascending. */
  readonly levels: readonly number[];
  /** Mean by which the scores of the other 1% exceed the last of these. */
  readonly meanExcess: number;
  /** Number of rows' worth of evidence on how far scores stretch: the fewer, the heavier the tail. */
  readonly evidence: number;
}

/** Share of rows beyond the last level. */
const TAIL = 0.01;

/**
 * Rows per row's worth of evidence on the stretch. The spread between median and 90th percentile of exponential scores is
 * as uncertain as a mean of a third of the rows; the median and the density are uncertain, too: with a sixth, at most a
 * tenth of made Gaussian tables of 60 to 400 rows has discoveries at a rate of 10%, as it should be.
 */
const ROWS_PER_EVIDENCE = 6;

/**
 * Estimates the scores of ordinary rows from those of draws of the fitted density. Rows out of fold score higher than
 * draws do, the more so the fewer rows there are per column: the draws are moved and stretched so that their median and
 * their 90th percentile are those of the rows, which a few outliers leave where they are. The tail beyond the 99th
 * percentile is exponential, that of a Gaussian or longer; and as the stretch is estimated, p-values below one half are
 * those of a Pareto tail, the average of exponential ones over what the stretch may be.
 *
 * @param draws Scores of draws, at least 100.
 * @param scores Scores of the rows out of fold.
 * @returns The distribution, and the scores of the draws where they were moved to, ascending.
 * @see Efron (2004), Large-scale simultaneous hypothesis testing: the choice of a null hypothesis
 */
export function chanceScores(
  draws: Float64Array,
  scores: Float64Array,
): { readonly chance: ChanceScores; readonly moved: Float64Array } {
  const [from, to] = [draws, scores].map(bulkOf);
  const ratio = to.spread / from.spread;
  const stretch = ratio > 0 && Number.isFinite(ratio) ? ratio : 1;
  const moved = draws.map((score) => to.median + stretch * (score - from.median)).sort();
  const levels = Array.from({ length: 100 }, (_, percent) => quantile(moved, percent / 100));
  const beyond = moved.filter((score) => score > levels[99]);
  const excess = beyond.reduce((sum, score) => sum + (score - levels[99]) / beyond.length, 0);
  const evidence = scores.length / ROWS_PER_EVIDENCE;
  return { chance: { levels, meanExcess: excess, evidence }, moved };
}

/** Median and distance of the 90th percentile from it, which no more than a tenth of the values can move far. */
function bulkOf(values: Float64Array): { readonly median: number; readonly spread: number } {
  const sorted = values.toSorted();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
  return { median: at(0.5), spread: at(0.9) - at(0.5) };
}

/**
 * Returns the share of ordinary rows that chance makes at least as odd.
 *
 * @param chance The scores that chance gives.
 * @param score A score.
 * @returns From the smallest number above 0 to 1.
 */
export function pValueOf(chance: ChanceScores, score: number): number {
  const known = logShareAbove(chance, score);
  // Exponential units above the median, as if the stretch were known.
  const units = -Math.LN2 - known;
  if (units <= 0) return Math.exp(known);
  return Math.max(Number.MIN_VALUE, (1 + units / chance.evidence) ** -chance.evidence / 2);
}

/** Logarithm of the share of moved draws above a score. */
function logShareAbove({ levels, meanExcess }: ChanceScores, score: number): number {
  const last = levels.length - 1;
  if (score >= levels[last]) return Math.log(TAIL) - (score - levels[last]) / meanExcess;
  const above = levels.findIndex((level) => score < level);
  if (above === 0) return 0;
  const part = (score - levels[above - 1]) / (levels[above] - levels[above - 1]);
  return Math.log(1 - (above - 1 + part) / 100);
}

/**
 * Returns the score that a share of ordinary rows exceeds by chance.
 *
 * @param chance The scores that chance gives.
 * @param pValue The share, above 0, at most 1.
 */
export function scoreAt({ levels, meanExcess, evidence }: ChanceScores, pValue: number): number {
  const units = evidence * ((0.5 / pValue) ** (1 / evidence) - 1);
  const known = pValue < 0.5 ? -Math.LN2 - units : Math.log(pValue);
  const last = levels.length - 1;
  const place = 100 * (1 - Math.exp(known));
  if (place >= last) return levels[last] + meanExcess * (Math.log(TAIL) - known);
  const below = Math.floor(place);
  return levels[below] + (place - below) * (levels[below + 1] - levels[below]);
}
