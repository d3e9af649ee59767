import fc from "fast-check";
import assert from "node:assert/strict";
import { ALIGNMENT, RegionAllocator } from "./region_allocator.ts";

const SPACE = 1 << 20;

Deno.test("RegionAllocator hands out aligned regions that do not overlap", () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(sizes, fc.infiniteStream(fc.boolean()), (wanted, coins) => {
      const allocator = new RegionAllocator(4096);
      allocator.extend(SPACE);
      const held = new Map<number, number>();
      for (const size of wanted) {
        const start = allocator.allocate(size);
        assert.notEqual(start, undefined);
        assert.equal(start! % ALIGNMENT, 0);
        for (const [other, length] of held) {
          assert.ok(start! + size <= other || other + length <= start!);
        }
        held.set(start!, size);
        if (coins.next().value) release(allocator, held);
      }
      while (held.size > 0) release(allocator, held);
      assert.equal(allocator.heldBytes, 0);
      assert.equal(allocator.allocate(SPACE - 4096), 4096, "all space is one region again");
    }),
    { numRuns: 100, seed: 1 },
  );
});

function release(allocator: RegionAllocator, held: Map<number, number>): void {
  const [address] = held.keys();
  held.delete(address);
  assert.ok(allocator.release(address));
}

Deno.test("RegionAllocator gives the region that was freed to the next of its size", () => {
  const allocator = new RegionAllocator(0);
  allocator.extend(SPACE);
  const first = allocator.allocate(1088);
  allocator.allocate(64);
  allocator.release(first!);
  assert.equal(allocator.allocate(1088), first);
});

Deno.test("RegionAllocator says when nothing fits and what is missing", () => {
  const allocator = new RegionAllocator(0);
  allocator.extend(1024);
  assert.equal(allocator.allocate(2000), undefined);
  assert.equal(allocator.missing(2000), 1024);
  allocator.extend(1024 + allocator.missing(2000));
  assert.equal(allocator.allocate(2000), 0);
});

Deno.test("RegionAllocator refuses to release what it does not hold", () => {
  const allocator = new RegionAllocator(0);
  allocator.extend(1024);
  const address = allocator.allocate(64)!;
  assert.ok(allocator.release(address));
  assert.ok(!allocator.release(address));
});
