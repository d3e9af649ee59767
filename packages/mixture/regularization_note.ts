import { blocksOf } from "./covariances/blocks.ts";
import { covarianceShapes } from "./covariances/shapes.ts";
import type { CheckedParameters } from "./parameters.ts";

/** The share of a variance from which on its regularization is noted. */
const NOTABLE_SHARE = 0.01;

/**
 * Writes a note if regularization makes up more of a variance than a reader would guess.
 *
 * @param parameters A fitted mixture.
 * @param regularization The number that was added to every variance.
 * @returns A sentence, or nothing if it makes up less than a hundredth of every variance.
 */
export function regularizationNote(
  { covariance, covariances, dimensions: d }: CheckedParameters,
  regularization: number,
): string | undefined {
  const shape = covarianceShapes[covariance];
  const variances = blocksOf(covariances, shape.layout, d)
    .flatMap((block) => [...shape.variances(block, d)]);
  const notable = variances.filter((variance) => regularization > NOTABLE_SHARE * variance).length;
  if (notable === 0) return undefined;
  const least = variances.reduce((least, variance) => Math.min(least, variance), Infinity);
  return `regularization, ${regularization}, makes up more than 1% of ${notable} of ` +
    `${variances.length} variances (the smallest is ${least.toPrecision(3)}): ` +
    `where these are meant to be as small as the data say, lower it or scale the columns up`;
}
