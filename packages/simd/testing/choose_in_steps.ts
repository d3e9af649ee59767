import type { PlusPlusDraws, PlusPlusSession } from "@mixtape/operations";
import { now } from "./now.ts";

/**
 * Chooses rows by greedy k-means++, by the methods for its steps.
 *
 * @param session The session.
 * @param n Number of rows.
 * @param draws All that decides.
 * @returns The rows, in the order of their choice.
 */
export function chooseInSteps(session: PlusPlusSession, n: number, draws: PlusPlusDraws): number[] {
  const { clusters, trials, uniforms } = draws;
  const closest = new Float64Array(n).fill(Infinity);
  const drawn = (share: number, numbers: Float64Array): number => {
    let sum = 0;
    const sums = numbers.map((number) => sum += number);
    return sum > 0
      ? sums.findIndex((upTo) => upTo > share * sum)
      : drawn(share, new Float64Array(n).fill(1));
  };
  const chosen = [drawn(uniforms[0], new Float64Array(n).fill(1))];
  now(session.accept(chosen[0], closest));
  for (let c = 1; c < clusters; c++) {
    const shares = uniforms.subarray(1 + (c - 1) * trials, 1 + c * trials);
    const rows = Uint32Array.from(shares, (share) => drawn(share, closest));
    const { potentials } = now(session.candidates(rows, closest));
    chosen.push(rows[potentials.indexOf(Math.min(...potentials))]);
    now(session.accept(chosen[c], closest));
  }
  return chosen;
}
