import assert from "node:assert/strict";
import type { Label } from "@mixtape/tensor-utils/host";
import { cellsKind } from "./cell_kind.ts";
import { cellBoolean, cellNumber } from "./cell_number.ts";
import { checkBlock } from "./check_block.ts";
import { chooseColumns, noColumns, omittedColumn } from "./choose_columns.ts";
import { labelsLike, tableLabels } from "./labels.ts";
import { blockValues, type ColumnKind, shownCell } from "./open_table.ts";
import { isMissingValue, valuesKind } from "./value_kind.ts";

const missing = new Set(["", "NA"]);
const plain = { decimal: ".", missing } as const;

Deno.test("cellNumber() reads numbers in the notation it is told, and no others", () => {
  const english = { ...plain, thousands: "," };
  const german = { decimal: ",", thousands: ".", missing } as const;
  const cases: [Parameters<typeof cellNumber>[1], Record<string, number | undefined>][] = [
    [plain, { "1": 1, "-2.5": -2.5, "+.5": 0.5, "5.": 5, "1e3": 1000, "2E-1": 0.2, "NA": NaN }],
    [plain, { "": NaN, ".": undefined, "1,5": undefined, "0x1": undefined, "1e400": undefined }],
    [plain, { "1 ": undefined, "Infinity": undefined, "1e": undefined, "--1": undefined }],
    [english, { "1,234": 1234, "-12,345,678.5": -12345678.5, "+1,000": 1000, "1234.5": 1234.5 }],
    [english, { "1,23": undefined, "1234,567": undefined, ",123": undefined, "1,2345": undefined }],
    [german, {
      "1.234,5": 1234.5,
      "1,5": 1.5,
      "1.5": undefined,
      "1.234": 1234,
      "1,2,3": undefined,
    }],
    [{ ...german, thousands: undefined }, { "1.234": undefined, "-0,25": -0.25, "NA": NaN }],
  ];
  for (const [notation, numbers] of cases) {
    for (const [cell, value] of Object.entries(numbers)) {
      assert.equal(cellNumber(cell, notation), value, cell);
    }
  }
  const said = ["true", "TRUE", "False", "NA", "", "yes", "truer"];
  assert.deepEqual(said.map((cell) => cellBoolean(cell, missing)), [
    ...[1, 1, 0, NaN, NaN],
    ...[undefined, undefined],
  ]);
});

Deno.test("cellsKind() tells a column by the larger part of its cells, and shows one of the others", () => {
  const kind = (...cells: string[]) => cellsKind(cells, cells.map((_, i) => 10 + i), plain);
  const found = (kind: ColumnKind, value: string, line: number) => ({
    kind,
    example: { value, line },
  });
  assert.deepEqual(kind("", "NA"), { kind: "empty" });
  assert.deepEqual(kind("1", "a", "NA"), { kind: "number" });
  assert.deepEqual(kind("1", "a", "b"), found("text", "a", 11));
  assert.deepEqual(kind("NA", "true", "FALSE"), found("boolean", "true", 11));
  assert.deepEqual(kind("true", "2024-01-31"), found("text", "true", 10));
  const [large, larger] = ["9007199254740993", "-9007199254740995"];
  assert.deepEqual(kind("1", large, larger), found("identifier", larger, 12));
  assert.deepEqual(kind("1", large), { kind: "number" });
  assert.deepEqual(kind("9007199254740991", "9007199254740990"), { kind: "number" });
  assert.deepEqual(kind(`${large}.5`, "1e17"), { kind: "number" });
  const days = [
    ...["2024-01-31", "2024-1-3", "2024-01-31T10:20:30Z", "2024-01-31 1:20", "31.12.2024"],
    ...["1/2/2024", "31/12/2024 10:20", "2024/1/31", "2024/01/31 10:20"],
  ];
  assert.deepEqual(kind(...days), found("date", days[0], 10));
  for (const day of days) assert.equal(kind(day).kind, "date", day);
  for (const day of ["31.12/2024", "2024-01", "24-01-31", "2024-01-31x", "1/2/24"]) {
    assert.equal(kind(day).kind, "text", day);
  }
});

