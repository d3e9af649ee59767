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

Deno.test("RegionAllocator leaves a large region whole while a smaller one fits", () => {
  const allocator = new RegionAllocator(0);
  allocator.extend(SPACE);
  const sizes = [64, 128, 192, 512, 576, 640, 1024, 1152, 4096, 4608, 65536];
  const gaps = sizes.map((size) => {
    const gap = allocator.allocate(size)!;
    allocator.allocate(64);
    return gap;
  });
  const rest = allocator.missing(SPACE);
  gaps.forEach((gap) => allocator.release(gap));
  // Each gap is the first of its class, so each size finds its own.
  sizes.forEach((size, i) => assert.equal(allocator.allocate(size), gaps[i], `${size} bytes`));
  assert.equal(allocator.missing(SPACE), rest);
});

Deno.test("RegionAllocator counts what it holds in whole lines of 64 bytes", () => {
  const allocator = new RegionAllocator(100);
  allocator.extend(SPACE);
  const addresses = [0, 1, 64, 65].map((bytes) => allocator.allocate(bytes)!);
  assert.deepEqual(addresses, [128, 192, 256, 320]);
  assert.deepEqual([allocator.heldBytes, allocator.heldRegions], [5 * 64, 4]);
  allocator.release(320);
  assert.deepEqual([allocator.heldBytes, allocator.heldRegions], [3 * 64, 3]);
});

Deno.test("RegionAllocator merges a region with free neighbours on both sides, and new room with the last", () => {
  const allocator = new RegionAllocator(0);
  allocator.extend(1024);
  const [a, b, c, last] = [256, 256, 256, 256].map((bytes) => allocator.allocate(bytes)!);
  allocator.release(a);
  allocator.release(c);
  assert.equal(allocator.allocate(512), undefined);
  allocator.release(b);
  assert.equal(allocator.allocate(768), a);
  assert.equal(allocator.missing(256), 256);
  allocator.release(last);
  assert.equal(allocator.missing(512), 256);
  allocator.extend(1280);
  assert.equal(allocator.allocate(512), last);
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

Deno.test("RegionAllocator frees the end of a region that shrinks", () => {
  const allocator = new RegionAllocator(0);
  allocator.extend(SPACE);
  const [first, second] = [allocator.allocate(4096)!, allocator.allocate(64)!];
  assert.ok(allocator.shrink(first, 65));
  assert.equal(allocator.heldBytes, 128 + 64);
  assert.equal(allocator.allocate(4096 - 128), first + 128);
  assert.ok(allocator.shrink(first, 4096), "a region never grows");
  assert.equal(allocator.heldBytes, 4096 + 64);
  assert.ok(!allocator.shrink(second + 64, 1));
  // The rest merges with what is free behind it.
  assert.ok(allocator.release(second) && allocator.release(first + 128));
  assert.ok(allocator.shrink(first, 64));
  assert.equal(allocator.missing(SPACE), 64);
});
