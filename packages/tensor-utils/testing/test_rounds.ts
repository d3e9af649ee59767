/**
 * Returns the number of rounds of a randomised test: all of them if `MIXTAPE_TEST_SEED` is set, as in CI; else a fifth,
 * so that a run between two changes does not take long.
 *
 * @param all The number of rounds that find what there is to find.
 * @returns A whole number, at least 1.
 */
export function testRounds(all: number): number {
  return Deno.env.get("MIXTAPE_TEST_SEED") ? all : Math.ceil(all / 5);
}
