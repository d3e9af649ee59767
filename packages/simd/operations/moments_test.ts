// Sums of products that come in parts: of more rows than are worked on at once, or than sums of 32 bits hold.
import assert from "node:assert/strict";
import type { HostMatrix } from "@mixtape/operations";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { atOnce } from "../turns.ts";
import { SimdRuntime } from "../runtime.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { now, withoutTurns } from "../testing/now.ts";
import { workWithRegions } from "../memory/regions.ts";
import { placeCopy } from "./placement.ts";
import { measureMoments } from "./moments.ts";
import { integerProducts } from "./moments/integer_products.ts";
import { lessOnTheRight } from "./moments/less_on_the_right.ts";
import { wholeScatter } from "./moments/whole_scatter.ts";
import { projectRows } from "./projection.ts";

withoutTurns();
guardMemory();

function whole(n: number, d: number, largest: number): HostMatrix {
  const values = Float32Array.from({ length: n * d }, (_, at) => (at * 37 % 5 - 2) * largest / 2);
  return { values, shape: [n, d] };
}

function lower(scatter: Float64Array, d: number): Float64Array {
  return scatter.map((value, at) => at % d <= Math.floor(at / d) ? value : 0);
}

function productsOf(runtime: SimdRuntime, x: HostMatrix, largest: number): Float64Array {
  const less = new Float64Array(x.shape[1]);
  const differences = { less, kernel: "toWhole", largest: largest ** 2 } as const;
  return atOnce(workWithRegions(
    runtime.memory,
    (regions) => integerProducts(runtime, regions, x, differences),
  ));
}

function plainProducts(
  { values, shape: [n, d] }: HostMatrix,
  left: Float64Array,
  right = left,
): Float64Array {
  const products = new Float64Array(d * d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      for (let i = 0; i < n; i++) {
        products[a * d + b] += (values[i * d + a] - left[a]) * (values[i * d + b] - right[b]);
      }
    }
  }
  return products;
}

Deno.test("integerProducts() is exact and the same on any number of threads, with and without shared memory, and holds none", () => {
  for (const [n, d, largest] of [[1, 1, 2], [1029, 83, 250], [2100, 21, 2046], [33, 9, 32766]]) {
    const x = whole(n, d, largest);
    const expected = plainProducts(x, new Float64Array(d));
    for (const threads of [1, 2, 3]) {
      for (const shared of [true, false]) {
        const runtime = new SimdRuntime({ threads, shared, relaxed: shared, worthWaking: 0 });
        assert.deepEqual(productsOf(runtime, x, largest), expected);
        // Workers read the bytes of two modules.
        assert.equal(runtime.memory.heldRegions, runtime.threads > 1 ? 2 : 0);
        runtime.stop();
      }
    }
  }
});

for (const relaxed of [true, false]) {
  Deno.test(`wholeScatter() is exact where bytes hold the numbers of a column, and where not, ${relaxed ? "with" : "without"} relaxed SIMD`, () => {
    const source = random(testSeed());
    // The last takes more rows than sums of 32 bits hold.
    for (const [n, d] of [[1, 1], [3, 14], [1031, 83], [69_000, 9]]) {
      for (const range of [255, 256]) {
        const least = Float64Array.from({ length: d }, () => source.integer(3000) - 1500);
        const values = new Float64Array(n * d).map((_, at) =>
          least[at % d] + (source.integer(3) === 0 ? source.integer(range + 1) : range)
        );
        values.set(least);
        const x = { values, shape: [n, d] } as const;
        const offsets = least.map((value) => value + 100 + source.integer(50));
        const sums = offsets.map((offset, j) => {
          let sum = 0;
          for (let at = j; at < n * d; at += d) sum += values[at] - offset;
          return sum;
        });
        const columns = { offsets, sums, least, most: least.map((value) => value + range) };
        const runtime = new SimdRuntime({ threads: 2, shared: true, relaxed, worthWaking: 0 });
        const found = atOnce(workWithRegions(
          runtime.memory,
          (regions) => wholeScatter(runtime, regions, x, columns),
        ));
        runtime.stop();
        assert.deepEqual(lower(found, d), plainProducts(x, offsets));
      }
    }
  });
}
const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
const call = { inputs: {}, backend: { runtime } };

