import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { parquetWriteBuffer } from "hyparquet-writer";
import { readTable } from "../../table/mod.ts";
import { decompressFrame } from "./lz4_frame.ts";

const fixtures = fileURLToPath(new URL("../../fixtures", import.meta.url));

/** The numbers that NumPy, pandas, Polars and DuckDB wrote, 7 × 3, and what lies beside them. */
const { x, flag, species }: { x: number[]; flag: number[]; species: string[] } = JSON.parse(
  await readFile(`${fixtures}/values.json`, "utf8"),
);

/** The numbers as a type of NumPy holds them. */
const stored: Readonly<Record<string, (value: number) => number>> = {
  f8: (value) => value,
  big_f8: (value) => value,
  f4: Math.fround,
  f2: Math.f16round,
  big_i4: Math.trunc,
  i8: Math.trunc,
  i1: (value) => Int8Array.of(Math.trunc(value))[0],
  u1: (value) => Math.trunc(Math.abs(value)),
  b1: (value) => Number(value !== 0),
};

for (const [dtype, convert] of Object.entries(stored)) {
  Deno.test(`readTable() reads ${dtype} as NumPy wrote it`, async () => {
    const table = await readTable(`${fixtures}/x_${dtype}.npy`);
    assert.deepEqual([...table.x.values], x.map(convert).map((value) => value + 0));
    assert.deepEqual(table.x.shape, [7, 3]);
    const kind = { u1: Uint8Array, f8: Float64Array, f4: Float32Array }[dtype];
    if (kind !== undefined) assert.ok(table.x.values instanceof kind);
  });
}

Deno.test("readTable() reads NPY in Fortran order and of three dimensions", async () => {
  for (const file of ["x_fortran", "x_3d"]) {
    const table = await readTable(`${fixtures}/${file}.npy`);
    assert.deepEqual([...table.x.values], x, file);
    assert.deepEqual(table.columns, ["column 0", "column 1", "column 2"]);
  }
  const { x: some, labels, ids } = await readTable(`${fixtures}/x_f8.npy`, {
    columns: ["column 2", 2],
    label: 1,
    id: 0,
  });
  assert.deepEqual([...some.values], Array.from({ length: 7 }, (_, i) => x[3 * i + 2]));
  assert.deepEqual(labels, Array.from({ length: 7 }, (_, i) => x[3 * i + 1]));
  assert.equal(ids?.[1], x[3]);
});

Deno.test("readTable() reads NPY in blocks", async () => {
  const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3000, 2000), }";
  const head = `\x93NUMPY\x01\0${String.fromCharCode(118)}\0${header.padEnd(117)}\n`;
  const values = Uint8Array.from({ length: 6e6 }, (_, i) => i % 251);
  const file = new Uint8Array(128 + 6e6);
  file.set(Uint8Array.from(head, (c) => c.charCodeAt(0)));
  file.set(values, 128);
  let at = 0;
  let blocks = 0;
  for await (const { x, firstRow } of readTable.blocks(new Blob([file]), { name: "x.npy" })) {
    assert.equal(firstRow, at / 2000);
    assert.ok(x.values.every((value, i) => value === values[at + i]));
    at += x.values.length;
    blocks++;
  }
  assert.deepEqual([at, blocks], [6e6, 2]);
});

Deno.test("readTable() reads the arrays of NPZ archives", async () => {
  const table = await readTable(`${fixtures}/arrays.npz`, { label: "y" });
  assert.deepEqual([...table.x.values], x);
  assert.deepEqual(table.labels, species);
  const packed = await readTable(`${fixtures}/compressed.npz`, { array: "x", label: "y" });
  assert.deepEqual([...packed.x.values], x);
  assert.deepEqual(packed.labels, [0, 1, 0, 1, 0, 1, 0]);
  const z = await readTable(`${fixtures}/arrays.npz`, { array: "z" });
  assert.deepEqual([...z.x.values], [0, 1, 2, 3, 4, 5, 6]);
  await assert.rejects(readTable(`${fixtures}/arrays.npz`, { label: "yy" }), /the nearest is "y"/);
});

/** An NPY file of bytes in Fortran order. */
function fortranNpy(shape: readonly number[], values: readonly number[]): Uint8Array<ArrayBuffer> {
  const header = `{'descr': '|u1', 'fortran_order': True, 'shape': (${shape}), }`;
  const head = `\x93NUMPY\x01\0${String.fromCharCode(118)}\0${header.padEnd(117)}\n`;
  return Uint8Array.from([...Array.from(head, (c) => c.charCodeAt(0)), ...values]);
}

