import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import vm from "node:vm";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, hostMatrix, viewMatrix } from "./host_matrix.ts";
import type { MatrixLike } from "./matrix.ts";
import { assertNoLeak } from "./testing/mod.ts";

const x = { values: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [3, 2] } as const;

Deno.test("hostMatrix() copies before it returns its promise", async () => {
  const inputs: [{ values: Float64Array | number[] } | number[][], (input: never) => void][] = [
    [{ values: Float64Array.of(1, 2), shape: [2, 1] } as { values: Float64Array }, fill],
    [{ values: [1, 2], shape: [2, 1] } as { values: number[] }, fill],
    [[[1], [2]], (rows: number[][]) => rows.forEach((row) => row.fill(9))],
  ];
  for (const [input, refill] of inputs) {
    const matrix = hostMatrix(input as MatrixLike);
    refill(input as never);
    assert.deepEqual([...(await matrix).values], [1, 2]);
  }
  function fill({ values }: { values: number[] }): void {
    values.fill(9);
  }
});

Deno.test("hostMatrix() copies what a tensor holds, which may be the caller's array", async () => {
  const values = Float32Array.of(1, 2);
  const tensor = tf.tensor2d(values, [2, 1]);
  const matrix = await hostMatrix(tensor);
  values.fill(9);
  assert.deepEqual([...matrix.values], [1, 2]);
  tensor.dispose();
});

const kinds: [string, MatrixLike, Float32Array | Float64Array | Uint8Array][] = [
  ["an array of rows", [[1, 2], [3, 4.1]], Float64Array.of(1, 2, 3, 4.1)],
  ["an array of typed rows", [Float32Array.of(1), Float32Array.of(2)], Float32Array.of(1, 2)],
  ["rows of bytes", [Uint8Array.of(1), Uint8ClampedArray.of(255)], Uint8Array.of(1, 255)],
  ["rows of several kinds", [Uint8Array.of(1), [0.1]], Float64Array.of(1, 0.1)],
  ["numbers", { values: [1, 0.1], shape: [2, 1] }, Float64Array.of(1, 0.1)],
  ["int8", { values: Int8Array.of(-128, 1), shape: [2, 1] }, Float32Array.of(-128, 1)],
  ["int16", { values: Int16Array.of(-32768, 1), shape: [2, 1] }, Float32Array.of(-32768, 1)],
  ["uint16", { values: Uint16Array.of(65535, 1), shape: [2, 1] }, Float32Array.of(65535, 1)],
  ["int32", { values: Int32Array.of(-5, 2 ** 24), shape: [2, 1] }, Float32Array.of(-5, 2 ** 24)],
  [
    "int32 beyond 2^24",
    { values: Int32Array.of(-5, 2 ** 24 + 1), shape: [2, 1] },
    Float64Array.of(-5, 2 ** 24 + 1),
  ],
  [
    "int32 beyond 2^24 first",
    { values: Int32Array.of(2 ** 24 + 1, 0), shape: [2, 1] },
    Float64Array.of(2 ** 24 + 1, 0),
  ],
  [
    "rows of int32",
    [Int32Array.of(7), Int32Array.of(2 ** 24 + 1)],
    Float64Array.of(7, 2 ** 24 + 1),
  ],
  ["small uint32", { values: Uint32Array.of(1, 2), shape: [2, 1] }, Float32Array.of(1, 2)],
  ["float64", { values: Float64Array.of(1, 2), shape: [2, 1] }, Float64Array.of(1, 2)],
  ["whole numbers", { values: [1, 2], shape: [2, 1] }, Float64Array.of(1, 2)],
  [
    "uint32",
    { values: Uint32Array.of(1, 2 ** 32 - 1), shape: [2, 1] },
    Float64Array.of(1, 2 ** 32 - 1),
  ],
  ["canvas", { values: Uint8ClampedArray.of(7, 255), shape: [2, 1] }, Uint8Array.of(7, 255)],
];
for (const [what, given, expected] of kinds) {
  Deno.test(`hostMatrix() takes ${what}, exactly`, async () => {
    const { values, shape } = await hostMatrix(given);
    assert.deepEqual(values, expected);
    assert.deepEqual(shape, [2, expected.length / 2]);
  });
}

