// Products of the sizes that a classifier and a clustering meet, on one thread and on two.
import { SimdRuntime } from "../runtime.ts";
import { product } from "./product.ts";

const SHAPES: readonly (readonly [m: number, n: number, k: number])[] = [
  [1024, 1024, 1024],
  [1024, 128, 784],
  [60000, 10, 784],
];

for (const [m, n, k] of SHAPES) {
  for (const threads of [1, 2]) {
    const runtime = new SimdRuntime({ threads, shared: true, relaxed: true });
    const { memory } = runtime;
    const a = memory.place(new Float32Array(m * k).fill(0.5)).address;
    const b = memory.place(new Float32Array(k * n).fill(0.5)).address;
    const output = memory.allocate(m * n * 4);
    Deno.bench({
      name: `${threads === 1 ? "one thread" : "two threads"}, ${m} × ${k} × ${n}`,
      group: `${m} × ${k} × ${n}`,
      baseline: threads === 1,
      fn: () => product(runtime, { a, b, output, m, n, k }),
    });
  }
}
