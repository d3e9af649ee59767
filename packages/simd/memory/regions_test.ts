import assert from "node:assert/strict";
import { WasmMemory } from "./wasm_memory.ts";
import { Regions } from "./regions.ts";

Deno.test("Regions gives back all it took, once", () => {
  const memory = new WasmMemory({ shared: false });
  const regions = new Regions(memory);
  const zeros = regions.zeros(12);
  const placed = regions.place(Float32Array.of(1, 2));
  regions.allocate(0);
  assert.deepEqual([...memory.float32(zeros, 3)], [0, 0, 0]);
  assert.deepEqual([...memory.float32(placed, 2)], [1, 2]);
  assert.equal(memory.heldRegions, 3);
  regions[Symbol.dispose]();
  regions[Symbol.dispose]();
  assert.equal(memory.heldRegions, 0);
});
