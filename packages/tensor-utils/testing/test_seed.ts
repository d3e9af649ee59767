/**
 * Returns the seed that randomised tests begin with: MIXTAPE_TEST_SEED, so that CI can try another
 * one each day, or 0.
 *
 * @returns A whole number from 0.
 * @throws {RangeError} If the variable has another value.
 */
export function testSeed(): number {
  const text = Deno.env.get("MIXTAPE_TEST_SEED") || "0";
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new RangeError(`Cannot use MIXTAPE_TEST_SEED: ${text}, a whole number from 0 is needed`);
}
