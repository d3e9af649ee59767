import fc from "fast-check";
import assert from "node:assert/strict";
import { elementwise } from "./module/elementwise.ts";
import { reduce } from "./module/reduce.ts";
import { SimdRuntime } from "./runtime.ts";

const runtimes = [true, false].map((relaxed) =>
  new SimdRuntime({ threads: 2, shared: true, relaxed })
);

/** Runs a function of one input at a kernel number. */
function unary(runtime: SimdRuntime, number: number, x: Float32Array): Float32Array {
  const { memory } = runtime;
  const input = memory.place(x);
  const output = memory.allocate(x.byteLength);
  const args = [number, input.address, output, x.length, 0, 0];
  runtime.run(elementwise, "unary", args, Math.ceil(x.length / 16384));
  const result = memory.float32(output, x.length).slice();
  memory.free(output);
  memory.free(input.address);
  return result;
}

/** The distance in units in the last place of the expected float32. */
function unitsApart(actual: number, expected: number): number {
  const rounded = Math.fround(expected);
  if (Object.is(actual, rounded) || actual === rounded) return 0;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(rounded))), -126);
  return Math.abs(actual - expected) / 2 ** (exponent - 23);
}

/** Every float32 of a range, at even steps through its bit patterns. */
function sweep(from: number, to: number, steps = 200_000): Float32Array {
  const x = new Float32Array(steps);
  for (let i = 0; i < steps; i++) x[i] = from + (to - from) * (i / (steps - 1));
  return x;
}

function worstUnits(number: number, x: Float32Array, exact: (x: number) => number): number {
  return Math.max(...runtimes.map((runtime) => {
    let worst = 0;
    unary(runtime, number, x).forEach((value, i) => {
      const units = unitsApart(value, exact(x[i]));
      worst = Math.max(worst, Number.isNaN(units) ? Infinity : units);
    });
    return worst;
  }));
}

/** Values that formulas forget. */
const edges = Float32Array.of(
  ...[0, -0, 1, -1, Infinity, -Infinity, NaN, 1e-45, -1e-45, 1.17549435e-38, 3.4028235e38],
  ...[88.72283, 88.7229, -87.33655, -103.97, -104.1, 1e-20, -3.4028235e38],
);

const FUNCTIONS: Readonly<Record<string, [number, (x: number) => number, number, number, number]>> =
  {
    exp: [3, Math.exp, -103, 88.7, 2],
    log: [13, Math.log, 1e-30, 1e4, 2],
    tanh: [14, Math.tanh, -12, 12, 3],
    sigmoid: [2, (x) => 1 / (1 + Math.exp(-x)), -80, 80, 4],
  };

for (const [name, [number, exact, from, to, units]] of Object.entries(FUNCTIONS)) {
  Deno.test(`${name} is within ${units} units in the last place`, () => {
    assert.ok(worstUnits(number, sweep(from, to), exact) <= units);
    assert.ok(worstUnits(number, sweep(from / 100, to / 100), exact) <= units);
  });

  Deno.test(`${name} is right at zeros, infinities, NaN and subnormal numbers`, () => {
    for (const runtime of runtimes) {
      unary(runtime, number, edges).forEach((value, i) => {
        const expected = Math.fround(exact(edges[i]));
        const close = Math.abs(value - expected) <= 2e-6 * Math.abs(expected) + 2e-38;
        assert.ok(
          Object.is(value, expected) || value === expected || close,
          `${name}(${edges[i]})`,
        );
      });
    }
  });
}

Deno.test("the elements behind the last whole vector are computed alike", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (length) => {
      const x = sweep(-3, 3, 40);
      const whole = unary(runtimes[0], 2, x);
      assert.deepEqual(unary(runtimes[0], 2, x.slice(0, length)), whole.slice(0, length));
    }),
    { seed: 1 },
  );
});

Deno.test("sums are exact where float32 sums would stall", () => {
  const x = new Float32Array(3_000_000).fill(1);
  x[0] = 2 ** 25;
  const [{ memory }] = runtimes;
  const { address } = memory.place(x);
  const partial = memory.allocate(8 * 200);
  runtimes[0].run(reduce, "sumBlocks", [address, partial, x.length], Math.ceil(x.length / 16384));
  const sums = memory.float64(partial, Math.ceil(x.length / 16384));
  assert.equal(sums.reduce((total, sum) => total + sum), 2 ** 25 + 2_999_999);
  memory.free(partial);
  memory.free(address);
});
