/** Numbers of rows that are worked on at once: with what they are packed into, they stay in the second-level cache. */
const NUMBERS = 2 ** 19;
/** Multiply-adds that take some 20 ms. */
const MULTIPLY_ADDS = 2 ** 28;

/**
 * Returns the number of rows whose products are added up at once.
 *
 * @param d Number of columns.
 * @param products Multiply-adds of a row.
 */
export function rowsAtOnce(d: number, products: number): number {
  return Math.ceil(Math.min(NUMBERS / d, MULTIPLY_ADDS / products));
}
