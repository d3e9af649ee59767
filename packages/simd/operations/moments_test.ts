// Sums of products that come in parts: of more rows than are worked on at once, or than sums of 32 bits hold.
import assert from "node:assert/strict";
import type { HostMatrix } from "@mixtape/operations";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { atOnce } from "../turns.ts";
import { SimdRuntime } from "../runtime.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { now, withoutTurns } from "../testing/now.ts";
import { workWithRegions } from "../memory/regions.ts";
import { placeCopy } from "./placement.ts";
import { measureMoments } from "./moments.ts";
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

function scatterOf(runtime: SimdRuntime, x: HostMatrix, largest: number): Float64Array {
  const [, d] = x.shape;
  const offsets = new Float64Array(d);
  return atOnce(workWithRegions(
    runtime.memory,
    (regions) => wholeScatter(runtime, regions, x, { offsets, largest }),
  ));
}

Deno.test("wholeScatter() is exact and the same on any number of threads, with and without shared memory, and holds none", () => {
  for (const [n, d, largest] of [[1, 1, 2], [1029, 83, 250], [2100, 21, 2046], [33, 9, 32766]]) {
    const x = whole(n, d, largest);
    const expected = new Float64Array(d * d);
    for (let a = 0; a < d; a++) {
      for (let b = 0; b <= a; b++) {
        for (let i = 0; i < n; i++) {
          expected[a * d + b] += x.values[i * d + a] * x.values[i * d + b];
        }
      }
    }
    for (const threads of [1, 2, 3]) {
      for (const shared of [true, false]) {
        const runtime = new SimdRuntime({ threads, shared, relaxed: shared, worthWaking: 0 });
        assert.deepEqual(scatterOf(runtime, x, largest), expected);
        // Workers read the bytes of two modules.
        assert.equal(runtime.memory.heldRegions, runtime.threads > 1 ? 2 : 0);
        runtime.stop();
      }
    }
  }
});

const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
const call = { inputs: {}, backend: { runtime } };

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
