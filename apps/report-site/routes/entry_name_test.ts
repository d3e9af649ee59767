import type { BenchmarkEntry, Benchmarks } from "@mixtape/results";
import assert from "node:assert/strict";
import measured from "../../../bench/results.json" with { type: "json" };
import { entryName } from "./entry_name.ts";

function named(id: string, title: string, remark: string | null): BenchmarkEntry {
  const seconds = { runs: 5, min: 1, median: 2, max: 3 };
  return { id, peer: "peer", title, versions: {}, threads: null, seconds, remark };
}

Deno.test("entryName() adds the remark where a title is shared, and the identifier where both are", () => {
  const entries = [
    named("a", "dense", null),
    named("b", "dense", "the faster"),
    named("c", "sparse", "the faster"),
    named("d", "lloyd", "twice"),
    named("e", "lloyd", "twice"),
    named("f", "dense, the faster", null),
  ];
  assert.deepEqual(entries.map((entry) => entryName(entries, entry)), [
    "dense",
    "dense, the faster (b)",
    "sparse",
    "lloyd, twice (d)",
    "lloyd, twice (e)",
    "dense, the faster",
  ]);
});

Deno.test("entryName() tells the participants of every measured work apart", () => {
  const { rows } = measured as unknown as Benchmarks;
  for (const { id, entries } of rows) {
    const names = entries.map((entry) => entryName(entries, entry));
    assert.equal(new Set(names).size, names.length, `${id}: ${names.join("; ")}`);
  }
});
