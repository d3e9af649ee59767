import assert from "node:assert/strict";
import type { HostMatrix } from "@mixtape/operations";
import { SimdRuntime } from "../../runtime.ts";
import { atOnce } from "../../turns.ts";
import { DensePlan, planFields } from "./plan.ts";
import { linksOf, sizedLayers } from "./network.ts";
import { Regions } from "../../memory/regions.ts";
import { numberBytes, packRows } from "./sparse_rows.ts";

function packed(x: HostMatrix) {
  const runtime = new SimdRuntime({ threads: 1, shared: false, relaxed: false });
  const { memory } = runtime;
  using regions = new Regions(memory);
  const layers = sizedLayers(x.shape[1], [{ units: 2, activation: "linear" }]);
  const settings = { training: true, numberBytes: numberBytes(x), inputScale: 2 };
  const plan = new DensePlan(memory, regions, layers, linksOf(layers, true), settings);
  const sizes = atOnce(packRows(runtime, regions, plan, x, 2));
  const fields = memory.int32(plan.address, 32);
  const starts = memory.int32(fields[planFields.starts], x.shape[0] + 1).slice();
  const words = starts[x.shape[0]] * plan.entryBytes / 4;
  const entries = memory.int32(fields[planFields.entries], words).slice();
  return { sizes, starts: [...starts], entries };
}

Deno.test("packRows() keeps of bytes what is not zero, with its column", () => {
  const values = new Uint8Array(3 * 18);
  [values[0], values[17], values[2 * 18 + 16]] = [7, 255, 3];
  const { sizes, starts, entries } = packed({ values, shape: [3, 18] });
  assert.deepEqual(starts, [0, 2, 2, 3]);
  assert.deepEqual([...entries], [7, 17 * 256 + 255, 16 * 256 + 3]);
  assert.equal(sizes.longest, 2);
});

Deno.test("packRows() keeps of floats what is not zero, scaled", () => {
  const { sizes, starts, entries } = packed({
    values: Float64Array.of(0, 1.5, -2, 0),
    shape: [2, 2],
  });
  assert.deepEqual(starts, [0, 1, 2]);
  assert.deepEqual([entries[0], entries[2]], [1, 0]);
  const floats = new Float32Array(entries.buffer);
  assert.deepEqual([floats[1], floats[3]], [3, -4]);
  assert.deepEqual(sizes, { longest: 1, perRow: 1, columnBlocks: 1, widest: 2 });
});
