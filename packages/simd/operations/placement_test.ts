import assert from "node:assert/strict";
import { SimdRuntime } from "../runtime.ts";
import { placeCopy } from "./placement.ts";

function runtimeOf(threads: number, maximumPages?: number, relaxed = true): SimdRuntime {
  return new SimdRuntime({ threads, shared: threads > 1, relaxed, maximumPages });
}

const place = (
  runtime: SimdRuntime,
  values: Float32Array | Float64Array | Uint8Array,
  lloydColumns?: number,
) => placeCopy({ inputs: {}, attrs: { values, lloydColumns }, backend: { runtime } });

Deno.test("MixtapePlacement finds the largest magnitude wherever it is, of any number of numbers", () => {
  const runtime = runtimeOf(2);
  try {
    for (const Kind of [Float32Array, Float64Array]) {
      for (const tail of [0, 1, 3, 5, 6]) {
        const values = new Kind(2 ** 18 + tail).fill(-2.5);
        for (const at of [0, 4, 65535, 65536, values.length - 1]) {
          for (const value of [-1e30, 3e-45 + 2.5000002, -Infinity, NaN]) {
            const given = values.slice();
            given[at] = value;
            const copy = place(runtime, given)!;
            const largest = Math.max(2.5, Math.abs(given[at]));
            assert.equal(copy.largest(), largest, `${value} at ${at}`);
            const others = Number.isNaN(value) ? 2.5 : largest;
            assert.equal(copy.largest(undefined, true), others, `${value} at ${at}`);
            copy[Symbol.dispose]();
          }
        }
      }
    }
  } finally {
    runtime.stop();
  }
});

Deno.test("MixtapePlacement finds the largest magnitude while it copies, if threads are idle", () => {
  const runtime = runtimeOf(2);
  const { run } = runtime;
  const jobs: string[] = [];
  runtime.run = function (module, name, ...rest) {
    jobs.push(name);
    return run.call(this, module, name, ...rest);
  };
  const values = new Float32Array(2 ** 20 + 1).fill(-2);
  try {
    {
      using copy = place(runtime, values)!;
      assert.equal(copy.largest(), 2);
      assert.deepEqual(jobs, ["largest32", "largest32", "largest32"]);
      assert.deepEqual(copy.values, values);
    }
    jobs.length = 0;
    Object.defineProperty(runtime, "isBusy", { value: true });
    using copy = place(runtime, values)!;
    assert.deepEqual(copy.values, values);
    assert.deepEqual(jobs, []);
  } finally {
    runtime.stop();
  }
});

Deno.test("MixtapePlacement frees its copy once, and leaves few numbers, too many and unshared memory to the host", () => {
  const runtime = runtimeOf(2, 160);
  try {
    const held = runtime.memory.heldBytes;
    const copy = place(runtime, new Uint8Array(2 ** 20).fill(7))!;
    assert.ok(runtime.memory.owns(copy.values.buffer));
    assert.ok(copy.values.every((value) => value === 7));
    assert.equal(copy.largest(), 255);
    assert.equal(runtime.memory.heldBytes - held, 2 ** 20);
    copy[Symbol.dispose]();
    copy[Symbol.dispose]();
    assert.equal(runtime.memory.heldBytes, held);
    place(runtime, new Uint8Array(2 ** 13))![Symbol.dispose]();
    assert.equal(place(runtime, new Uint8Array(2 ** 13 - 1)), undefined);
    // A quarter of 160 pages, and then what is left.
    assert.equal(place(runtime, new Uint8Array(40 * 65536 + 1)), undefined);
    const copies = Array.from({ length: 4 }, () => place(runtime, new Uint8Array(40 * 65536)));
    assert.equal(copies.filter((one) => one === undefined).length, 1);
    copies.forEach((one) => one?.[Symbol.dispose]());
    assert.equal(runtime.memory.heldBytes, held);
  } finally {
    runtime.stop();
  }
  assert.equal(place(runtimeOf(1), new Uint8Array(2 ** 20)), undefined);
});

/** Whole numbers from 0 to 255, a quarter of them not 0. */
function sparseBytes(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => i % 4 === 0 ? i * 7 % 256 : 0);
}

/** Returns the number of bytes held once workers have been given the kernels. */
function heldAfterFirst(runtime: SimdRuntime): number {
  for (const columns of [64, undefined]) {
    place(runtime, sparseBytes(2 ** 18), columns)?.[Symbol.dispose]();
  }
  return runtime.memory.heldBytes;
}

for (const threads of [1, 2]) {
  Deno.test(`MixtapePlacement copies float32 as bytes for k-means where they are such, ${threads} threads`, () => {
    const runtime = runtimeOf(threads);
    try {
      const held = heldAfterFirst(runtime);
      for (const tail of [0, 1, 15]) {
        const values = sparseBytes(2 ** 20 + 2 ** 18 + tail);
        const copy = place(runtime, values, 64)!;
        assert.ok(copy.values instanceof Uint8Array);
        assert.equal(runtime.memory.owns(copy.values.buffer), threads > 1);
        assert.ok(copy.values.every((value, i) => value === values[i]));
        assert.equal(copy.largest(), 255);
        copy[Symbol.dispose]();
        assert.equal(runtime.memory.heldBytes, held);
      }
    } finally {
      runtime.stop();
    }
  });

  for (const relaxed of [true, false]) {
    Deno.test(`MixtapePlacement keeps float32 that no byte is equal to, ${threads} threads, relaxed ${relaxed}`, () => {
      const runtime = runtimeOf(threads, undefined, relaxed);
      try {
        const held = heldAfterFirst(runtime);
        const values = sparseBytes(2 ** 20 + 3);
        for (const at of [5, 2 ** 19 + 6, 2 ** 20 + 1]) {
          for (
            const other of [
              0.5,
              255.5,
              256,
              -1,
              -0,
              2 ** 23,
              2 ** 31,
              2 ** 31 + 2 ** 9,
              NaN,
              -Infinity,
            ]
          ) {
            const given = values.slice();
            given[at] = other;
            const copy = place(runtime, given, 64);
            if (threads === 1) assert.equal(copy, undefined, `${other} at ${at}`);
            else {
              assert.ok(copy?.values instanceof Float32Array, `${other} at ${at}`);
              assert.ok(copy.values.every((value, i) => Object.is(value, given[i])));
            }
            copy?.[Symbol.dispose]();
            assert.equal(runtime.memory.heldBytes, held);
          }
        }
      } finally {
        runtime.stop();
      }
    });
  }
}

Deno.test("MixtapePlacement keeps float32 that k-means reads with their zeros, and numbers for other uses", () => {
  const runtime = runtimeOf(2);
  try {
    const values = sparseBytes(2 ** 18);
    const dense = values.map((value) => value + 1 & 255);
    const copies = [place(runtime, values), place(runtime, values, 63), place(runtime, dense, 64)];
    for (const copy of copies) assert.ok(copy?.values instanceof Float32Array);
    for (const copy of copies) copy?.[Symbol.dispose]();
  } finally {
    runtime.stop();
  }
});
