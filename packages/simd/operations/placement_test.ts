import assert from "node:assert/strict";
import { SimdRuntime } from "../runtime.ts";
import { placeCopy } from "./placement.ts";

function runtimeOf(threads: number, maximumPages?: number): SimdRuntime {
  return new SimdRuntime({ threads, shared: threads > 1, relaxed: true, maximumPages });
}

const place = (runtime: SimdRuntime, values: Float32Array | Float64Array | Uint8Array) =>
  placeCopy({ inputs: {}, attrs: { values }, backend: { runtime } });

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
    assert.equal(place(runtime, new Uint8Array(2 ** 20 - 1)), undefined);
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
