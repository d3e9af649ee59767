import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import {
  blockRowsFor,
  openRows,
  rowBlocks,
  RowReader,
  type RowSource,
} from "@mixtape/tensor-utils";
import { writeIdx } from "../idx.ts";
import { readTable, type TableOptions, type TableSource } from "./mod.ts";

const fixture = (name: string) => new URL(`../fixtures/${name}`, import.meta.url);

/** Reads all rows of a table by its source, twice, which has to give the same. */
async function readRows(source: TableSource, options?: TableOptions) {
  const rows = await readTable.rows(source, options);
  const readings: number[][] = [];
  for (let reading = 0; reading < 2; reading++) {
    const values: number[] = [];
    for await (const { values: part, shape: [, d] } of rows.blocks()) {
      assert.equal(d, rows.shape[1]);
      values.push(...part);
    }
    assert.equal(values.length, rows.shape[0] * rows.shape[1]);
    readings.push(values);
  }
  assert.deepEqual(readings[0], readings[1]);
  const reader = new RowReader(rows, "x", { allowNaN: true, blockValues: 2 * rows.shape[1] });
  const values: number[] = [];
  for await (const { x } of reader.transientBlocks()) values.push(...x.values);
  assert.deepEqual(values, readings[0]);
  return { values: readings[0], shape: rows.shape, columns: rows.columns };
}

