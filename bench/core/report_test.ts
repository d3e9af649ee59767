import { replaceMarkedSection, resultMarkers } from "./marked_section.ts";
import { reportMarkdown, reportText } from "./report.ts";
import { type BenchResults, mergeResults } from "./results_file.ts";
import type { RowResult } from "./row_result.ts";
import { entryOf, rowOf } from "./testing_results.ts";
import assert from "node:assert/strict";

const machine = { processor: "CPU", processors: 2, memory: 2 ** 34, os: "linux", runtime: "Deno" };

function results(...rows: RowResult[]): BenchResults {
  return { schemaVersion: 1, machine, rows };
}

const compared = rowOf("a", {
  entries: [
    entryOf("ours", [0.1, 0.2, 0.3]),
    entryOf("peer", [2], { title: "Peer", threads: 2, remark: "a|b" }),
  ],
  comparisons: [
    { against: "peer", measure: "seconds", ratio: 10, bar: 12, reached: false },
    { against: null, measure: "seconds", ratio: 2, bar: 1, reached: true },
  ],
  qualities: [{
    against: "peer",
    name: "inertia",
    ours: 1,
    theirs: 2,
    difference: 0.5,
    tolerance: 0.1,
    equal: false,
  }],
  missing: [{ title: "faiss", reason: "No module", install: "apt-get install python3-faiss" }],
  failures: ["Peer died"],
});

Deno.test("reportMarkdown() shows times, bars, quality, missing peers and failures", () => {
  const text = reportMarkdown(results(compared)).join("\n");
  const expected = [
    "| Work a (10 × 2) | 200 ms (100 ms–300 ms) | Peer, 2 threads, a\\|b: 2.00 s (1 run) | 10.0× | 12.0× | no |",
    "|  | 200 ms (100 ms–300 ms) | at most 400 ms | 2.00× | 1.00× | yes |",
    "| Work a | inertia | 1.0000000 | Peer | 2.0000000 | 5.0e-1 | no (within 0.1) |",
    "| faiss | No module | apt-get install python3-faiss |",
    "| Work a | Peer died |",
  ];
  for (const line of expected) assert.ok(text.includes(line), `${line}\n\n${text}`);
});

Deno.test("reportMarkdown() says first in which works a peer is ahead, the furthest ahead first", () => {
  const behind = (id: string, against: string, ratio: number) =>
    rowOf(id, {
      entries: [entryOf("ours", [1]), entryOf(against, [ratio])],
      comparisons: [{ against, measure: "seconds", ratio, bar: null, reached: null }],
      bound: `bound of ${id}`,
    });
  const lines = reportMarkdown(results(
    behind("a", "numpy", 0.9),
    behind("b", "torch", 0.5),
    behind("c", "torch", 1),
    behind("d", "ours-1", 0.5),
    behind("e", "peak", 0.5),
  ));
  const [title, times] = [lines.indexOf("### Behind a peer"), lines.indexOf("### Times")];
  assert.ok(title > 0 && title < times);
  assert.deepEqual(lines.slice(title + 4, times - 1), [
    "| Work b (10 × 2) | 1.00 s (1 run) | torch: 500 ms (1 run) | 0.500× | bound of b |",
    "| Work a (10 × 2) | 1.00 s (1 run) | numpy: 900 ms (1 run) | 0.900× | bound of a |",
  ]);
  assert.ok(!reportMarkdown(results(compared)).join("\n").includes("Behind a peer"));
});

Deno.test("reportMarkdown() names the bound in the way of each bar that is missed, and of no other", () => {
  const missed = reportMarkdown(results({ ...compared, bound: "memory" })).join("\n");
  assert.ok(missed.includes("| Work a | Peer | 10.0× | 12.0× | memory |"), missed);
  assert.ok(!missed.includes("| Work a | limit |"), missed);
  const unknown = reportMarkdown(results(compared)).join("\n");
  assert.ok(unknown.includes("| Work a | Peer | 10.0× | 12.0× | not profiled |"), unknown);
  const reached = compared.comparisons.map((comparison) => ({ ...comparison, reached: true }));
  const none = reportMarkdown(results({ ...compared, comparisons: reached })).join("\n");
  assert.ok(!none.includes("Bars missed"), none);
});

Deno.test("reportText() arranges the same in columns and marks small problems", () => {
  const lines = reportText(results({ ...compared, quick: true }));
  assert.ok(lines.some((line) => line.includes("no bar applies")));
  const header = lines.find((line) => line.startsWith("work"))!;
  const line = lines.find((line) => line.startsWith("Work a (10"))!;
  assert.equal(line.indexOf("200 ms"), header.indexOf("ours"));
});

Deno.test("reportMarkdown() makes one table of scaling per axis", () => {
  const row = rowOf("n", {
    scaling: { axis: "N", value: 6000 },
    entries: [entryOf("ours", [1]), entryOf("ours-1", [1.8]), entryOf("scikit-learn", [4])],
  });
  const text = reportMarkdown(results(row)).join("\n");
  assert.ok(text.includes("| 6000 | 10 × 2 | 1.00 s | 1.80 s | 1.80× | 4.00 s | 4.00× |"), text);
  assert.ok(!text.includes("### Times"));
});

Deno.test("mergeResults() replaces rows measured again and keeps the order of the table", () => {
  const again = rowOf("b", { title: "again" });
  const merged = mergeResults(results(rowOf("b"), rowOf("a")), results(again), ["a", "b"]);
  assert.deepEqual(merged.rows.map(({ title }) => title), ["Work a", "again"]);
});

Deno.test("mergeResults() drops rows of another machine", () => {
  const other = { ...results(rowOf("a")), machine: { ...machine, processors: 8 } };
  assert.deepEqual(mergeResults(other, results(rowOf("b")), ["a", "b"]).rows.length, 1);
});

Deno.test("replaceMarkedSection() replaces the text between the markers, repeatedly", () => {
  const marks = [
    "<!-- results: written by deno task bench -->",
    "<!-- end of results -->",
  ];
  const markers = resultMarkers("results");
  const once = replaceMarkedSection(`before\n${marks.join("\n")}\nafter\n`, ["| a |"], markers);
  assert.equal(once, `before\n${marks[0]}\n\n| a |\n\n${marks[1]}\nafter\n`);
  assert.equal(replaceMarkedSection(once, ["| a |"], markers), once);
  assert.throws(() => replaceMarkedSection(once, ["| a |"], resultMarkers("people")), SyntaxError);
});
