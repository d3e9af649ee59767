import type { BenchmarkRow } from "@mixtape/results";

type Entry = BenchmarkRow["entries"][number];

/**
 * Returns a name of a participant that no other one of its work has: its title, with its remark where others have the
 * title as well, and with its identifier where that is not enough.
 *
 * @param entries The participants of the work.
 * @param entry One of them.
 */
export function entryName(entries: readonly Entry[], entry: Entry): string {
  const withRemark = ({ title, remark }: Entry) => remark === null ? title : `${title}, ${remark}`;
  const isShared = (name: (one: Entry) => string) =>
    entries.some((one) => one !== entry && name(one) === name(entry));
  if (!isShared(({ title }) => title)) return entry.title;
  return isShared(withRemark) ? `${withRemark(entry)} (${entry.id})` : withRemark(entry);
}
