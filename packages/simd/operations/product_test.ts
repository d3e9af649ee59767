import fc from "fast-check";
import { testRounds } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { SimdRuntime } from "../runtime.ts";
import { packedBytes, packRight, type Product, product, productInPieces } from "./product.ts";
import { now, withoutTurns } from "../testing/now.ts";
import { guardMemory } from "../testing/guard_memory.ts";

withoutTurns();

guardMemory();

type Shape = Pick<Product, "m" | "n" | "k" | "transposeA" | "transposeB" | "activation">;

const one = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
const two = new SimdRuntime({ threads: 2, shared: true, relaxed: true });
const plain = new SimdRuntime({ threads: 2, shared: true, relaxed: false });
const unshared = new SimdRuntime({ threads: 1, shared: false, relaxed: true });

function values(size: number, scale: number, phase: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => scale * Math.sin(i * 1.7 + phase));
}

/** The product on a runtime, and how many regions it left behind. */
function onRuntime(
  runtime: SimdRuntime,
  shape: Shape,
  a: Float32Array,
  b: Float32Array,
  bias?: Float32Array,
): Float32Array {
  const { memory } = runtime;
  const { m, n } = shape;
  const places = [a, b, ...(bias ? [bias] : [])].map((array) => memory.place(array).address);
  const output = memory.allocate(m * n * 4 + 64);
  memory.float32(output, m * n + 16).fill(NaN);
  product(runtime, { ...shape, a: places[0], b: places[1], bias: places[2] ?? 0, output });
  const all = memory.float32(output, m * n + 16).slice();
  for (const address of [...places, output]) memory.free(address);
  assert.ok(all.subarray(m * n).every(Number.isNaN), "nothing is written behind the result");
  return all.slice(0, m * n);
}

/** Checks against float64: the error of each element is a few roundings of its sum of sizes. */
function assertProduct(
  { m, n, k, transposeA, transposeB }: Shape,
  a: Float32Array,
  b: Float32Array,
  actual: Float32Array,
): void {
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      let sum = 0;
      let size = 0;
      for (let i = 0; i < k; i++) {
        const left = a[transposeA ? i * m + row : row * k + i];
        const right = b[transposeB ? column * k + i : i * n + column];
        sum += left * right;
        size += Math.abs(left * right);
      }
      const error = Math.abs(actual[row * n + column] - sum);
      const bound = 2 ** -23 * Math.sqrt(k + 3) * 2 * size + 2 ** -149 * k;
      assert.ok(error <= bound, `[${row}, ${column}] is off by ${error}, at most ${bound}`);
    }
  }
}

const shapes = fc.record({
  m: fc.integer({ min: 1, max: 47 }),
  n: fc.integer({ min: 1, max: 35 }),
  k: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1020, max: 1040 })),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  scale: fc.constantFrom(1, 1e-18, 1e15),
});

Deno.test("product() equals the float64 product, whatever shape and scale", () => {
  fc.assert(
    fc.property(shapes, ({ scale, ...shape }) => {
      const a = values(shape.m * shape.k, scale, 0);
      const b = values(shape.k * shape.n, scale, 1);
      for (const runtime of [one, two, plain, unshared]) {
        assertProduct(shape, a, b, onRuntime(runtime, shape, a, b));
      }
    }),
    { numRuns: testRounds(60), seed: 3 },
  );
});

Deno.test("product() equals the float64 product, where rows are packed once, step by step, and for each block", () => {
  for (const [m, n, k] of [[170, 70, 130], [90, 41, 1100], [23, 18, 9000]]) {
    for (const transposeA of [false, true]) {
      const shape = { m, n, k, transposeA };
      const a = values(m * k, 1, 0);
      const b = values(k * n, 1, 1);
      for (const runtime of [one, two]) assertProduct(shape, a, b, onRuntime(runtime, shape, a, b));
    }
  }
});

Deno.test("product() gives the same bits on one thread and on two", () => {
  for (const [m, n, k] of [[203, 131, 1117], [7, 1000, 600], [1000, 3, 64], [64, 256, 1024]]) {
    const shape = { m, n, k, transposeA: true };
    const a = values(m * k, 1, 0);
    const b = values(k * n, 1, 1);
    assert.deepEqual(onRuntime(two, shape, a, b), onRuntime(one, shape, a, b));
  }
});

Deno.test("productInPieces() multiplies by the panels of a transpose with the bits of the transpose", () => {
  const { memory, turns } = two;
  for (const [m, n, k] of [[7, 4, 8], [64, 12, 4], [90, 260, 1100], [300, 20, 12]]) {
    const places = [values(m * k, 1, 0), values(n * k, 1, 1)].map((array) => memory.place(array));
    const [a, b] = places.map(({ address }) => address);
    const panels = memory.allocate(packedBytes({ n: k, k: n }));
    now(turns.drive(packRight(two, { b, n: k, k: n }, panels)));
    const [direct, turned] = [{ b, transposeB: true }, { b: panels, turned: true }].map((right) => {
      const output = memory.allocate(4 * m * n);
      now(turns.drive(productInPieces(two, { ...right, a, output, m, n, k })));
      const result = memory.float32(output, m * n).slice();
      memory.free(output);
      return result;
    });
    assert.deepEqual(turned, direct, `${m} × ${n} × ${k}`);
    for (const address of [a, b, panels]) memory.free(address);
  }
});

Deno.test("product() adds the bias once and applies the activation last", () => {
  const shape = { m: 13, n: 11, k: 1100 };
  const a = values(shape.m * shape.k, 1, 0);
  const b = values(shape.k * shape.n, 0.1, 1);
  const bias = values(shape.n, 3, 2);
  const linear = onRuntime(two, shape, a, b);
  const activations = [(x: number) => x, (x: number) => Math.max(x, 0)];
  activations.push((x) => Math.min(Math.max(x, 0), 6), (x) => 1 / (1 + Math.exp(-x)));
  activations.forEach((activate, activation) => {
    const actual = onRuntime(two, { ...shape, activation }, a, b, bias);
    actual.forEach((value, i) => {
      const expected = activate(linear[i] + bias[i % shape.n]);
      assert.ok(Math.abs(value - expected) <= 1e-6 * Math.max(1, Math.abs(expected)));
    });
  });
});

Deno.test("product() works above 2 GiB", () => {
  const runtime = new SimdRuntime({ threads: 2, shared: true, relaxed: true });
  runtime.memory.allocate(3 * 2 ** 30);
  const shape = { m: 90, n: 33, k: 100, transposeB: true };
  const a = values(shape.m * shape.k, 1, 0);
  const b = values(shape.k * shape.n, 1, 1);
  assert.deepEqual(onRuntime(runtime, shape, a, b), onRuntime(one, shape, a, b));
});

Deno.test("product() carries infinities and NaN", () => {
  const a = Float32Array.of(1, Infinity, NaN, 1, 0, 1);
  const b = Float32Array.of(1, 2, 1, 1);
  const result = onRuntime(two, { m: 3, n: 2, k: 2 }, a, b);
  assert.deepEqual([...result], [Infinity, Infinity, NaN, NaN, 1, 1]);
});
