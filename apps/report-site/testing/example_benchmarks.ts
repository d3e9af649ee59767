import type { BenchmarkEntry, BenchmarkRow, Benchmarks } from "@mixtape/results";

function entry(id: string, peer: string, threads: number, median: number): BenchmarkEntry {
  return {
    id,
    peer,
    title: `${peer}, float32`,
    versions: { [peer]: "1.0" },
    threads,
    seconds: { runs: 5, min: 0.9 * median, median, max: 1.2 * median },
    remark: null,
  };
}

function row(id: string, scaling: BenchmarkRow["scaling"]): BenchmarkRow {
  return {
    id,
    title: `Example work ${id}`,
    size: "400 × 36",
    scaling,
    quick: false,
    measuredAt: "2026-01-02T03:04:05.000Z",
    commit: null,
    entries: [entry("ours", "Mixtape", 2, 0.02), entry("other", "Example peer", 1, 0.05)],
    comparisons: [
      { against: "other", measure: "seconds", ratio: 2.5, bar: 2, reached: true },
      { against: null, measure: "seconds", ratio: 1.5, bar: 1, reached: true },
    ],
    qualities: [{ against: "other", name: "inertia", ours: 1, theirs: 1, equal: true }],
  };
}

/** Made-up benchmarks; for tests only. */
export const exampleBenchmarks: Benchmarks = {
  schemaVersion: 1,
  machine: {
    processor: "Example processor",
    processors: 2,
    memory: 2 ** 34,
    os: "linux x86_64",
    runtime: "Deno 2.9.6",
  },
  rows: [row("first", null), row("second", null), row("n-1000", { axis: "N", value: 1000 })],
};