Deno.test("readTable() refuses Fortran order of three dimensions, in NPY and NPZ", async () => {
  const files = (shape: readonly number[], values: readonly number[]) => {
    const npy = fortranNpy(shape, values);
    return { npy, npz: new Uint8Array(zipSync({ "x.npy": npy })) };
  };
  for (const shape of [[2, 1, 3], [1, 2, 3]]) {
    for (const [ending, file] of Object.entries(files(shape, [0, 1, 2, 3, 4, 5]))) {
      await assert.rejects(
        readTable(file, { name: `t.${ending}` }),
        /t\.np[yz]: it has 3 dimensions in Fortran order, save it in C order/,
        `${ending} ${shape}`,
      );
    }
  }
  for (const [ending, file] of Object.entries(files([3, 2], [0, 2, 4, 1, 3, 5]))) {
    const { x } = await readTable(file, { name: `t.${ending}` });
    assert.deepEqual([...x.values], [0, 1, 2, 3, 4, 5], ending);
  }
  for (const [ending, file] of Object.entries(files([3, 1, 1], [7, 8, 9]))) {
    const { x } = await readTable(file, { name: `t.${ending}` });
    assert.deepEqual([...x.values], [7, 8, 9], ending);
  }
});

/** Columns of the files of Polars. */
const gap = x.map((value, i) => i === 7 ? NaN : value);

for (
  const file of [
    "uncompressed.parquet",
    "snappy.parquet",
    "gzip.parquet",
    "zstd.parquet",
    "uncompressed.arrow",
    "lz4.arrow",
    "zstd.arrow",
    "stream.arrow",
  ]
) {
  Deno.test(`readTable() reads ${file} of Polars`, async () => {
    const bytes = new Uint8Array(await readFile(`${fixtures}/${file}`));
    for (const source of [`${fixtures}/${file}`, bytes, new Blob([bytes]).stream()]) {
      const table = await readTable(source, { label: "species" });
      assert.deepEqual(table.columns, ["a", "b", "c", "d", "flag"]);
      const expected = species.flatMap((_, i) => {
        const [a, b, c] = gap.slice(3 * i, 3 * i + 3);
        return [a, b, Math.round(c), Math.fround(c), flag[i]];
      });
      assert.deepEqual([...table.x.values], expected.map((value) => value + 0));
      assert.ok(table.x.values instanceof Float64Array);
      assert.deepEqual(table.labels, species);
      assert.deepEqual(table.missing, [0, 1, 0, 0, 0]);
      assert.deepEqual(table.omitted, [
        { name: "day", reason: "date", example: { value: "2024-01-01T00:00:00.000Z", row: 0 } },
      ]);
    }
  });
}

Deno.test("readTable() keeps float32 of Parquet, and spreads lists of numbers", async () => {
  const single = await readTable(`${fixtures}/single.parquet`);
  assert.ok(single.x.values instanceof Float32Array);
  const table = await readTable(`${fixtures}/duckdb.parquet`, { label: "species", id: "id" });
  assert.deepEqual(table.columns, ["embedding[0]", "embedding[1]", "embedding[2]"]);
  assert.deepEqual([...table.x.values], x.map(Math.fround));
  assert.deepEqual(table.labels, species);
  assert.deepEqual(table.ids, [0n, 1n, 2n, 3n, 4n, 5n, 6n]);
  assert.deepEqual(table.omitted.map(({ name, reason }) => [name, reason]), [[
    "big",
    "identifier",
  ]]);
  await assert.rejects(
    readTable(`${fixtures}/duckdb.parquet`, { columns: ["big"] }),
    /"big" of .* holds whole numbers beyond 2\^53/,
  );
});

Deno.test("readTable() keeps float32 of Parquet where numbers are missing, too", async () => {
  const data = [0.25, null, -3];
  const bytes = parquetWriteBuffer({
    columnData: [{ name: "single", data, type: "FLOAT", nullable: true }],
  });
  const { x } = await readTable(bytes, { name: "t.parquet" });
  assert.deepEqual(x, { values: Float32Array.of(0.25, NaN, -3), shape: [3, 1] });
});

