import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { type Random, random } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { writeIdx } from "../../idx.ts";
import { readTable } from "../../table/mod.ts";

/** Writes the values of a type at a place, and draws some: the numbers of bits are in its name. */
const types: Readonly<Record<string, [keyof DataView, (source: Random) => number | bigint]>> = {
  b1: ["setUint8", (source) => source.integer(2)],
  u1: ["setUint8", (source) => source.integer(256)],
  i1: ["setInt8", (source) => source.integer(256) - 128],
  u2: ["setUint16", (source) => source.integer(65536)],
  i2: ["setInt16", (source) => source.integer(65536) - 32768],
  u4: ["setUint32", (source) => source.integer(2 ** 32 - 1)],
  i4: ["setInt32", (source) => source.integer(2 ** 32 - 1) - 2 ** 31],
  u8: ["setBigUint64", (source) => BigInt(Math.floor(source.next() * 2 ** 53))],
  i8: ["setBigInt64", (source) => BigInt(Math.floor((source.next() - 0.5) * 2 ** 54))],
  f2: ["setFloat16", (source) => Math.f16round(source.normal())],
  f4: ["setFloat32", (source) => Math.fround(source.normal())],
  f8: ["setFloat64", (source) => source.normal()],
};

Deno.test("readTable() property: reads NPY of every type, byte order, version, order and shape", async () => {
  const source = random(testSeed());
  for (let trial = 0; trial < 120; trial++) {
    const type = Object.keys(types)[trial % 12];
    const [set, draw] = types[type];
    const bytes = Number(type[1]);
    const mark = bytes === 1 ? "|" : source.next() < 0.5 ? "<" : ">";
    const [n, d] = [1 + source.integer(5), 1 + source.integer(4)];
    const isFortran = source.next() < 0.4;
    const shapes = [[n, d], [n * d], ...isFortran ? [] : [[n, d, 2], []]];
    const shape = shapes[source.integer(shapes.length)];
    const [rows = 1, ...rest] = shape;
    const columns = rest.reduce((product, size) => product * size, 1);
    const values = Array.from({ length: rows * columns }, () => draw(source));
    const version = 1 + source.integer(2);
    const header =
      `{'descr': '${mark}${type}', 'fortran_order': ${isFortran ? "True" : "False"}, ` +
      `'shape': (${shape.map((size) => `${size}, `).join("")}), }${
        " ".repeat(source.integer(9))
      }\n`;
    const start = version === 1 ? 10 : 12;
    const file = new Uint8Array(start + header.length + bytes * values.length);
    file.set([0x93, ...new TextEncoder().encode("NUMPY"), version, 0, header.length]);
    file.set(new TextEncoder().encode(header), start);
    const view = new DataView(file.buffer, start + header.length);
    values.forEach((value, at) => {
      const [row, column] = [Math.floor(at / columns), at % columns];
      const place = isFortran ? column * rows + row : at;
      (view[set] as (at: number, value: number | bigint, isLittle: boolean) => void)
        .call(view, place * bytes, value, mark === "<");
    });
    const { x } = await readTable(file, { name: "t.npy" });
    assert.deepEqual([...x.values], values.map(Number), header);
    assert.deepEqual(x.shape, [rows, columns]);
    const isSingle = bytes < 4 || type === "f4";
    const kind = type === "u1"
      ? Uint8Array
      : isSingle || type === "i4"
      ? Float32Array
      : Float64Array;
    if (type !== "i4") assert.ok(x.values instanceof kind, header);
    await assert.rejects(readTable(file.slice(0, -1), { name: "t.npy" }), {
      name: "SyntaxError",
      message:
        `Cannot read t.npy: its header of shape [${shape}] announces ${file.length} bytes, ` +
        "it is cut short",
    });
  }
});

/** An IDX file of bytes. */
function idxFile(shape: readonly number[], values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(4 + 4 * shape.length + values.length);
  file.set([0, 0, 8, shape.length]);
  shape.forEach((size, i) => new DataView(file.buffer).setUint32(4 + 4 * i, size));
  file.set(Uint8Array.from(values), 4 + 4 * shape.length);
  return file;
}

Deno.test("readTable() reads IDX files of one to four dimensions, and refuses those cut short", async () => {
  for (const shape of [[6], [3, 2], [2, 1, 3], [2, 3, 1, 2]]) {
    const [n, ...rest] = shape;
    const d = rest.reduce((product, size) => product * size, 1);
    const values = Array.from({ length: n * d }, (_, i) => 40 * i % 251);
    const file = idxFile(shape, values);
    const { x, imageShape } = await readTable(file, { name: "t.idx" });
    assert.deepEqual([[...x.values], x.shape], [values, [n, d]]);
    const isImage = shape.length === 3;
    assert.deepEqual(imageShape, isImage ? { height: 1, width: 3, channels: 1 } : undefined);
    await assert.rejects(readTable(file.slice(0, -1), { name: "t.idx" }), {
      name: "SyntaxError",
      message:
        `Cannot read t.idx: its header of shape [${shape}] announces ${file.length} bytes, ` +
        "it is cut short",
    });
    const headers = [file.slice(0, 3 + 4 * shape.length), file.with(2, 9), file.with(3, 0)];
    for (const other of headers) {
      await assert.rejects(readTable(other, { name: "t.idx", format: "idx" }), /its header is no/);
    }
    for (const type of [9, 11, 12, 13, 14]) {
      await assert.rejects(readTable(file.with(2, type), { name: "t.idx" }), {
        name: "SyntaxError",
        message: "Cannot read t.idx: it is an IDX file of other numbers than bytes, save it as NPY",
      });
    }
    await assert.rejects(readTable(idxFile([0, d], []), { name: "t.idx" }), /no rows/);
  }
});