Deno.test("valuesKind() tells a column by the kinds of its values, and shows the first that is no number", () => {
  const kind = (...values: unknown[]) => valuesKind(values, missing);
  const found = (kind: ColumnKind, value: string, row: number) => ({
    kind,
    example: { value, row },
  });
  assert.deepEqual(kind(null, undefined, NaN, " NA "), { kind: "empty" });
  assert.deepEqual(kind(null, 1, true), { kind: "number" });
  assert.deepEqual(kind(true, null), { kind: "boolean" });
  assert.deepEqual(kind(1n, 2 ** 53 - 1), { kind: "number" });
  assert.deepEqual(kind(1n, 2n ** 53n), found("identifier", "9007199254740992", 1));
  assert.deepEqual(kind(1, "a", "b"), found("text", "a", 1));
  const day = new Date(0);
  assert.deepEqual(kind("a", day), found("date", day.toISOString(), 1));
  for (const list of [[1, null], Float32Array.of(1, 2)]) {
    assert.deepEqual(kind(null, list, list), { kind: "number", width: 2 });
    assert.equal(kind(1, list).kind, "nested");
  }
  assert.deepEqual(kind(day, [1], 2), found("nested", "[1]", 1));
  for (
    const nested of [{ a: 1n }, [], ["a"], new DataView(new ArrayBuffer(1)), BigInt64Array.of(1n)]
  ) {
    assert.equal(kind([1], nested, 2n ** 60n).kind, "identifier");
    assert.deepEqual(kind(day, "a", nested), found("nested", shownCell(nested), 2));
  }
  assert.deepEqual(valuesKind([1, "x"], missing, [4, 7]).example, { value: "x", line: 7 });
  assert.ok(!isMissingValue("a", missing) && !isMissingValue(0, missing));
});

Deno.test("shownCell() cuts text after 40 characters", () => {
  assert.equal(shownCell("x".repeat(40)), "x".repeat(40));
  assert.equal(shownCell("x".repeat(41)), `${"x".repeat(39)}…`);
  assert.deepEqual([shownCell(null), shownCell(1n), shownCell({ a: [2n] })], [
    "null",
    "1",
    '{"a":["2"]}',
  ]);
});

Deno.test("blockValues() takes the smallest kind that loses nothing", () => {
  const kind = (...kinds: Parameters<typeof blockValues>[0][]) =>
    kinds.map((one) => blockValues(one, 2).constructor.name);
  assert.deepEqual(
    kind(["Uint8Array", "Uint8ClampedArray"], ["Uint8Array", "Int16Array"], ["Float32Array"]),
    ["Uint8Array", "Float32Array", "Float32Array"],
  );
  assert.deepEqual(
    kind([], ["Int32Array"], ["Uint8Array", undefined], ["Float32Array", undefined]),
    [
      ...Array(4).fill("Float64Array"),
    ],
  );
  assert.equal(blockValues(["Float64Array"], 3).length, 3);
});

Deno.test("checkBlock() counts what is missing, and names the place of what is infinite", () => {
  const counts = [5, 0];
  const block = (...values: number[]) => ({ rows: 2, values: Float64Array.from(values) });
  checkBlock(block(NaN, 1, NaN, -0), ["a", "b"], "t.csv", 7, counts);
  assert.deepEqual(counts, [7, 0]);
  for (const value of [Infinity, -Infinity]) {
    assert.throws(() => checkBlock(block(1, 2, 3, value), ["a", "b"], "t.csv", 7, counts), {
      name: "RangeError",
      message: `Cannot read t.csv: row 8, column "b" is ${value}, finite numbers are needed`,
    });
  }
});

