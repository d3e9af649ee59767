import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import fc from "fast-check";
import { hostMatrix } from "./host_matrix.ts";
import type { HostMatrix } from "./matrix.ts";
import { matrixSource } from "./matrix_source.ts";
import { openRows } from "./open_rows.ts";
import { RowReader } from "./row_reader.ts";
import { isRowSource, type RowSource } from "./row_source.ts";
import {
  gatherRows,
  isReader,
  mapRows,
  readerSource,
  rowBlocks,
  rowPieces,
  rowsMagnitude,
  rowsMeans,
} from "./rows.ts";
import { columnMeans } from "./matrix.ts";
import { testSeed } from "./testing/mod.ts";

const column = (...values: number[]): HostMatrix => ({
  values: Float64Array.from(values),
  shape: [values.length, 1],
});

/** A source that gives the listed blocks, another list at each reading; the last list again. */
function sourceOf(shape: [number, number], ...readings: HostMatrix[][]): RowSource {
  let reading = 0;
  return {
    shape,
    async *blocks() {
      yield* await Promise.resolve(readings[Math.min(reading++, readings.length - 1)]);
    },
  };
}

async function read(reader: RowReader, signal?: AbortSignal): Promise<number[]> {
  const values: number[] = [];
  for await (const { x } of reader.blocks(signal)) values.push(...x.values);
  return values;
}

