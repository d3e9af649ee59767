import { holm } from "@mixtape/audit";
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
    const adjusted = holm(tests.map(({ pValue }) => pValue));
    return tests.map((test, i) => ({ ...test, significant: adjusted[i] <= 0.05 }));
  });
}
