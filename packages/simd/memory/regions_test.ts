import assert from "node:assert/strict";
import { WasmMemory } from "./wasm_memory.ts";
import { buildInRegions, Regions } from "./regions.ts";

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

Deno.test("Regions frees one region at once, and no longer at the end", () => {
  const memory = new WasmMemory({ shared: false });
  const regions = new Regions(memory);
  const [first, second] = [regions.allocate(8), regions.allocate(8)];
  regions.free(first);
  assert.equal(memory.heldRegions, 1);
  assert.equal(memory.allocate(8), first);
  regions[Symbol.dispose]();
  assert.equal(memory.heldRegions, 1);
  assert.throws(() => memory.free(second), RangeError);
});

Deno.test("buildInRegions() keeps the regions of what it builds, and frees them if that fails", () => {
  const memory = new WasmMemory({ shared: false });
  assert.equal(buildInRegions(memory, (regions) => regions.allocate(8)), 4096);
  assert.equal(memory.heldRegions, 1);
  const failing = () =>
    buildInRegions(memory, (regions) => {
      regions.allocate(8);
      throw new RangeError("a test");
    });
  assert.throws(failing, /^RangeError: a test/);
  assert.equal(memory.heldRegions, 1);
});
