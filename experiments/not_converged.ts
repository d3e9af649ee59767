import type { Format } from "@mixtape/report-site/components";

/**
 * Says how many runs stopped before they converged.
 *
 * @param runs The runs.
 * @param say Says it, given the number of these runs and that of all.
 * @param format Formats of the language.
 * @returns One sentence, or none if all runs converged.
 */
export function notConverged(
  runs: readonly { readonly converged: boolean }[],
  say: (count: string, total: string) => string,
  format: Format,
): string[] {
  const stopped = runs.filter((run) => !run.converged).length;
  return stopped === 0 ? [] : [say(format.count(stopped), format.count(runs.length))];
}
