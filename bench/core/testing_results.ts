import type { EntryResult, RowResult } from "./row_result.ts";
import { spread } from "./spread.ts";

/** Makes an entry for tests, with the given times of its runs in seconds. */
export function entryOf(id: string, runs: number[], more: Partial<EntryResult> = {}): EntryResult {
  return {
    id,
    peer: id,
    title: id,
    versions: { [id]: "1.0" },
    threads: null,
    runs,
    seconds: spread(runs),
    factor: 1,
    remark: null,
    last: { seconds: runs[runs.length - 1] },
    ...more,
  };
}

/** Makes a row for tests. */
export function rowOf(id: string, more: Partial<RowResult> = {}): RowResult {
  return {
    id,
    title: `Work ${id}`,
    size: "10 × 2",
    scaling: null,
    quick: false,
    measuredAt: "2026-11-01T00:00:00.000Z",
    commit: null,
    entries: [],
    comparisons: [],
    qualities: [],
    missing: [],
    failures: [],
    ...more,
  };
}
