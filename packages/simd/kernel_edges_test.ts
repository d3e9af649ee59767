import assert from "node:assert/strict";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import type { KernelModule } from "./kernel_module.ts";
import { movement } from "./module/movement.ts";
import { reduce } from "./module/reduce.ts";
import { softmax } from "./module/softmax.ts";
import { SimdRuntime } from "./runtime.ts";

const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
const { memory } = runtime;

/** Numbers on either side of a result that must stay as they are. */
const GUARD = 160;

/** A job over small blocks: its name, arguments, and the results that it should have. */
interface Job<Name extends string> {
  readonly module: KernelModule<Name>;
  readonly name: Name;
  readonly args: (x: number, out: number) => number[];
  readonly blocks: number;
  readonly expected: readonly number[];
  /** True if results are float64. */
  readonly wide?: boolean;
}

function check<Name extends string>(x: Float32Array, job: Job<Name>, label: string): void {
  const { module, name, args, blocks, expected, wide } = job;
  const size = expected.length;
  const input = memory.place(x).address;
  const output = memory.allocate(8 * (size + 2 * GUARD));
  const whole = size + 2 * GUARD;
  const all = wide ? memory.float64(output, whole) : memory.float32(output, whole);
  all.fill(-7);
  const start = output + GUARD * all.BYTES_PER_ELEMENT;
  runtime.run(module, name, args(input, start), blocks);
  assertAllClose(all.subarray(GUARD, GUARD + size), expected, { rtol: 1e-5, atol: 1e-6 });
  const around = [...all.subarray(0, GUARD), ...all.subarray(GUARD + size)];
  assert.ok(around.every((value) => value === -7), `${name} writes beyond its result, ${label}`);
  memory.free(input);
  memory.free(output);
}

/** Widths on either side of multiples of vectors and strips, and numbers of rows beside those of blocks. */
const shapes = [1, 3, 4, 5, 6, 7, 8, 9, 14, 15, 16, 17, 33, 63, 64, 65].flatMap((columns) =>
  [1, 2, 3, 4, 5, 16, 17, 21].map((rows) => [rows, columns] as const)
);

function eachShape(look: (x: Float32Array, rows: number[][], label: string) => void): void {
  for (const [n, columns] of shapes) {
    const rows = Array.from(
      { length: n },
      (_, i) => Array.from({ length: columns }, (_, j) => Math.fround(Math.sin(i * i + 1.7 * j))),
    );
    look(Float32Array.from(rows.flat()), rows, `${n} × ${columns}`);
  }
}

const add = (a: number, b: number) => a + b;

for (const step of [1, 3, 4]) {
  Deno.test(`kernels over rows compute every row and nothing else, ${step} per block`, () => {
    eachShape((x, rows, label) => {
      const [n, columns] = [rows.length, rows[0].length];
      const blocks = Math.ceil(n / step);
      check(x, {
        ...{ module: reduce, name: "sumRows", blocks },
        args: (x, out) => [x, out, n, columns, 0.5, step],
        expected: rows.map((row) => row.reduce(add) / 2),
      }, label);
      check(x, {
        ...{ module: reduce, name: "maxRows", blocks },
        args: (x, out) => [x, out, n, columns, step],
        expected: rows.map((row) => Math.max(...row)),
      }, label);
      check(x, {
        ...{ module: reduce, name: "sumColumns", blocks, wide: true },
        args: (x, out) => [x, out, n, columns, step],
        expected: Array.from({ length: blocks }, (_, block) => {
          const own = rows.slice(block * step, (block + 1) * step);
          return rows[0].map((_, j) => own.map((row) => row[j]).reduce(add));
        }).flat(),
      }, label);
      check(x, {
        ...{ module: softmax, name: "softmax", blocks },
        args: (x, out) => [x, out, n, columns, step],
        expected: rows.flatMap((row) => {
          const total = row.map(Math.exp).reduce(add);
          return row.map((value) => Math.exp(value) / total);
        }),
      }, label);
      const picked = Int32Array.from({ length: n }, (_, i) => (5 * i + 2) % n);
      const indices = memory.place(picked).address;
      check(x, {
        ...{ module: movement, name: "gatherRows", blocks },
        args: (x, out) => [x, out, indices, n, 4 * columns, step],
        expected: Array.from(picked).flatMap((i) => rows[i]),
      }, label);
      memory.free(indices);
    });
  });
}

Deno.test("softmax holds wherever the largest of a row stands", () => {
  for (const columns of [1, 3, 4, 5, 9, 17]) {
    const x = new Float32Array(columns ** 2);
    for (let row = 0; row < columns; row++) x[row * (columns + 1)] = 1000;
    check(x, {
      ...{ module: softmax, name: "softmax", blocks: 1 },
      args: (x, out) => [x, out, columns, columns, columns],
      expected: [...x].map((value) => value / 1000),
    }, `${columns} columns`);
  }
});

Deno.test("transposeMatrices transposes every matrix and writes nothing else", () => {
  eachShape((x, rows, label) => {
    for (const matrices of [1, 3]) {
      const [n, columns] = [rows.length, rows[0].length];
      const given = Array.from({ length: matrices }, (_, m) => x.map((value) => value + m));
      check(Float32Array.from(given.flatMap((part) => [...part])), {
        ...{ module: movement, name: "transposeMatrices" },
        blocks: Math.ceil(columns / 64) * matrices,
        args: (x, out) => [x, out, n, columns, matrices],
        expected: given.flatMap((part) =>
          Array.from(
            { length: n * columns },
            (_, at) => part[(at % n) * columns + Math.floor(at / n)],
          )
        ),
      }, label);
    }
  });
});