for (const file of ["groups.parquet", "groups_v2.parquet"]) {
  Deno.test(`readTable.blocks() gives a row group of ${file} at a time`, async () => {
    const blocks = await Array.fromAsync(readTable.blocks(`${fixtures}/${file}`));
    assert.deepEqual(blocks.map(({ x }) => x.shape), [[2048, 2], [2048, 2], [904, 2]]);
    const values = blocks.flatMap(({ x }) => [...x.values]);
    assert.ok(values.every((value, i) => value === (i % 2 === 0 ? i / 2 : (i - 1) / 2 % 7)));
  });
}

Deno.test("readTable() joins the pages of a column of Parquet in their order, in every kind of number", async () => {
  const columnData = [
    { name: "double", data: Float64Array.from({ length: 500 }, (_, i) => i / 3), type: "DOUBLE" },
    { name: "single", data: Float32Array.from({ length: 500 }, (_, i) => i / 7), type: "FLOAT" },
    { name: "whole", data: Int32Array.from({ length: 500 }, (_, i) => 3 * i), type: "INT32" },
  ] as const;
  const bytes = parquetWriteBuffer({
    columnData: columnData.map((column) => ({ ...column, nullable: false })),
    pageSize: 400,
  });
  const { x } = await readTable(bytes, { name: "t.parquet" });
  const expected = Array.from({ length: 500 }, (_, i) => columnData.map(({ data }) => data[i]));
  assert.deepEqual([...x.values], expected.flat());
});

/** A frame of LZ4 with the numbers 1 to 5 as they are, ten times 6 in a packed block, and 7 and 8. */
function lz4Frame(flags: number): Uint8Array<ArrayBuffer> {
  const checksum = flags & 16 ? [9, 9, 9, 9] : [];
  // One 6, four more and the five at the end from one place before, then no more than literals.
  const packed = [0x10, 6, 1, 0, 0x50, 6, 6, 6, 6, 6];
  return Uint8Array.of(
    ...[0x04, 0x22, 0x4d, 0x18, flags, 0x40],
    ...flags & 8 ? [17, 0, 0, 0, 0, 0, 0, 0] : [],
    ...flags & 1 ? [3, 0, 0, 0] : [],
    7,
    ...[5, 0, 0, 0x80, 1, 2, 3, 4, 5, ...checksum],
    ...[packed.length, 0, 0, 0, ...packed, ...checksum],
    ...[2, 0, 0, 0x80, 7, 8, ...checksum],
    ...[0, 0, 0, 0],
  );
}

Deno.test("decompressFrame() takes frames with and without sizes, dictionaries and checksums, and refuses every part of them", () => {
  const expected = Uint8Array.of(1, 2, 3, 4, 5, ...Array(10).fill(6), 7, 8);
  for (const flags of [0x40, 0x50, 0x48, 0x41, 0x59]) {
    const frame = lz4Frame(flags);
    assert.deepEqual(decompressFrame(frame, 17), expected, `${flags}`);
    for (let length = 4; length < frame.length; length++) {
      assert.throws(() => decompressFrame(frame.slice(0, length), 17), {
        name: "SyntaxError",
        message: "Cannot decompress the LZ4 frame: it is damaged or cut short",
      }, `${length}`);
    }
    for (const size of [3, 5, 14, 16, 18]) {
      assert.throws(() => decompressFrame(frame, size), SyntaxError);
    }
    assert.throws(() => decompressFrame(frame.with(0, 5), 17), SyntaxError);
  }
  assert.throws(() => decompressFrame(new Uint8Array(2), 1), SyntaxError);
});

Deno.test("readTable() takes no dates of Parquet for numbers", async () => {
  const bytes = parquetWriteBuffer({
    columnData: [{ name: "a", data: [1] }, { name: "day", data: [new Date(86_400_000)] }],
    schema: [
      { name: "root", num_children: 2 },
      { name: "a", type: "INT32", repetition_type: "REQUIRED", converted_type: "INT_32" },
      { name: "day", type: "INT32", repetition_type: "REQUIRED", converted_type: "DATE" },
    ],
  });
  const { columns, omitted } = await readTable(bytes, { name: "t.parquet" });
  assert.deepEqual([columns, omitted[0].name, omitted[0].reason], [["a"], "day", "date"]);
});

Deno.test("readTable() reads IDX files as NumPy would", async () => {
  const path = fileURLToPath(
    new URL("../../../../data/sample/digits-8x8/t10k-images-idx3-ubyte", import.meta.url),
  );
  const table = await readTable(path);
  assert.deepEqual(table.x.shape, [596, 64]);
  assert.ok(table.x.values instanceof Uint8Array);
  assert.deepEqual(table.imageShape, { height: 8, width: 8, channels: 1 });
});