Deno.test("hostMatrix() takes float16 where the runtime has it", async () => {
  if (!("Float16Array" in globalThis)) return;
  const values = new Float16Array([0.5, 65504]);
  assert.deepEqual(
    (await hostMatrix({ values, shape: [2, 1] })).values,
    Float32Array.of(0.5, 65504),
  );
});

Deno.test("hostMatrix() takes a shape that is no tuple", async () => {
  const shape: number[] = [1, 2];
  assert.deepEqual((await hostMatrix({ values: new Float32Array(2), shape })).shape, [1, 2]);
});

Deno.test("hostMatrix() takes matrices of another realm and copies them to this one", async () => {
  const kinds = ["Float32Array", "Float64Array", "Uint8Array", "Int32Array", "Array"];
  for (const kind of kinds) {
    const foreign = vm.runInNewContext(`({ values: ${kind}.from([1, 2]), shape: [2, 1] })`);
    const { values } = await hostMatrix(foreign);
    assert.deepEqual([...values], [1, 2]);
    assert.ok([Float32Array, Float64Array, Uint8Array].some((own) => values instanceof own));
  }
  assert.deepEqual([...(await hostMatrix(vm.runInNewContext("[[1, 2]]"))).values], [1, 2]);
});

Deno.test("hostMatrix() brings an int32 tensor to the host without rounding it", async () => {
  const tensor = tf.tensor2d([16777216, 16777217, -2147483647, 3], [4, 1], "int32");
  const { values } = await hostMatrix(tensor);
  assert.deepEqual(values, Float64Array.of(16777216, 16777217, -2147483647, 3));
  tensor.dispose();
});

Deno.test("hostMatrix() turns a Buffer of Node into bytes whose copies are copies", async () => {
  const bytes = Buffer.from([1, 2, 3, 4]);
  const matrix = await hostMatrix({ values: bytes, shape: [2, 2] });
  assert.equal(Object.getPrototypeOf(matrix.values), Uint8Array.prototype);
  assert.deepEqual([...matrix.values], [1, 2, 3, 4]);
  matrix.values.slice().fill(9);
  assert.deepEqual([...bytes], [1, 2, 3, 4]);
});

Deno.test("hostMatrix() brings a tensor to the host and leaves it alive", async () => {
  await assertNoLeak(async () => {
    const tensor = tf.tensor2d([[1, 2], [3, 4]]);
    const matrix = await hostMatrix(tensor);
    assert.deepEqual([...matrix.values], [1, 2, 3, 4]);
    assert.equal(tensor.isDisposed, false);
    tensor.dispose();
  });
});

