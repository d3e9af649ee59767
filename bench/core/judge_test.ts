import { compare, compareQuality, entryResult } from "./judge.ts";
import type { Measured } from "./measure.ts";
import type { Measurement } from "./measurement.ts";
import type { Plan } from "./plan.ts";
import type { PeerProcess } from "./peer_process.ts";
import { entryOf } from "./testing_results.ts";
import assert from "node:assert/strict";

const entries = [
  entryOf("ours", [0.2, 0.1, 0.3]),
  entryOf("ours-1", [0.3]),
  entryOf("slow", [2]),
  entryOf("fast", [1, 0.5, 0.7]),
];

Deno.test("compare() compares with the fastest entry of a bar", () => {
  const [bar] = compare(entries, [{ against: ["slow", "fast"], atLeast: 3 }], false);
  assert.equal(bar.against, "fast");
  assert.ok(Math.abs(bar.ratio - 3.5) < 1e-12);
  assert.equal(bar.reached, true);
});

Deno.test("compare() requires two threads to be 1.7 times as fast as one above 10 ms", () => {
  const threads = compare(entries, [], false).find(({ against }) => against === "ours-1");
  assert.equal(threads?.bar, 1.7);
  assert.equal(threads?.reached, false);
  const short = [entryOf("ours", [0.002]), entryOf("ours-1", [0.002])];
  assert.equal(compare(short, [], false)[0].bar, null);
});

Deno.test("compare() lists all entries, with or without a bar", () => {
  const found = compare(entries, [{ against: ["fast"], atLeast: 3 }], false);
  assert.deepEqual(found.map(({ against }) => against), ["fast", "ours-1", "slow"]);
});

Deno.test("compare() judges nothing when the problem was made smaller", () => {
  for (const { reached } of compare(entries, [{ against: ["fast"], atLeast: 3 }], true)) {
    assert.equal(reached, null);
  }
});

Deno.test("compare() leaves out a bar when its entries are missing, and all bars without ours", () => {
  assert.equal(compare(entries.slice(0, 1), [{ against: ["fast"], atLeast: 3 }], false).length, 0);
  assert.equal(compare(entries.slice(2), [{ against: ["fast"], atLeast: 3 }], false).length, 0);
});

Deno.test("compare() judges a limit in seconds and an amount of memory", () => {
  const memory = (peakBytes: number) => ({ last: { seconds: 1, peakBytes } });
  const two = [entryOf("ours", [0.3], memory(100)), entryOf("python", [1], memory(80))];
  const [limit, bytes] = compare(two, [
    { against: [], atMostSeconds: 0.4 },
    { against: ["python"], atLeast: 1, measure: "peakBytes" },
  ], false);
  assert.deepEqual([limit.against, limit.reached], [null, true]);
  assert.deepEqual([bytes.ratio, bytes.reached], [0.8, false]);
});

function measured(id: string, measurements: Measurement[], seeded = false): Measured {
  const peer = { peer: { title: id }, versions: {} } as unknown as PeerProcess;
  const entry = { id, peer: id, work: "w", variants: [], factor: 20 };
  return {
    entry: seeded ? { ...entry, perRun: (run) => ({ seed: run }) } : entry,
    peer,
    label: "",
    threads: 1,
    measurements,
  };
}

Deno.test("entryResult() multiplies times by the factor and keeps runs as measured", () => {
  const { runs, seconds, last } = entryResult(
    measured("a", [{ seconds: 1, centroids: [1] }, { seconds: 3, centroids: [1], iterations: 4 }]),
  );
  assert.deepEqual(runs, [1, 3]);
  assert.equal(seconds.median, 40);
  assert.deepEqual(last, { seconds: 3, iterations: 4 });
});

Deno.test("compareQuality() compares last runs, and means when seeds differ", () => {
  const plan: Plan = {
    size: "",
    entries: [],
    bars: [],
    qualities: [{ name: "loss", tolerance: 0.1, value: ({ loss }) => loss }],
  };
  const runs = [{ seconds: 1, loss: 4 }, { seconds: 1, loss: 2 }];
  const theirs = measured("peer", [{ seconds: 1, loss: 2 }]);
  const [last] = compareQuality([measured("ours", runs), theirs], plan);
  assert.deepEqual([last.ours, last.difference, last.equal], [2, 0, true]);
  const [mean] = compareQuality([measured("ours", runs, true), theirs], plan);
  assert.deepEqual([mean.ours, mean.difference, mean.equal], [3, 0.5, false]);
  const silent = measured("peer", [{ seconds: 1 }]);
  assert.deepEqual(compareQuality([measured("ours", runs), silent], plan), []);
});
