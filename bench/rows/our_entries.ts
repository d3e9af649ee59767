import type { WorkArguments } from "../core/measurement.ts";
import type { Entry } from "../core/plan.ts";

/**
 * Makes the entries of Mixtape, with two threads and with one.
 *
 * @param work The work.
 * @param args Arguments of the work.
 * @param more Other fields of the entries.
 * @returns Two entries.
 */
export function ourEntries(
  work: string,
  args: WorkArguments,
  more: Partial<Entry> = {},
): Entry[] {
  const variants = [{ label: "", args }];
  return [
    { id: "ours", peer: "mixtape", work, variants, ...more },
    { id: "ours-1", peer: "mixtape-1", work, variants, ...more },
  ];
}