const refused: [string, () => unknown, RegExp][] = [
  ["undefined", () => undefined, /: undefined was given, a tensor of shape \[n, d\], an array/],
  ["null", () => null, /: null was given/],
  ["a word", () => "rows", /: "rows" was given/],
  ["a flat array", () => [1, 2], /row 0 is 1, .*, write \{ values: x, shape: \[n, d\] \}$/],
  ["a typed array", () => Float32Array.of(1), /a Float32Array of 1 was given.*values: x, shape/],
  ["a vector", () => tf.tensor1d([1, 2]), /shape \[2\].*write tf.reshape\(x, \[n, d\]\)$/],
  ["ragged rows", () => [[1, 2], [3, 4], [5]], /row 2 has 1 numbers and row 0 has 2/],
  [
    "rows that are records",
    () => [{ a: 1 }],
    /row 0 is an object.*write x.map\(.*values\(row\)\)$/,
  ],
  ["rows that are sets", () => [new Set([1])], /row 0 is a Set.*x.map\(\(row\) => Array.from\(row/],
  [
    "rows of BigInt",
    () => [BigInt64Array.of(1n)],
    /BigInt64Array of 1.*Float64Array.from\(row, Num/,
  ],
  ["a row that is null", () => [null], /row 0 is null, an array of numbers is needed$/],
  ["a row that is text", () => ["12"], /row 0 is "12", an array of numbers is needed$/],
  ["an object in rows", () => [[{}]], /is an object, a number is needed$/],
  ["a function in rows", () => [[() => 0]], /is a function, a number is needed$/],
  ["a symbol in rows", () => [[Symbol("s")]], /is Symbol\(s\), a number is needed$/],
  ["a hole", () => [[1, 2], [, 3]], /row 1, column 0 is undefined, a number is needed, NaN stands/],
  [
    "text in rows",
    () => [["1", "2"]],
    /is "1", .*write x.map\(\(row\) => Array.from\(row, Number\)\)$/,
  ],
  [
    "text in values",
    () => ({ values: [1, "2"], shape: [1, 2] }),
    /row 0, column 1 is "2", .*write Array.from\(x.values, Number\)$/,
  ],
  ["null in values", () => ({ values: [null], shape: [1, 1] }), /is null.*NaN stands/],
  [
    "nested values",
    () => ({ values: [[1]], shape: [1, 1] }),
    /is an array of 1.*x.values.flat\(\)$/,
  ],
  [
    "BigInt values",
    () => ({ values: BigInt64Array.of(1n), shape: [1, 1] }),
    /its values are a BigInt64Array of 1, .*write Float64Array.from\(x.values, Number\)$/,
  ],
  [
    "a buffer of bytes",
    () => ({ values: new ArrayBuffer(4), shape: [1, 1] }),
    /values are an ArrayBuffer, .*write new Float32Array\(x.values\) if/,
  ],
  [
    "values without a shape",
    () => ({ values: [1] }),
    /write \{ values: x.values, shape: \[n, d\] \}$/,
  ],
  ["an image", () => ({ data: [1], width: 1, height: 1 }), /shape: \[x.width \* x.height, 4\] \}$/],
  ["an array of another library", () => ({ data: [1], shape: [1, 1] }), /shape: x.shape \}$/],
  ["data of some width", () => ({ data: [1], width: 1 }), /shape: x.shape \}$/],
  ["data of some height", () => ({ data: [1], height: 1 }), /shape: x.shape \}$/],
  ["an image without data", () => ({ width: 1, height: 1 }), /shape: \[n, d\] \} is needed$/],
  [
    "a view of a buffer",
    () => ({ values: new DataView(new ArrayBuffer(4)), shape: [1, 1] }),
    /values are a DataView, .*write new Float32Array\(x.values.buffer\) if it holds float32$/,
  ],
  ["a promise", () => Promise.resolve(), /a Promise was given.*write await x$/],
  ["a set", () => new Set(), /a Set was given.*write Array.from\(x\)$/],
  [
    "a tensor of booleans",
    () => tf.tensor2d([[true]], [1, 1], "bool"),
    /holds bool, float32 or int32 is needed, write tf.cast\(x, "int32"\)$/,
  ],
  [
    "a tensor of text",
    () => tf.tensor2d([["a"]], [1, 1], "string"),
    /holds string, float32 or int32 is needed$/,
  ],
  ["a shape of negative rows", () => ({ values: [1, 2], shape: [-1, -2] }), /two whole numbers/],
  [
    "a shape of fewer than no rows",
    () => ({ values: [], shape: [-1, 0] }),
    /its shape is \[-1,0\]/,
  ],
  [
    "a shape of fewer than no columns",
    () => ({ values: [], shape: [0, -1] }),
    /its shape is \[0,-1\]/,
  ],
  ["an empty array", () => [], /it has 0 rows, at least 1 is needed$/],
  [
    "a shape that does not fit",
    () => ({ ...x, shape: [1, 2] }),
    /: Cannot read x: its shape \[1, 2\] needs 2 values, 6 were given$/,
  ],
  [
    "a shape of three numbers",
    () => ({ ...x, shape: [3, 2, 1] }),
    /: Cannot read x: its shape is \[3,2,1\], two whole/,
  ],
  ["no rows", () => ({ values: new Float32Array(0), shape: [0, 2] }), /it has 0 rows/],
  ["no columns", () => ({ values: new Float32Array(0), shape: [2, 0] }), /no columns/],
  ["NaN", () => ({ values: new Float64Array([1, NaN]), shape: [1, 2] }), /row 0, column 1 is NaN/],
  [
    "infinity",
    () => ({ values: new Float64Array([1, 2, -Infinity]), shape: [3, 1] }),
    /row 2, col/,
  ],
];
for (const [what, make, message] of refused) {
  Deno.test(`hostMatrix() refuses ${what}`, async () => {
    await assert.rejects(hostMatrix(make() as MatrixLike), message);
    tf.disposeVariables();
  });
}