Deno.test("readTable() reads IDX in blocks, and tells how far it is", async () => {
  const n = 2 ** 22 + 3;
  const told: unknown[] = [];
  const { x } = await readTable(idxFile([n], new Uint8Array(n).fill(7, n - 2)), {
    name: "t.idx",
    onProgress: (done) => told.push(done),
  });
  assert.deepEqual([...x.values.slice(-4)], [0, 0, 7, 7]);
  const [bytes, totalBytes] = [n + 8, n + 8];
  assert.deepEqual(told, [
    { rows: n - 3, bytes: bytes - 3, totalBytes },
    { rows: n, bytes, totalBytes },
  ]);
});

/** An NPY file of bytes, or of another type. */
function npyFile(shape: readonly number[], values: readonly number[], type = "|u1"): Uint8Array {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape},), }\n`;
  const head = `\x93NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`;
  return Uint8Array.from([...Array.from(head, (c) => c.charCodeAt(0)), ...values]);
}

Deno.test("readTable() names the array of an archive that does not fit", async () => {
  const archive = (files: Record<string, Uint8Array>) => new Uint8Array(zipSync(files));
  const [x, y] = [npyFile([2, 1], [1, 2]), npyFile([3], [1, 2, 3])];
  const refused = async (file: Uint8Array<ArrayBuffer>, message: string | RegExp) => {
    const reading = readTable(file, { name: "t.npz", array: "x", label: "y" });
    await assert.rejects(reading, { message });
  };
  await refused(
    archive({ "x.npy": x, "y.npy": y }),
    "Cannot use label: y.npy in t.npz has 3 values, 2 are needed, one per row",
  );
  const label = npyFile([2], [1, 2]);
  await refused(
    archive({ "x.npy": x, "yy.npy": label }),
    'Cannot use label: t.npz has no array "y", the nearest is "x"',
  );
  await refused(
    archive({ "z.npy": x, "y.npy": label }),
    'Cannot use array: t.npz has no array "x", the nearest is "z"',
  );
  await refused(
    archive({ "x.npy": npyFile([2, 3], [1, 2, 3, 4, 5]), "y.npy": label }),
    "Cannot read x.npy in t.npz: its shape [2,3] needs 6 values, it has 5",
  );
  const pair = [0, 0, 0, 0, 0, 0, 0, 0];
  await refused(
    archive({ "x.npy": npyFile([1, 1], pair, "<c8"), "y.npy": npyFile([1], [4]) }),
    /^Cannot read x.npy in t.npz: its values are of the type <c8, whole numbers/,
  );
  await refused(
    archive({ "x.npy": x, "y.npy": npyFile([1], pair, "<c8") }),
    /^Cannot read y.npy in t.npz: its values are of the type <c8/,
  );
  await refused(
    archive({ "x.npy": x.subarray(0, 30), "y.npy": label }),
    /^Cannot read x.npy in t.npz: its header is damaged/,
  );
  const longer = archive({ "x.npy": npyFile([2, 2], [1, 2, 3, 4, 5]), "y.npy": label });
  const table = await readTable(longer, { name: "t.npz", array: "x", label: "y" });
  assert.deepEqual([[...table.x.values], table.labels], [[1, 2, 3, 4], [1, 2]]);
});

Deno.test("readTable() reads arrays from gzip files and from streams of Node's Buffers", async () => {
  const numbers = Float64Array.of(1.5, -2, 3);
  const floats = npyFile([3, 1], [...new Uint8Array(numbers.buffer)], "<f8");
  const bytes = npyFile([3, 1], [7, 8, 9]);
  const idx = writeIdx({ shape: [3, 1], values: Uint8Array.of(7, 8, 9) });
  for (
    const [file, kind, expected] of [
      [floats, Float64Array, [...numbers]],
      [bytes, Uint8Array, [7, 8, 9]],
      [idx, Uint8Array, [7, 8, 9]],
    ] as const
  ) {
    // A view into a larger buffer, as Node's pool gives them.
    const pooled = Buffer.concat([Buffer.alloc(64), file, Buffer.alloc(64)])
      .subarray(64, 64 + file.length);
    const sources = [
      gzipSync(file),
      pooled,
      new Response(pooled).body!,
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(pooled);
          controller.close();
        },
      }),
    ];
    for (const source of sources) {
      const { x: { values, shape } } = await readTable(source);
      assert.equal(values.constructor, kind);
      assert.deepEqual([...values], expected);
      assert.deepEqual(shape, [3, 1]);
    }
  }
  const text = new ReadableStream({
    start(controller) {
      controller.enqueue("a\n1\n");
      controller.close();
    },
  });
  await assert.rejects(readTable(text, { name: "t.csv" }), {
    name: "TypeError",
    message: /^Cannot read t\.csv: its bytes are of the kind String, a Uint8Array is needed/,
  });
});

Deno.test("readTable() names the type of an NPY file that holds no numbers", async () => {
  for (const dtype of ["|O", "<c8", "<M8[ns]"]) {
    await assert.rejects(readTable(npyFile([3], [0, 0, 0], dtype)), {
      name: "SyntaxError",
      message: `Cannot read the bytes: its values are of the type ${dtype}, ` +
        `whole numbers, floats of up to 64 bits or booleans are needed`,
    });
  }
});
