import assert from "node:assert/strict";
import { SimdRuntime } from "../runtime.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { scatter } from "./integer_scatter.ts";

guardMemory();

function sums(runtime: SimdRuntime, n: number, d: number, largest: number): Float64Array {
  const rows = Int16Array.from({ length: n * d }, (_, at) => (at * 37 % 5 - 2) * largest / 2);
  return scatter(runtime, { rows, largest, n, d, addTo: new Float64Array(d * d) });
}

Deno.test("scatter() is the same on any number of threads, with and without shared memory, and holds none", () => {
  for (const [n, d, largest] of [[1, 1, 2], [1029, 83, 250], [2100, 21, 254], [33, 9, 32766]]) {
    const [expected, ...others] = [1, 2, 3].flatMap((threads) =>
      [true, false].map((shared) => {
        const runtime = new SimdRuntime({ threads, shared, relaxed: shared, worthWaking: 0 });
        const found = sums(runtime, n, d, largest);
        assert.equal(runtime.memory.heldRegions, runtime.threads > 1 ? 1 : 0);
        runtime.stop();
        return found;
      })
    );
    for (const other of others) assert.deepEqual(other, expected);
  }
});

Deno.test("scatter() works above 2 GiB", () => {
  const [low, high] = [0, 1].map(() =>
    new SimdRuntime({ threads: 1, shared: true, relaxed: true })
  );
  high.memory.allocate(3 * 2 ** 30);
  assert.deepEqual(sums(high, 700, 33, 254), sums(low, 700, 33, 254));
});