Deno.test("readTable.rows() gives the rows that readTable() does, from every format, again and again", async () => {
  const numpy = ["f2", "f4", "f8", "fortran", "b1", "i1", "i8", "u1", "big_f8", "big_i4", "3d"];
  const files = [
    ...numpy.map((kind) => `x_${kind}.npy`),
    ...["groups.parquet", "groups_v2.parquet", "snappy.parquet", "zstd.arrow", "stream.arrow"],
    ...["comma.csv", "plain.csv", "plain.csv.gz", "crlf.tsv", "lines.jsonl", "records.json"],
  ];
  for (const file of files) {
    const { x, columns } = await readTable(fixture(file));
    const read = await readRows(fixture(file));
    assert.deepEqual(read, { values: [...x.values], shape: x.shape, columns }, file);
  }
  const idx = writeIdx({ shape: [3, 2], values: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  for (const source of [idx, new Blob([idx as Uint8Array<ArrayBuffer>])]) {
    assert.deepEqual((await readRows(source)).values, [1, 2, 3, 4, 5, 6]);
  }
});

Deno.test("readTable.rows() begins to read the next block before the current one is computed with", async () => {
  for (
    const file of [
      fixture("x_f4.npy"),
      writeIdx({ shape: [4, 1], values: Uint8Array.of(1, 2, 3, 4) }),
    ]
  ) {
    let slices = 0;
    class Counted extends Blob {
      override slice(...range: Parameters<Blob["slice"]>): Blob {
        slices++;
        return super.slice(...range);
      }
    }
    const bytes = file instanceof URL ? await readFile(file) : file;
    const rows = await readTable.rows(new Counted([bytes as Uint8Array<ArrayBuffer>]));
    const reader = new RowReader(rows, "x", { blockValues: rows.shape[1], allowNaN: true });
    let blocks = 0;
    let before = 0;
    for await (const { firstRow } of reader.transientBlocks()) {
      if (blocks++ === 0) before = slices;
      // The last block has none after it.
      else if (firstRow + 1 < rows.shape[0]) assert.equal(slices, before + blocks - 1);
      // Computing that lets no turn of the event loop pass.
      for (const end = performance.now() + 25; performance.now() < end;);
    }
    assert.ok(blocks > 2);
  }
});

Deno.test("readTable.rows() reads NPY into the memory of two blocks, all columns or some, from any row", async () => {
  const file = fixture("x_f4.npy");
  const { x: { values: all, shape: [n, d] } } = await readTable(file);
  const table = await readTable.rows(file);
  for (const [from, to] of [[0, n], [1, n], [1, n - 1]]) {
    const reader = new RowReader(table.part(from, to), "x", { blockValues: d, allowNaN: true });
    const buffers = new Set<unknown>();
    const values: number[] = [];
    for await (const { x } of reader.transientBlocks()) {
      buffers.add(x.values.buffer);
      values.push(...x.values);
    }
    assert.deepEqual(values, [...all.subarray(from * d, to * d)]);
    assert.equal(buffers.size, Math.min(2, to - from));
  }
  const some = await readTable.rows(file, { columns: ["column 1"] });
  const reader = new RowReader(some, "x", { blockValues: 2, allowNaN: true });
  const values: number[] = [];
  for await (const { x } of reader.transientBlocks()) values.push(...x.values);
  assert.deepEqual(values, [...all].filter((_, at) => at % d === 1));
});

Deno.test("readTable.rows() keeps chosen columns, labels and missing cells", async () => {
  const file = new Blob(["a,kind,b\n1,x,2\n3,y,\n5,x,6\n"]);
  const rows = await readTable.rows(file, { label: "kind", columns: ["b"] });
  assert.deepEqual(rows.shape, [3, 1]);
  assert.deepEqual(rows.labels, ["x", "y", "x"]);
  assert.deepEqual(rows.classes, ["x", "y"]);
  assert.deepEqual((await readRows(file, { columns: ["b"] })).values, [2, NaN, 6]);
  await assert.rejects(openRows(rows), {
    name: "RangeError",
    message: "Cannot use x: the value in row 1, column 0 is NaN, finite numbers are needed",
  });
});

Deno.test("readTable.rows() refuses streams, tables without numbers or rows, and cells that come late", async () => {
  await assert.rejects(readTable.rows(new Blob(["a\n1\n"]).stream()), {
    name: "TypeError",
    message: /^Cannot read the stream as rows: .* give a path, a URL, bytes or a Blob$/,
  });
  await assert.rejects(readTable.rows(new Blob(["a\nx\n"])), /no column of numbers is left/);
  for (
    const empty of [new Blob(["a,b\n"]), writeIdx({ shape: [0, 2], values: new Uint8Array(0) })]
  ) {
    await assert.rejects(readTable.rows(empty), {
      name: "SyntaxError",
      message: /: it has no rows below its header, at least 1 is needed$/,
    });
  }
  await assert.rejects(readTable.rows(fixture("x_f4.npy"), { colums: [0] } as never), {
    name: "TypeError",
    message: /readTable\.rows/,
  });
});

Deno.test("readTable.rows() downloads an address once to count its rows, and once per reading", async () => {
  const { fetch } = globalThis;
  let downloads = 0;
  globalThis.fetch = (...args) => (downloads++, fetch(...args));
  try {
    const rows = await readTable.rows("data:text/csv,a,b%0A1,2%0A3,4%0A");
    assert.deepEqual(rows.shape, [2, 2]);
    assert.equal(downloads, 1);
    for await (const { values } of rows.blocks()) assert.deepEqual([...values], [1, 2, 3, 4]);
    assert.equal(downloads, 2);
  } finally {
    globalThis.fetch = fetch;
  }
});

Deno.test("readTable.rows() reads a file by ranges, without a copy, and notices that it was cut", async () => {
  const d = 3;
  const n = blockRowsFor(d) + 1000;
  const values = Float32Array.from({ length: n * d }, (_, at) => at % 1009);
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${n}, ${d}), }`;
  const head = new Uint8Array(128);
  head.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, 118, 0]);
  head.set(new TextEncoder().encode(header.padEnd(117) + "\n"), 10);
  const folder = await mkdtemp(`${tmpdir()}/rows-`);
  try {
    const path = `${folder}/x.npy`;
    await writeFile(path, head);
    await writeFile(path, new Uint8Array(values.buffer), { flag: "a" });
    const rows = await readTable.rows(path);
    const opened = await openRows(rows);
    for (let reading = 0; reading < 2; reading++) {
      const sizes: number[] = [];
      for await (const { x, firstRow } of rowBlocks(opened)) {
        sizes.push(x.shape[0]);
        assert.equal(x.values.buffer.byteLength, x.values.byteLength);
        assert.deepEqual(x.values, values.slice(d * firstRow, d * firstRow + x.values.length));
      }
      assert.deepEqual(sizes, [n - 1000, 1000]);
    }
    const controller = new AbortController();
    controller.abort();
    const aborted = rows.blocks(controller.signal)[Symbol.asyncIterator]();
    await assert.rejects(aborted.next(), { name: "AbortError" });
    await writeFile(path, new Uint8Array(values.buffer, 0, 100));
    await assert.rejects(async () => {
      for await (const _ of rowBlocks(opened));
    }, { message: /^Cannot read/ });
  } finally {
    await rm(folder, { recursive: true });
  }
});

Deno.test("readTable.rows().part() gives consecutive rows of every format, again and again", async () => {
  const idx = writeIdx({ shape: [50, 2], values: Uint8Array.from({ length: 100 }, (_, i) => i) });
  const cases: [source: TableSource, isRanged: boolean][] = [
    [fixture("x_f4.npy"), true],
    [fixture("x_fortran.npy"), false],
    [fixture("groups.parquet"), true],
    [fixture("snappy.parquet"), true],
    [fixture("plain.csv"), false],
    [idx, true],
  ];
  for (const [source, isRanged] of cases) {
    const rows = await readTable.rows(source);
    assert.equal(rows.isRanged, isRanged, `${source}`);
    const whole = await valuesOf(rows);
    const [n, d] = rows.shape;
    for (const from of new Set([0, 1, Math.floor(n / 2), n - 1])) {
      for (const to of new Set([from + 1, Math.ceil((from + 1 + n) / 2), n])) {
        const part = rows.part(from, to);
        assert.deepEqual(part.shape, [to - from, d]);
        const expected = whole.slice(from * d, to * d);
        assert.deepEqual(await valuesOf(part), expected, `${source} ${from} ${to}`);
        assert.deepEqual(await valuesOf(part), expected, "again");
      }
    }
    for (const [from, to] of [[0, n + 1], [-1, 1], [1, 1], [0.5, 1]]) {
      assert.throws(() => rows.part(from, to), {
        name: "RangeError",
        message: /^Cannot take a part of .*: rows .* were asked for, it has rows 0 to \d+$/,
      });
    }
  }
});

async function valuesOf(rows: RowSource): Promise<number[]> {
  const values: number[] = [];
  for await (const block of rows.blocks()) values.push(...block.values);
  return values;
}

Deno.test("readTable.rows() refuses to go on with a file that has changed", async () => {
  const folder = await mkdtemp(`${tmpdir()}/rows-`);
  try {
    const path = `${folder}/x.csv`;
    await writeFile(path, "a\n1\n2\n");
    const rows = await readTable.rows(path);
    const read = () => Array.fromAsync(rows.blocks(), ({ values }) => [...values]);
    assert.deepEqual(await read(), [[1, 2]]);
    const changed = {
      name: "TypeError",
      message: /x\.csv again: it has changed since it was opened, leave it as it is until all/,
    };
    // As long as before, and as many rows.
    await new Promise((end) => setTimeout(end, 20));
    await writeFile(path, "a\n1\n3\n");
    await assert.rejects(read(), changed);
    await assert.rejects(Array.fromAsync(rows.part(0, 1).blocks()), changed);
    const again = await readTable.rows(path);
    // While it is read.
    const blocks = again.blocks()[Symbol.asyncIterator]();
    assert.deepEqual([...(await blocks.next()).value.values], [1, 3]);
    await writeFile(path, "a\n1\n4\n5\n");
    await assert.rejects(blocks.next(), changed);
    await rm(path);
    await assert.rejects(Array.fromAsync(again.blocks()), /there is no such file or folder/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
