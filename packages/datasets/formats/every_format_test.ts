import assert from "node:assert/strict";
import {
  bool,
  columnFromArray,
  type DataType,
  float64,
  int32,
  int64,
  tableFromColumns,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { type Random, random } from "@mixtape/tensor-utils";
import { testRounds, testSeed } from "@mixtape/tensor-utils/testing";
import { readTable, type TableOptions } from "../table/mod.ts";

/** Columns of every kind that all formats hold; null stands for a missing value. */
interface Columns {
  readonly plain: number[];
  readonly gap: (number | null)[];
  readonly whole: number[];
  readonly large: number[];
  readonly flag: (boolean | null)[];
  readonly word: string[];
}

const words = ["cat", "dog, wet", 'a "pig"', "two\nlines", "Äsche", "x;y|z\t."];

function drawColumns(source: Random, n: number): Columns {
  const draw = <T>(value: (row: number) => T) => Array.from({ length: n }, (_, row) => value(row));
  return {
    plain: draw(() => source.normal()),
    // The first row shows the kind of a column.
    gap: draw((row) => row > 0 && source.next() < 0.4 ? null : 1e3 * source.normal()),
    whole: draw(() => source.integer(2000) - 1000),
    large: draw(() => Math.floor((source.next() - 0.5) * 2 ** 53)),
    flag: draw((row) => row > 0 && source.next() < 0.3 ? null : source.next() < 0.5),
    word: draw(() => words[source.integer(words.length)]),
  };
}

const numeric = ["plain", "gap", "whole", "large", "flag"] as const;

/** A file, and the options that it needs. */
type Written = [content: string | Uint8Array<ArrayBuffer>, options?: TableOptions];

/** Writes the columns in the order of `names`, in blocks of `step` rows where the format has them. */
type Write = (columns: Columns, names: (keyof Columns)[], step: number, source: Random) => Written;

const rowsOf = (columns: Columns, names: readonly (keyof Columns)[]) =>
  columns.plain.map((_, row) => names.map((name) => columns[name][row]));

const formats: Record<string, Write> = {
  "t.csv": (columns, names, _, source) => {
    const delimiter = [",", ";", "\t", "|", "::"][source.integer(5)];
    const decimal = delimiter === "," || source.next() < 0.5 ? "." : ",";
    const newline = source.next() < 0.5 ? "\n" : "\r\n";
    const quoted = source.next() < 0.5 || delimiter === "::";
    const cell = (value: number | string | boolean | null) => {
      if (value === null) return ["", "NA", '""'][source.integer(3)];
      const text = typeof value === "number" ? String(value).replace(".", decimal) : String(value);
      const isPlain = !quoted && !/["\n,;\t|.]/.test(String(value));
      return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
    };
    const lines = [names, ...rowsOf(columns, names)].map((row) => row.map(cell).join(delimiter));
    return [`${lines.join(newline)}${newline}`, { delimiter, decimal, header: true }];
  },
  "columns.json": (columns, names) => [
    JSON.stringify(Object.fromEntries(names.map((name) => [name, columns[name]]))),
  ],
  "records.json": (columns, names) => [
    JSON.stringify(rowsOf(columns, names).map((row) => named(names, row)), null, 1),
  ],
  "t.jsonl": (columns, names) => [
    rowsOf(columns, names).map((row) => `${JSON.stringify(named(names, row))}\n`).join("\n"),
  ],
  "t.parquet": (columns, names, step, source) => {
    const types = {
      plain: { type: "DOUBLE", nullable: false },
      gap: { type: "DOUBLE", nullable: true },
      whole: { type: "INT32", nullable: source.next() < 0.5 },
      large: { type: "INT64", nullable: false },
      flag: { type: "BOOLEAN", nullable: true },
      word: { type: "STRING", nullable: false },
    } as const;
    const content = parquetWriteBuffer({
      columnData: names.map((name) => ({ name, data: stored(columns, name), ...types[name] })),
      rowGroupSize: step,
      pageSize: 1 + source.integer(200),
      statistics: source.next() < 0.7,
    });
    return [new Uint8Array(content)];
  },
  "t.arrow": (columns, names, maxBatchRows, source) => {
    const types: Record<keyof Columns, DataType> = {
      plain: float64(),
      gap: float64(),
      whole: int32(),
      large: int64(),
      flag: bool(),
      word: utf8(),
    };
    const table = tableFromColumns(names.map((name) => [
      name,
      columnFromArray(stored(columns, name), types[name], { maxBatchRows, useBigInt: true }),
    ]));
    const format = source.next() < 0.5 ? "file" : "stream";
    return [new Uint8Array(tableToIPC(table, { format })!)];
  },
};

function named(names: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name, j) => [name, row[j]]));
}

/** The values of a column, as formats with types take them. */
function stored(columns: Columns, name: keyof Columns): unknown[] {
  return name === "large" ? columns.large.map(BigInt) : columns[name];
}

for (const [name, write] of Object.entries(formats)) {
  Deno.test(`readTable() property: reads what was written as ${name}, at once and in blocks`, async () => {
    const problem = fc.record({
      seed: fc.nat({ max: 1e6 }),
      // Values are put into their rows 256 at a time.
      n: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 60 }) }, {
        weight: 1,
        arbitrary: fc.constantFrom(256, 257, 600),
      }),
      step: fc.integer({ min: 7, max: 300 }),
      chosen: fc.shuffledSubarray([...numeric], { minLength: 2 }),
      beside: fc.subarray(["label", "id"] as const),
    });
    await fc.assert(
      fc.asyncProperty(problem, async ({ seed, n, step, chosen, beside }) => {
        const source = random(seed);
        const columns = drawColumns(source, n);
        const order = source.permutation(6);
        const names = Array.from(order, (at) => [...numeric, "word" as const][at]);
        const [content, own] = write(columns, names, step, source);
        const options: TableOptions = {
          name,
          ...own,
          columns: chosen,
          ...beside.includes("label") ? { label: "word" } : {},
          ...beside.includes("id") ? { id: "whole" } : {},
        };
        // A column of ids is none of the matrix.
        const kept = chosen.filter((one) => one !== "whole" || !beside.includes("id"));
        const expected = rowsOf(columns, kept).flat()
          .map((value) => value === null ? NaN : Number(value));
        const missing = kept.map((one) => columns[one].filter((v) => v === null).length);
        const table = await readTable(new Blob([content]), options);
        assert.deepEqual([...table.x.values], expected);
        assert.deepEqual(table.x.shape, [n, kept.length]);
        assert.deepEqual(table.columns, kept);
        assert.deepEqual(table.missing, missing);
        assert.deepEqual(table.labels, beside.includes("label") ? columns.word : undefined);
        const blocks = await Array.fromAsync(readTable.blocks(new Blob([content]), options));
        assert.deepEqual(blocks.flatMap(({ x }) => [...x.values]), expected);
        assert.deepEqual(blocks.flatMap(({ labels }) => labels ?? []), table.labels ?? []);
        assert.deepEqual(
          Array.from(table.ids ?? [], Number),
          beside.includes("id") ? columns.whole : [],
        );
        assert.deepEqual(blocks.flatMap(({ ids }) => ids ?? []), table.ids ?? []);
        if (/parquet|arrow/.test(name)) assert.equal(blocks.length, Math.ceil(n / step));
        let row = 0;
        for (const { firstRow, x } of blocks) {
          assert.equal(firstRow, row);
          row += x.shape[0];
        }
      }),
      { seed: testSeed(), numRuns: testRounds(100) },
    );
  });
}
