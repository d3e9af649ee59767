import { random } from "@mixtape/tensor-utils";
import assert from "node:assert/strict";
import { recordOwnRun } from "../run/testing/record_own_run.ts";
import { tinyTable } from "../run/testing/tiny_table.ts";
import { run } from "./run.ts";

/** A table of two classes far apart, cats near 0 and dogs near 9, of which each test changes what it looks for. */
function catsAndDogs(
  rows: number,
  change: (row: number) => { readonly kind?: string } = () => ({}),
) {
  const source = random(3);
  const lines = Array.from({ length: rows }, (_, row) => {
    const isDog = row % 2 === 1;
    const cells = {
      id: `r${row}`,
      size: (isDog ? 9 : 0) + source.normal(),
      tail: (isDog ? -9 : 0) + source.normal(),
      kind: isDog ? "dog" : "cat",
      ...change(row),
    };
    return Object.values(cells).join(",");
  });
  return `id,size,tail,kind\n${lines.join("\n")}\n`;
}

Deno.test("the audit finds labels that were exchanged, and says which ones they should be", async () => {
  const text = catsAndDogs(
    80,
    (row) => row === 12 ? { kind: "dog" } : row === 33 ? { kind: "cat" } : {},
  );
  const table = await tinyTable(text, { label: "kind", id: "id" });
  const { payload, columns } = await recordOwnRun(run, table, 1);
  const { suspects, rows, accuracy, largestShare } = payload.labels!;
  assert.deepEqual([suspects, accuracy.successes, accuracy.trials, largestShare], [2, 78, 80, 0.5]);
  const byRow = rows.toSorted((a, b) => a.row - b.row);
  assert.deepEqual(byRow.map(({ row, id, given, likely }) => [row, id, given, likely]), [
    [12, "r12", "dog", "cat"],
    [33, "r33", "cat", "dog"],
  ]);
  assert(rows[0].givenProbability <= rows[1].givenProbability);
  for (const { givenProbability: given, likelyProbability: likely } of rows) {
    assert(Math.abs(given + likely - 1) < 1e-6);
  }
  const suspect = columns.get("label_suspect") as boolean[];
  assert.deepEqual([...suspect.keys()].filter((row) => suspect[row]), [12, 33]);
  const quality = columns.get("label_quality") as Float64Array;
  assert.deepEqual(byRow.map(({ givenProbability }) => givenProbability), [
    quality[12],
    quality[33],
  ]);
  const short = await recordOwnRun(run, table, 1, { listed: 1 });
  assert.deepEqual(short.payload.labels!.rows, rows.slice(0, 1));
  assert.equal(short.payload.labels!.suspects, 2);
});

Deno.test("the audit calls no label wrong where the columns do not tell the classes", async () => {
  const source = random(8);
  const text = catsAndDogs(60, () => ({ kind: source.integer(2) === 0 ? "cat" : "dog" }));
  const table = await tinyTable(text, { label: "kind", exclude: ["id"] });
  const { payload, columns } = await recordOwnRun(run, table, 0);
  assert.deepEqual([payload.labels!.suspects, payload.labels!.rows], [null, []]);
  assert.deepEqual([...columns.keys()].filter((name) => name.startsWith("label")), []);
});

Deno.test("the audit lists rare classes, and leaves out what needs labels or a second file", async () => {
  const text = catsAndDogs(80, (row) => row < 3 ? { kind: "owl" } : {});
  const rare = await recordOwnRun(run, await tinyTable(text, { label: "kind", id: "id" }), 0);
  // An equal share of 80 rows is 26.7; a tenth of it is less than 3 rows.
  assert.deepEqual(rare.payload.rareClasses, []);
  const rarer = catsAndDogs(80, (row) => row < 2 ? { kind: "owl" } : {});
  const rarest = await recordOwnRun(run, await tinyTable(rarer, { label: "kind", id: "id" }), 0);
  assert.deepEqual(rarest.payload.rareClasses, [{ name: "owl", rows: 2 }]);
  const bare = await recordOwnRun(run, await tinyTable("a\n1\n2\n"), 0);
  assert.deepEqual(
    [bare.payload.labels, bare.payload.rareClasses, bare.payload.drift],
    [null, null, null],
  );
});

Deno.test("the audit finds identifiers by their order or because they never repeat", async () => {
  const source = random(2);
  const shuffled = source.permutation(40);
  const lines = Array.from({ length: 40 }, (_, row) => [
    row * 3 + source.integer(3), // rises
    1e6 - row, // falls
    shuffled[row] + 500, // never repeats
    shuffled[row] * 1e9, // distinct, as numbers of a wide range are by chance
    source.normal(),
    shuffled[row] === 7 ? 8 : shuffled[row], // one repeats
    row === 39 ? "" : row, // one is missing
  ]);
  const table = await tinyTable(
    `a,b,c,d,e,f,g\n${lines.map((line) => line.join(",")).join("\n")}\n`,
  );
  const { payload } = await recordOwnRun(run, table, 0);
  assert.deepEqual(payload.identifiers, [
    { column: "a", sign: "ascending" },
    { column: "b", sign: "descending" },
    { column: "c", sign: "never-repeated" },
  ]);
  const few = await recordOwnRun(run, await tinyTable("a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"), 0);
  assert.deepEqual(few.payload.identifiers, []);
  const enough = await recordOwnRun(run, await tinyTable("a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n"), 0);
  assert.deepEqual(enough.payload.identifiers, [{ column: "a", sign: "ascending" }]);
});

Deno.test("the audit lists rows without any value by their number in the file", async () => {
  const table = await tinyTable("name,a,b\nx,,\ny,1,\nz,,\nw,2,3\n", { id: "name" });
  const { payload } = await recordOwnRun(run, table, 0);
  assert.deepEqual(payload.emptyRows, {
    count: 2,
    rows: [{ row: 0, id: "x" }, { row: 2, id: "z" }],
  });
});

Deno.test("the audit names the columns that moved, with their medians, and compares drawn rows", async () => {
  const source = random(5);
  const rows = (shift: number) =>
    Array.from({ length: 60 }, () => `${source.normal() + shift},${source.normal()}`).join("\n");
  const table = await tinyTable(`a,b\n${rows(0)}\n`, { foreign: `b,a\n${rows(0)}\n` });
  const same = await recordOwnRun(run, table, 0);
  assert.deepEqual([same.payload.drift!.moved, same.payload.drift!.columns], [0, []]);
  const moved = await tinyTable(`a,b\n${rows(0)}\n`, { foreign: `a,b\n${rows(3)}\n` });
  const { drift } = (await recordOwnRun(run, moved, 0)).payload;
  assert.deepEqual([drift!.moved, drift!.rows, drift!.foreignRows], [1, 60, 60]);
  const [column] = drift!.columns;
  const middle = (values: readonly number[]) => {
    const sorted = values.toSorted((a, b) => a - b);
    return (sorted[29] + sorted[30]) / 2;
  };
  const first = (values: ArrayLike<number>) => Array.from(values).filter((_, at) => at % 2 === 0);
  assert.equal(column.column, "a");
  assert.equal(column.median, middle(first(moved.raw.values)));
  assert.equal(column.foreignMedian, middle(first(moved.foreign!.raw.values)));
  assert(column.adjusted <= 0.05 && column.statistic > 0.5);
});
