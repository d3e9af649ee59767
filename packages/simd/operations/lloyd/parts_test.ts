import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { Regions } from "../../memory/regions.ts";
import { WasmMemory } from "../../memory/wasm_memory.ts";
import { SimdRuntime } from "../../runtime.ts";
import { atOnce } from "../../turns.ts";
import { guardMemory } from "../../testing/guard_memory.ts";
import { principalBasis } from "./basis.ts";
import { LloydData } from "./data.ts";
import { toPanels } from "./panels.ts";
import { References } from "./references.ts";
import { takeSample } from "./sample.ts";

guardMemory();

Deno.test("toPanels() lays columns out 12 by 12, and what is left in whole fours", () => {
  const [length, count, width] = [3, 29, 32];
  const panels = toPanels(
    Float64Array.from({ length: length * count }, (_, i) => i),
    length,
    width,
  );
  const expected: number[] = [];
  for (const [first, across] of [[0, 12], [12, 12], [24, 8]]) {
    for (let p = 0; p < length; p++) {
      for (let j = first; j < first + across; j++) expected.push(j < count ? j * length + p : 0);
    }
  }
  assert.deepEqual([...panels], expected);
});

Deno.test("takeSample() looks at every fourth of 1024 rows of 784 columns, and at each of a few", () => {
  for (const [n, step] of [[4096, 4], [200, 1]]) {
    const values = Uint8Array.from({ length: n * 784 }, (_, i) => i * 7919 % 251 & (i >> 3));
    const { rows, mean, density } = takeSample(values, n, 784);
    const looked = [...rows].filter((_, q) => q % step === 0);
    const all = looked.map((i) => values.subarray(784 * i, 784 * (i + 1)));
    const column = all.map((row) => row[5]);
    assert.equal(rows.length, Math.max(64, Math.min(1024, n / 4)));
    assert.equal(mean[5], column.reduce((a, b) => a + b) / looked.length);
    const nonzero = all.flatMap((row) => [...row]).filter((value) => value !== 0);
    assert.equal(density, nonzero.length / (784 * looked.length));
  }
});

Deno.test("takeSample() takes evenly spaced rows, a quarter of them if all are few, and measures the spread of every sixteenth", () => {
  for (const [n, count] of [[40, 40], [200, 64], [3000, 750], [5000, 1024]]) {
    const values = Float64Array.from({ length: 2 * n }, (_, at) => at % 2 ? at % 3 : at * at % 97);
    const sample = takeSample(values, n, 2);
    const rows = Array.from({ length: count }, (_, i) => Math.floor(i * n / count));
    assert.deepEqual([...sample.rows], rows);
    const mean = [0, 1].map((p) => rows.reduce((sum, i) => sum + values[2 * i + p], 0) / count);
    assertAllClose(sample.mean, mean, { rtol: 1e-13 });
    const some = rows.filter((_, q) => q % 16 === 0);
    const squares = some.flatMap((i) => [0, 1].map((p) => (values[2 * i + p] - mean[p]) ** 2));
    const spread = Math.sqrt(squares.reduce((a, b) => a + b) / some.length);
    assertAllClose([sample.spread], [spread], { rtol: 1e-13 });
    const nonzero = rows.flatMap((i) => [values[2 * i], values[2 * i + 1]]).filter((x) => x !== 0);
    assert.equal(sample.density, nonzero.length / (2 * count));
  }
});

Deno.test("principalBasis() is orthonormal, and holds all but what the rows vary by least", () => {
  // Far from 0, rows vary in `size` directions, and a thousandth as much in every other.
  const [n, d, size] = [700, 40, 16];
  const values = Float32Array.from({ length: n * d }, (_, at) => {
    const [i, p] = [Math.floor(at / d), at % d];
    return 20 + Math.sin(1 + i * i * (p + 1)) * (p % 5 < 2 ? 1 + p / 40 : 1e-3);
  });
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  const regions = new Regions(runtime.memory);
  const data = atOnce(LloydData.prepare(runtime, regions, { values, shape: [n, d] }));
  const sample = takeSample(values, n, d);
  const held = runtime.memory.heldRegions;
  const basis = principalBasis(runtime, regions, data.rows, sample, size, data.mean);
  assert.equal(runtime.memory.heldRegions, held);
  const rowOf = (s: number) => basis.subarray(s * d, (s + 1) * d);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, p) => sum + x * b[p], 0);
  for (let s = 0; s < size; s++) {
    for (let t = 0; t <= s; t++) {
      assert.ok(Math.abs(dot(rowOf(s), rowOf(t)) - Number(s === t)) < 1e-12);
    }
  }
  let [all, left] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = Float64Array.from({ length: d }, (_, p) => values[i * d + p] - sample.mean[p]);
    all += dot(x, x);
    left += dot(x, x);
    for (let s = 0; s < size; s++) left -= dot(x, rowOf(s)) ** 2;
  }
  assert.ok(left < 1e-4 * all, `${left} of ${all} are left`);
  data[Symbol.dispose]();
});