/** Products of bytes with and without a sign, or of two such with one, added up in fours. */
function instruction(read: (right: number) => number, limit: (sum: number) => number) {
  const { memory } = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  const run = (_module: unknown, _name: string, [left, right, out]: readonly number[]) => {
    const [a, b] = [new Int8Array(memory.buffer, left, 16), memory.uint8(right, 16)];
    const pair = (at: number) => limit(a[at] * read(b[at]) + a[at + 1] * read(b[at + 1]));
    memory.int32(out, 4).set([0, 4, 8, 12].map((at) => pair(at) + pair(at + 2)));
  };
  return { memory, run, relaxed: true } as unknown as SimdRuntime;
}

Deno.test("lessOnTheRight() tells the three kinds of processors apart", () => {
  const withSign = (byte: number) => byte > 127 ? byte - 256 : byte;
  const saturated = (sum: number) => Math.max(-32768, Math.min(32767, sum));
  const wrapped = (sum: number) => sum << 16 >> 16;
  const as = <T>(value: T) => value;
  assert.equal(lessOnTheRight(instruction(as, as)), 0);
  assert.equal(lessOnTheRight(instruction(withSign, as)), 128);
  for (const limit of [saturated, wrapped]) {
    assert.equal(lessOnTheRight(instruction(as, limit)), undefined);
    assert.equal(lessOnTheRight(instruction(withSign, limit)), undefined);
  }
  const plain = new SimdRuntime({ threads: 1, shared: true, relaxed: false });
  assert.equal(lessOnTheRight(plain), undefined);
});

Deno.test("integerProducts() flips bits of bytes on the right", () => {
  const [n, d] = [37, 21];
  const values = Uint8Array.from({ length: n * d }, (_, at) => 37 * at % 128);
  const x = { values, shape: [n, d] } as const;
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: false });
  const found = atOnce(workWithRegions(
    runtime.memory,
    (regions) =>
      integerProducts(runtime, regions, x, {
        ...{ less: new Float64Array(d), kernel: "toBytes", largest: 2 ** 15, flips: 128 },
      }),
  ));
  const moved = new Float64Array(d).fill(128);
  assert.deepEqual(found, plainProducts(x, moved, moved.map((value) => -value)));
});

Deno.test("measureMoments() and projectRows() are the same of rows that lie in memory, and above 2 GiB", () => {
  const high = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  high.memory.allocate(3 * 2 ** 30);
  const [n, d] = [5000, 120];
  const directions = Float64Array.from({ length: 7 * d }, (_, at) => Math.sin(at));
  for (const away of [0, 0.25]) {
    const x = {
      values: whole(n, d, 254).values.map((value) => value + away),
      shape: [n, d],
    } as const;
    const results = [runtime, high].flatMap((runtime) => {
      const call = { inputs: {}, backend: { runtime } };
      const copy = placeCopy({ ...call, attrs: { values: x.values } })!;
      return [x, { ...x, values: copy.values }].map((x) => {
        const { means, scatter } = now(measureMoments({ ...call, attrs: { x } }));
        const along = now(projectRows({ ...call, attrs: { x, means, directions } }));
        return [means, lower(scatter, d), along];
      });
    });
    for (const other of results) assert.deepEqual(other, results[0]);
  }
});

Deno.test("measureMoments() takes whole numbers whose products 16 bits hold, far from 0, and all others in float64", () => {
  const [n, d] = [700, 3];
  for (const largest of [2046, 2048, 4096, 2 ** 40]) {
    const x = whole(n, d, largest);
    const values = Float64Array.from(x.values, (value) => value + 2 ** 45);
    const { means, scatter } = now(
      measureMoments({ ...call, attrs: { x: { values, shape: x.shape } } }),
    );
    const plain = now(measureMoments({
      ...call,
      attrs: { x: { values: Float64Array.from(x.values, (value) => value / 3), shape: x.shape } },
    }));
    assertAllClose(means.map((mean) => mean - 2 ** 45), plain.means.map((mean) => 3 * mean), {
      atol: 2 ** -6 + largest * 1e-13,
    });
    assertAllClose(lower(scatter, d), lower(plain.scatter, d).map((value) => 9 * value), {
      rtol: 1e-4,
      atol: n * largest,
    });
  }
});