Deno.test("tableLabels() gives labels of one kind, and names a row without one", () => {
  const labels = (...cells: unknown[]) => tableLabels(cells, "y", "t.csv").labels;
  assert.deepEqual(labels("2", "-1.5"), [2, -1.5]);
  for (const cells of [["2", "1.0"], ["2", "Infinity"]]) assert.deepEqual(labels(...cells), cells);
  assert.deepEqual(labels(2n, 3), [2, 3]);
  assert.deepEqual(labels(2n ** 53n), [2n ** 53n]);
  assert.deepEqual(labels(true, 1), ["true", "1"]);
  const day = new Date(5e11);
  assert.deepEqual(labels(day, { a: [1] }), [day.toISOString(), '{"a":[1]}']);
  assert.deepEqual(tableLabels(["b", "a", "b"], "y", "t.csv").classes, ["a", "b"]);
  for (const gap of ["", null, undefined, NaN]) {
    assert.throws(() => tableLabels(["a", gap], "y", "t.csv", 30), {
      name: "SyntaxError",
      message: /^Cannot read t.csv: row 31 has no label in the column "y", each row needs one/,
    });
  }
});

Deno.test("labelsLike() gives later blocks the kind of the first, and names the first label of another", () => {
  const like = (labels: Label[], kind: string) => labelsLike(labels, kind, "y", "t.csv");
  assert.deepEqual(like([1, 2], "number"), [1, 2]);
  assert.deepEqual(like([1, 2], "string"), ["1", "2"]);
  for (const labels of [["a", "b"], ["x1", "a"]]) {
    assert.throws(() => like(labels, "number"), {
      name: "SyntaxError",
      message: `Cannot read t.csv in blocks: the labels in the column "y" are of the kind number ` +
        `at first, and later there is "${
          labels[0]
        }"; read the table at once, or give all labels one kind`,
    });
  }
});

Deno.test("chooseColumns() names what it leaves out, and what it cannot find", () => {
  const example = { value: "5%", row: 3 };
  const columns = [
    { name: "a", kind: "number" },
    { name: "b", kind: "text", example },
    { name: "a", kind: "empty" },
    { name: "c", kind: "date" },
    { name: "d", kind: "boolean" },
  ] as const;
  const hint = "percent signs are not read, take them out of the file";
  const choose = (options: object, beside = {}) =>
    chooseColumns({ columns, ...beside }, options, "t");
  const text = { name: "b", reason: "text", example, hint };
  const dates = { name: "c", reason: "date", example: undefined };
  const nothing = { named: new Set(), label: undefined, id: undefined, omitted: [text, dates] };
  assert.deepEqual(choose({}), { ...nothing, matrix: [0, 2, 4] });
  assert.deepEqual(choose({ label: "b", id: 3, exclude: ["a"] }), {
    ...nothing,
    matrix: [2, 4],
    label: 1,
    id: 3,
    omitted: [],
  });
  assert.deepEqual(choose({ columns: ["d", "a", 0, 4], label: 4 }, { id: 1 }), {
    matrix: [0],
    named: new Set([4, 0]),
    label: 4,
    id: 1,
    omitted: [],
  });
  const refused: [object, string][] = [
    [{ label: 4, id: "d" }, 'Cannot use id: "d" is the column of the labels, another is needed'],
    [{ exclude: [5] }, "Cannot use exclude: t has no column 5, it has 5, from 0 to 4"],
    [{ id: "dd" }, 'Cannot use id: t has no column "dd", the nearest is "d"'],
    [
      { columns: [1] },
      `Cannot use columns: "b" of t holds text, such as "5%" in row 3, numbers are needed: ${hint}`,
    ],
    [{ columns: ["c"] }, 'Cannot use columns: "c" of t holds dates, numbers are needed'],
  ];
  for (const [options, message] of refused) {
    assert.throws(() => choose(options), { name: "RangeError", message });
  }
  const omitted = ["e", "f", "g", "h"].map((name) => omittedColumn(name, "empty"));
  const listed = '"e" holds no values, "f" holds no values, "g" holds no values';
  for (const [length, brackets] of [[0, ""], [3, ` (${listed})`], [4, ` (${listed} and 1 more)`]]) {
    assert.equal(
      noColumns(omitted.slice(0, Number(length)), "t").message,
      `Cannot make a matrix of t: no column of numbers is left${brackets}, at least 1 is needed`,
    );
  }
});
