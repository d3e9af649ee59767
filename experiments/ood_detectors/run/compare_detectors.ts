import { compareAurocs } from "@mixtape/ood";
import type { DetectorComparison } from "../result.ts";
import type { Entrant } from "./leaderboard.ts";

/**
 * Compares the best detector of each set with every other by DeLong's paired test, with Holm's correction
 * over the others.
 *
 * @param entrant The scores of all detectors on all sets.
 * @returns Every set × other detector.
 * @see Holm (1979), https://www.jstor.org/stable/4615733
 */
export function compareWithBest({ name, sets, scored, scores }: Entrant): DetectorComparison[] {
  return sets.flatMap(({ name: set }) => {
    const rows = scores.filter((score) => score.set === set);
    const best = rows.reduce((a, b) => a.separation.auroc >= b.separation.auroc ? a : b).detector;
    const others = rows.map(({ detector }) => detector).filter((detector) => detector !== best);
    const tests = others.map((other) => {
      const { difference, pValue } = compareAurocs(
        scored.get(set)!.get(best)!,
        scored.get(set)!.get(other)!,
      );
      return { classifier: name, set, best, other, difference, pValue };
    });
    const significant = holm(tests.map(({ pValue }) => pValue), 0.05);
    return tests.map((test, i) => ({ ...test, significant: significant[i] }));
  });
}

/**
 * Holm's step-down procedure: which hypotheses are rejected so that the chance of any false rejection is at
 * most `level`.
 *
 * @param pValues One a hypothesis.
 * @param level The chance.
 * @returns For each hypothesis, true if it is rejected.
 */
export function holm(pValues: readonly number[], level: number): boolean[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a] - pValues[b]);
  const firstKept = order.findIndex((at, rank) => pValues[at] > level / (pValues.length - rank));
  const rejected = new Set(firstKept === -1 ? order : order.slice(0, firstKept));
  return pValues.map((_, at) => rejected.has(at));
}