Deno.test("RowReader property: gives the same blocks however the source cuts its rows", async () => {
  const cuts = fc.record({
    sizes: fc.array(fc.nat(5), { maxLength: 12 }),
    d: fc.integer({ min: 1, max: 3 }),
    blockValues: fc.integer({ min: 1, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(cuts, async ({ sizes, d, blockValues }) => {
      let next = 0;
      const blocks = sizes.map((rows): HostMatrix => ({
        values: Float32Array.from({ length: rows * d }, () => next++),
        shape: [rows, d],
      }));
      const n = next / d;
      if (n === 0) return;
      const reader = new RowReader(sourceOf([n, d], blocks), "x", { blockValues });
      const rowsPerBlock = Math.max(1, Math.floor(blockValues / d));
      let row = 0;
      for await (const { x, firstRow } of reader.blocks()) {
        assert.equal(firstRow, row);
        assert.equal(x.shape[0], Math.min(rowsPerBlock, n - row));
        assert.deepEqual([...x.values], Array.from(x.values, (_, at) => row * d + at));
        row += x.shape[0];
      }
      assert.equal(row, n);
    }),
    { seed: testSeed() },
  );
});

Deno.test("RowReader lends memory for two blocks, and looks at numbers in the first reading alone", async () => {
  const lent: (Uint8Array | undefined)[] = [];
  let last = 6;
  const source: RowSource = {
    shape: [6, 1],
    async *blocks(_signal, memory) {
      for (let row = 0; row < 6; row += 2) {
        lent.push(memory?.next(16));
        const place = lent.at(-1);
        const values = place
          ? new Float64Array(place.buffer, place.byteOffset, 2)
          : new Float64Array(2);
        values.set([row + 1, row === 4 ? last : row + 2]);
        yield await Promise.resolve({ values, shape: [2, 1] });
      }
    },
  };
  const rows = new RowReader(source, "x", { blockValues: 2 });
  const seen: number[] = [];
  for await (const { x } of rows.transientBlocks()) seen.push(...x.values);
  assert.deepEqual(seen, [1, 2, 3, 4, 5, 6]);
  assert.equal(lent[0]?.buffer, lent[2]?.buffer);
  assert.notEqual(lent[0]?.buffer, lent[1]?.buffer);
  assert.deepEqual(await read(rows), seen);
  assert.equal(lent.at(-1), undefined);

  last = NaN;
  for await (const block of rows.transientBlocks()) {
    if (block.firstRow < 4) rows.check(block);
    else {
      assert.throws(() => rows.check(block), {
        name: "RangeError",
        message: /^Cannot use x: the value in row 5, column 0 is NaN/,
      });
    }
  }
  const message = /the value in row 5, column 0 is NaN/;
  await assert.rejects(read(rows), { message });
  await assert.rejects(new RowReader(source, "x", { blockValues: 2 }).magnitude(), { message });
});

Deno.test("RowReader joins blocks of different kinds in one that holds both, and copies none that fits", async () => {
  const bytes: HostMatrix = { values: Uint8Array.of(1, 2), shape: [2, 1] };
  const single: HostMatrix = { values: Float32Array.of(0.5, 3), shape: [2, 1] };
  const kinds: unknown[] = [];
  const rules = { blockValues: 3 };
  for (const second of [bytes, single, column(1e300, 1)]) {
    for await (
      const { x } of new RowReader(sourceOf([4, 1], [bytes, second]), "x", rules).blocks()
    ) kinds.push(x.values.constructor);
  }
  assert.deepEqual(kinds, [
    ...[Uint8Array, Uint8Array],
    ...[Float32Array, Float32Array],
    ...[Float64Array, Float64Array],
  ]);
  const whole = new RowReader(sourceOf([4, 1], [bytes, single]), "x", { blockValues: 2 });
  const given: unknown[] = [];
  for await (const { x } of whole.blocks()) given.push(x.values.buffer);
  assert.deepEqual(given, [bytes.values.buffer, single.values.buffer]);
});

Deno.test("RowReader refuses sources whose rows are not those they announce", async () => {
  const cases: [RowSource, RegExp][] = [
    [
      sourceOf([3, 1], [column(1, 2)]),
      /^Cannot read x: its source has ended after 2 of 3 rows, as/,
    ],
    [
      sourceOf([1, 1], [column(1), column(2)]),
      /^Cannot read x: its source has given 2 of 1 rows, as/,
    ],
    [
      sourceOf([2, 1], [column(1), { values: Float64Array.of(1, 2), shape: [1, 2] }]),
      /^Cannot use x: its block from row 1 on has 2 columns, its shape \[2, 1\] announces 1$/,
    ],
    [
      sourceOf([4, 1], [column(1, 2), column(3, -Infinity)]),
      /^Cannot use x: the value in row 3, column 0 is -Infinity, finite numbers are needed$/,
    ],
    [
      sourceOf([2, 1], [column(1), { values: Float64Array.of(2), shape: [2, 1] }]),
      /^Cannot read the block of x from row 1 on: its shape \[2, 1\] needs 2 values, 1 were given$/,
    ],
  ];
  for (const [source, message] of cases) {
    await assert.rejects(read(new RowReader(source)), { name: "RangeError", message });
  }
  const again = new RowReader(sourceOf([2, 1], [column(1, 2)], [column(1)]));
  assert.deepEqual(await read(again), [1, 2]);
  await assert.rejects(read(again), {
    name: "RangeError",
    message: "Cannot read x again: its source has ended after 1 of 2 rows, " +
      "blocks() must yield the same rows each time it is called",
  });
  const spoiled = new RowReader(sourceOf([2, 1], [column(1, 2)], [column(1, NaN)]));
  assert.deepEqual(await read(spoiled), [1, 2]);
  await assert.rejects(read(spoiled), /row 1, column 0 is NaN/);
});

Deno.test("RowReader refuses what is no source", async () => {
  const shapes: [unknown, RegExp][] = [
    [undefined, /the shape of its source is undefined, two whole numbers \[n, d\] are needed/],
    [[3], /two whole numbers/],
    [[3, 1.5], /two whole numbers/],
    [[0, 1], /its source has 0 rows, from 1 to 4294967295 are needed/],
    [[2 ** 32, 1], /its source has 4294967296 rows/],
    [[3, 0], /its source has 0 columns, at least 1 is needed/],
    [[3, 2], /its source has 2 columns, 3 are needed, as in the data the model was fitted on/],
  ];
  for (const [shape, message] of shapes) {
    const source = { shape, blocks: async function* () {} } as unknown as RowSource;
    const rules = message.source.includes("model") ? { columns: 3 } : {};
    assert.throws(() => new RowReader(source, "x", rules), { name: "RangeError", message });
  }
  const noBlocks = { shape: [1, 1], blocks: () => 3 } as unknown as RowSource;
  await assert.rejects(read(new RowReader(noBlocks)), {
    name: "TypeError",
    message:
      /^Cannot read x: its blocks\(\) returned .*3.*, an async iterable of matrices is needed$/,
  });
  const words = sourceOf([1, 1], ["one"] as unknown as HostMatrix[]);
  await assert.rejects(read(new RowReader(words)), {
    name: "TypeError",
    message: /^Cannot read the block of x from row 0 on: "one" was given/,
  });
  assert.equal(isRowSource(words), true);
  assert.equal(isRowSource([[1]]), false);
  assert.equal(isRowSource(undefined as never), false);
});

Deno.test("RowReader passes on the error of a source, and closes it when the caller stops", async () => {
  const own = new URIError("the disk is gone");
  const events: string[] = [];
  const source: RowSource = {
    shape: [9, 1],
    async *blocks() {
      try {
        yield column(1);
        yield await Promise.resolve(column(2));
        throw own;
      } finally {
        events.push("closed");
      }
    },
  };
  const reader = new RowReader(source, "x", { blockValues: 1 });
  await assert.rejects(read(reader), (error) => error === own);
  assert.deepEqual(events, ["closed"]);
  for await (const _ of reader.blocks()) break;
  assert.deepEqual(events, ["closed", "closed"]);
});

Deno.test("RowReader asks for the next block before it hands over the current one", async () => {
  const asked: number[] = [];
  const source: RowSource = {
    shape: [3, 1],
    async *blocks() {
      for (let row = 0; row < 3; row++) {
        asked.push(row);
        yield await Promise.resolve(column(row));
      }
    },
  };
  for await (const { firstRow } of new RowReader(source, "x", { blockValues: 1 }).blocks()) {
    assert.deepEqual(asked, [0, 1, 2].slice(0, firstRow + 2));
  }
});

Deno.test("RowReader ends with the reason of its signal, even if the source never answers", async () => {
  const controller = new AbortController();
  let given: AbortSignal | undefined;
  const source: RowSource = {
    shape: [2, 1],
    blocks: (signal) => {
      given = signal;
      return { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };
    },
  };
  const reading = read(new RowReader(source), controller.signal);
  const reason = new URIError("enough");
  setTimeout(() => controller.abort(reason));
  await assert.rejects(reading, (error) => error === reason);
  assert.equal(given, controller.signal);
  await assert.rejects(
    read(new RowReader(matrixSource(column(1, 2), 1)), AbortSignal.abort(reason)),
    (error) => error === reason,
  );
});

Deno.test("openRows() reads a source of one block into memory, and leaves a larger one to be read", async () => {
  const x: HostMatrix = { values: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] };
  assert.deepEqual(await openRows(matrixSource(x, 2), "x", { blockValues: 6 }), x);
  const larger = await openRows(matrixSource(x, 2), "x", { blockValues: 4 });
  assert.ok(isReader(larger));
  assert.equal(larger.blockRows, 2);
  assert.deepEqual(await openRows(x), x);
  await assert.rejects(openRows(sourceOf([2, 1], [column(1, NaN)])), /row 1, column 0 is NaN/);
});

Deno.test("rowBlocks(), gatherRows(), mapRows() and rowsMagnitude() take matrices and readers alike", async () => {
  const x: HostMatrix = { values: Float64Array.of(1, 2, 3, 4, 5, 2 ** 500), shape: [3, 2] };
  const reader = new RowReader(matrixSource(x, 1), "x", { blockValues: 2 });
  for (const rows of [x, reader]) {
    const seen: number[] = [];
    for await (const { x } of rowBlocks(rows)) seen.push(...x.values);
    assert.deepEqual(seen, [...x.values]);
    const gathered = await gatherRows(rows, [2, 0, 2]);
    assert.deepEqual(gathered.shape, [3, 2]);
    assert.deepEqual([...gathered.values], [5, 2 ** 500, 1, 2, 5, 2 ** 500]);
    assert.deepEqual((await gatherRows(rows, [])).shape, [0, 2]);
    const halved = mapRows(rows, ({ values, shape }) => ({
      values: values.map((value) => value / 2),
      shape,
    }));
    assert.deepEqual([...(await gatherRows(halved, [1])).values], [1.5, 2]);
    assert.equal(await rowsMagnitude(rows), 2 ** 500);
  }
});

Deno.test("rowPieces() yields every row once, in parts of about as many numbers as are asked for", async () => {
  const x: HostMatrix = { values: Float64Array.from({ length: 14 }, (_, i) => i), shape: [7, 2] };
  const reader = new RowReader(matrixSource(x, 4), "x", { blockValues: 8 });
  for (const [rows, sizes] of [[x, [3, 3, 1]], [reader, [3, 1, 3]]] as const) {
    const [seen, found]: [number[], number[]] = [[], []];
    for await (const { x: part, firstRow } of rowPieces(rows, undefined, 6)) {
      assert.equal(firstRow, seen.length / 2);
      seen.push(...part.values);
      found.push(part.shape[0]);
    }
    assert.deepEqual(seen, [...x.values]);
    assert.deepEqual(found, sizes);
  }
});

Deno.test("gatherRows() finds rows of all blocks in any order, as often as they are asked for", async () => {
  for (const d of [1, 3, 40]) {
    const values = Float32Array.from({ length: 50 * d }, (_, i) => i);
    const x: HostMatrix = { values, shape: [50, d] };
    const reader = new RowReader(matrixSource(x, 9), "x", { blockValues: 7 * d });
    const indices = Array.from({ length: 90 }, (_, i) => i * 31 % 47);
    assert.deepEqual(await gatherRows(reader, indices), await gatherRows(x, indices));
  }
});

Deno.test("rowsMeans() and readerSource() of a reader give the bits of the matrix, beyond float64's sums too", async () => {
  for (const unit of [1, 1e308]) {
    const values = Float64Array.from({ length: 40 }, (_, at) => unit / (1 + at));
    const x: HostMatrix = { values, shape: [20, 2] };
    const reader = new RowReader(matrixSource(x, 3), "x", { blockValues: 8 });
    assert.deepEqual(await rowsMeans(reader), columnMeans(x));
    assert.deepEqual(await rowsMeans(x), columnMeans(x));
    assert.deepEqual(await openRows(readerSource(reader)), x);
  }
});

Deno.test("hostMatrix() tells a source of rows from other things that are no matrix", async () => {
  await assert.rejects(hostMatrix(matrixSource(column(1), 1) as never, "points"), {
    name: "TypeError",
    message: "Cannot read points: it is a source of rows, a matrix is needed here",
  });
});

Deno.test("rowsMeans() of a large matrix lets the event loop turn, and ends where its signal is aborted", async () => {
  const x: HostMatrix = { values: new Float32Array(5 * 2 ** 20).fill(2), shape: [2 ** 20, 5] };
  const controller = new AbortController();
  const now = performance.now;
  let clock = 0;
  performance.now = () => clock += 30;
  try {
    const reason = new RangeError("enough");
    const means = rowsMeans(x, controller.signal);
    setImmediate(() => controller.abort(reason));
    await assert.rejects(means, reason);
  } finally {
    performance.now = now;
  }
  assert.deepEqual([...await rowsMeans(x)], [2, 2, 2, 2, 2]);
});
