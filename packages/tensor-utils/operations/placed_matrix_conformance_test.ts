import assert from "node:assert/strict";
import fc from "fast-check";
import type { MatrixValues } from "../matrix.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { largestMagnitude } from "../power_of_two.ts";
import { testSeed } from "../testing/mod.ts";
import { placedMatrix, releasing } from "./placed_matrix.ts";

const kinds = { Uint8Array, Float32Array, Float64Array } as const;

/** Too few numbers to be placed anywhere but on the host, and enough in one block and in several. */
const anyRows = fc.record({
  kind: fc.constantFrom(...Object.keys(kinds) as (keyof typeof kinds)[]),
  n: fc.constantFrom(1, 33_333, 150_001),
  offset: fc.integer({ min: 0, max: 3 }),
});
const d = 7;

function numbers(kind: keyof typeof kinds, length: number, offset: number): MatrixValues {
  const room = new kinds[kind](length + offset);
  for (let i = 0; i < room.length; i++) room[i] = i * i % 251 - (kind === "Uint8Array" ? 0 : 125.5);
  return room.subarray(offset);
}

conform("MixtapePlacement", "copies numbers of any kind, and knows the largest", async () => {
  const property = fc.asyncProperty(anyRows, async ({ kind, n, offset }) => {
    const values = numbers(kind, n * d, offset);
    const copy = values.slice();
    await releasing(placedMatrix({ values, shape: [n, d] }), async (placing) => {
      values.fill(1);
      const placed = await placing;
      assert.equal(placed.values.constructor, values.constructor);
      assert.ok(placed.values.every((value, i) => value === copy[i]), "other numbers");
      const largest = largestMagnitude(copy);
      if (placed.largest !== undefined && kind !== "Uint8Array") {
        assert.equal(placed.largest, largest);
      }
    });
  });
  await fc.assert(property, { numRuns: 12, seed: testSeed() });
});

conform(
  "MixtapePlacement",
  "copies the same numbers for k-means, perhaps in another kind of array",
  async () => {
    const d = 64;
    for (const other of [7, 0.5, -1, 300]) {
      const values = Float32Array.from({ length: 5000 * d }, (_, i) => i % 4 ? 0 : i * 7 % 256);
      values[4321] = other;
      const copy = values.slice();
      await releasing(
        placedMatrix({ values, shape: [5000, d] }, "x", { forLloyd: true }),
        async (placing) => {
          values.fill(1);
          const placed = await placing;
          assert.ok(placed.values.every((value, i) => value === copy[i]), "other numbers");
        },
      );
    }
  },
);

conform("MixtapePlacement", "names the first number that is not finite", async () => {
  const anyPlace = fc.tuple(
    fc.constantFrom("Float32Array" as const, "Float64Array" as const),
    fc.integer({ min: 0, max: 150_000 * d - 1 }),
    fc.constantFrom(NaN, Infinity, -Infinity),
  );
  const property = fc.asyncProperty(anyPlace, async ([kind, at, value]) => {
    const values = numbers(kind, 150_000 * d, 0);
    values[at] = value;
    values[values.length - 1] = value;
    const x = { values, shape: [150_000, d] };
    const place = `row ${Math.floor(at / d)}, column ${at % d} is ${value}`;
    await assert.rejects(placedMatrix(x, "y"), {
      name: "RangeError",
      message: `Cannot use y: the value in ${place}, finite numbers are needed`,
    });
    if (!Number.isNaN(value)) return;
    await releasing(placedMatrix(x, "y", { allowNaN: true }), async (placing) => {
      const placed = await placing;
      assert.ok(Number.isNaN(placed.values[at]));
      if (placed.placement) assert.equal(placed.largest, largestMagnitude(values));
    });
    values[at] = Infinity;
    await assert.rejects(placedMatrix(x, "y", { allowNaN: true }), /is Infinity/);
  });
  await fc.assert(property, { numRuns: 6, seed: testSeed() });
});

conform("MixtapePlacement", "refuses what does not fit its shape", async () => {
  const values = numbers("Float32Array", 150_000 * d, 0);
  await assert.rejects(placedMatrix({ values, shape: [150_001, d] }), RangeError);
  await assert.rejects(placedMatrix({ values, shape: [150_000, d] }, "x", { columns: 3 }), {
    message: /^Cannot use x: it has 7 columns, 3 are needed/,
  });
  const { largest, placement } = await placedMatrix([[1, 2]]);
  assert.deepEqual([largest, placement], [undefined, undefined]);
});

conformThreads("MixtapePlacement", () => {
  const values = numbers("Float64Array", 150_000 * d, 1);
  return releasing(placedMatrix({ values, shape: [150_000, d] }), async (placing) => {
    return (await placing).values.slice();
  });
});