Deno.test("principalBasis() has no direction left where the rows vary in few", () => {
  const [n, d, size] = [600, 33, 16];
  const values = Float32Array.from(
    { length: n * d },
    (_, at) => at % d < 3 ? Math.sin(at * at) : 0,
  );
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  const regions = new Regions(runtime.memory);
  const data = atOnce(LloydData.prepare(runtime, regions, { values, shape: [n, d] }));
  const sample = takeSample(values, n, d);
  const basis = principalBasis(runtime, regions, data.rows, sample, size, data.mean);
  const lengths = Array.from(
    { length: size },
    (_, s) => Math.hypot(...basis.subarray(s * d, (s + 1) * d)),
  );
  assertAllClose(lengths, lengths.map((_, s) => Number(s < 3)), { rtol: 1e-12, atol: 1e-12 });
  data[Symbol.dispose]();
});

Deno.test("LloydData.prepare() leaves zeros out where most values are, of bytes and of plain float32", () => {
  const [n, d] = [300, 70];
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  const value = (at: number) => at * 37 % 101 < 20 ? 1 + at % 9 : 0;
  const mostlyZero = Float32Array.from({ length: n * d }, (_, at) => value(at));
  const cases = [
    { values: mostlyZero, isSparse: true },
    { values: Uint8Array.from(mostlyZero), isSparse: true },
    { values: mostlyZero.map((x) => x / 3), isSparse: true },
    { values: mostlyZero.map((x) => x + 1), isSparse: false },
    // Far from 0 in one column: differences of squares would lose digits.
    { values: mostlyZero.map((x, at) => at % d ? x : 1e5), isSparse: false },
  ];
  for (const { values, isSparse } of cases) {
    const regions = new Regions(runtime.memory);
    using data = atOnce(LloydData.prepare(runtime, regions, { values, shape: [n, d] }));
    assert.equal(data.rows.dense === 0, isSparse);
  }
});

Deno.test("LloydData.prepare() tells of sparse rows how far they are from the mean and from 0", () => {
  const [n, d] = [150, 70];
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  const bytes = Uint8Array.from({ length: n * d }, (_, at) => at * 37 % 101 < 20 ? 1 + at % 9 : 0);
  for (const values of [bytes, Float32Array.from(bytes, (x) => x / 3)]) {
    const regions = new Regions(runtime.memory);
    using data = atOnce(LloydData.prepare(runtime, regions, { values, shape: [n, d] }));
    const { squares, radii, meanNorm } = data.rows;
    const row = (i: number) => [...values.subarray(i * d, (i + 1) * d)];
    const expected = Array.from({ length: n }, (_, i) => {
      return row(i).reduce((sum, x, p) => sum + (x - data.mean[p]) ** 2, 0);
    });
    assertAllClose(runtime.memory.float32(squares, n), expected, { rtol: 1e-5 });
    runtime.memory.float32(radii, n).forEach((radius, i) => {
      const exact = Math.hypot(...row(i)) + meanNorm;
      assert.ok(radius >= exact && radius < exact * 1.00002, `${radius} of ${exact}`);
    });
  }
});

Deno.test("References bound the drift since every step, exactly where centroids keep their direction", () => {
  const [k, width, d, steps] = [3, 4, 2, 200];
  const memory = new WasmMemory({ shared: false });
  const references = new References(new Regions(memory), k, width, d);
  const held = memory.heldRegions;
  for (let round = 0; round < 2; round++) {
    for (let step = 0; step < steps; step++) {
      const { now, residualDrifts, kept, keptCount } = references.begin();
      assert.equal(now, step);
      const measured: number[] = [];
      const table = memory.float32(residualDrifts, (step + 1) * width);
      for (let pair = 0; pair < keptCount; pair++) {
        const [reference, address] = memory.int32(kept + 8 * pair, 2);
        memory.float32(address, k * d).fill(reference);
        measured.push(reference);
        for (let j = 0; j < k; j++) table[reference * width + j] = (now - reference) * (j + 1);
      }
      references.end();
      const recent = Array.from({ length: Math.min(8, step + 1) }, (_, age) => step - age);
      assert.ok(recent.every((reference) => measured.includes(reference)));
      // Of the older ones that are kept one in eight, so that each is measured in turn.
      assert.ok(measured.length <= 9 + (64 + step) / 8);
      for (let reference = 0; reference <= step; reference++) {
        for (let j = 0; j < k; j++) {
          const drift = (step - reference) * (j + 1);
          const bound = table[reference * width + j];
          assert.ok(bound >= drift && bound <= drift * 1.0001, `${reference} at ${step}: ${bound}`);
        }
      }
    }
    assert.ok(memory.heldRegions - held <= 64 + 8 + steps / 8);
    assert.equal(references.full, false);
    references.reset();
    assert.equal(memory.heldRegions, held);
  }
});