Deno.test("checkValues() looks at each finite number once, and finds one that is not at every place", () => {
  for (let n = 1; n <= 13; n++) {
    const reads: string[] = [];
    const values = new Proxy(new Float64Array(n).fill(3), {
      get: (target, key) => {
        if (typeof key === "string" && key !== "length") reads.push(key);
        return Reflect.get(target, key, target);
      },
    });
    checkValues({ values, shape: [n, 1] }, "x", false);
    assert.deepEqual(reads, [...Array(n).keys()].map(String));
    for (let at = 0; at < n; at++) {
      const message = new RegExp(`: Cannot use x: the value in row ${at}, column 0 is NaN, finite`);
      const bad = { values: new Float64Array(n).fill(NaN, at), shape: [n, 1] } as const;
      assert.throws(() => checkValues(bad, "x", false), message);
      bad.values.fill(3, at + 1);
      assert.throws(() => checkValues(bad, "x", false), message);
    }
  }
});

Deno.test("hostMatrix() refuses a tensor that was disposed of", async () => {
  const tensor = tf.tensor2d([[1]]);
  tensor.dispose();
  await assert.rejects(hostMatrix(tensor, "data"), {
    name: "TypeError",
    message: /Cannot read data/,
  });
});

Deno.test("hostMatrix() accepts NaN as missing when told to, and never infinity", async () => {
  const rules = { allowNaN: true };
  await hostMatrix({ values: new Float32Array([NaN, 1]), shape: [1, 2] }, "x", rules);
  const infinite = { values: new Float32Array([Infinity, 1]), shape: [1, 2] } as const;
  await assert.rejects(hostMatrix(infinite, "x", rules), RangeError);
});

Deno.test("hostMatrix() holds the data to the columns and rows needed", async () => {
  await assert.rejects(hostMatrix(x, "x", { columns: 3 }), /it has 2 columns, 3 are needed/);
  await assert.rejects(hostMatrix(x, "x", { minRows: 4 }), /it has 3 rows, at least 4 are needed/);
  assert.deepEqual((await hostMatrix(x, "x", { minRows: 3, columns: 2 })).values, x.values);
  await assert.rejects(hostMatrix([[1]], "x", { columns: 3 }), /it has 1 columns, 3 are needed/);
  assert.deepEqual((await hostMatrix([], "x", { minRows: 0 })).shape, [0, 1]);
  assert.deepEqual((await hostMatrix([], "x", { minRows: 0, columns: 5 })).shape, [0, 5]);
});

Deno.test("viewMatrix() gives typed arrays as they are, leaves other data alone, and checks shapes", () => {
  const values = Float32Array.of(1, NaN, 3, 4);
  const view = viewMatrix({ values, shape: [2, 2] });
  assert.strictEqual(view?.values, values);
  assert.deepEqual(view.shape, [2, 2]);
  assert.ok(viewMatrix({ values: Uint8Array.of(1), shape: [1, 1] }));
  assert.ok(viewMatrix({ values: Float64Array.of(1), shape: [1, 1] }));
  tf.tidy(() => assert.equal(viewMatrix(tf.zeros([1, 1]) as tf.Tensor2D), undefined));
  assert.equal(viewMatrix([[1, 2]]), undefined);
  assert.equal(viewMatrix({ values: [1], shape: [1, 1] }), undefined);
  assert.equal(viewMatrix({ values: Int32Array.of(1), shape: [1, 1] }), undefined);
  assert.equal(viewMatrix(undefined as unknown as []), undefined);
  assert.throws(() => viewMatrix({ values, shape: [2, 3] }), RangeError);
  assert.throws(() => viewMatrix({ values, shape: [2, 2] }, "x", { columns: 3 }), RangeError);
});

Deno.test("hostMatrix() ends with the reason of its signal while it checks", async () => {
  const x = { values: new Float32Array(3 << 20), shape: [3, 1 << 20] };
  const controller = new AbortController();
  const reason = new TypeError("enough");
  const reading = hostMatrix(x, "x", {}, controller.signal);
  controller.abort(reason);
  await assert.rejects(reading, (error) => error === reason);
});

Deno.test("hostMatrix() names the row of a number that is not finite, however many are before it", async () => {
  const x = { values: new Float64Array(3 << 20), shape: [3 << 10, 1 << 10] };
  x.values[(2500 << 10) + 7] = Infinity;
  await assert.rejects(hostMatrix(x), /row 2500, column 7 is Infinity/);
});
