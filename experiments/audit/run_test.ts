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

Deno.test("the audit calls few labels wrong where classes overlap and none is", async () => {
  const source = random(5);
  const lines = Array.from({ length: 300 }, (_, row) => {
    const isDog = row % 2 === 1;
    return `${source.normal() + (isDog ? 1 : 0)},${source.normal()},${isDog ? "dog" : "cat"}`;
  });
  const table = await tinyTable(`a,b,kind\n${lines.join("\n")}\n`, { label: "kind" });
  const { accuracy, suspects, rows } = (await recordOwnRun(run, table, 0)).payload.labels!;
  // The best rule errs in 31% of the rows, and is hardly ever 90% sure.
  assert(accuracy.value > 0.6 && accuracy.value < 0.78, `${accuracy.value}`);
  assert(suspects! <= 6, `${suspects}`);
  for (const { likelyProbability } of rows) assert(likelyProbability >= 0.9);
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
  assert.equal(column.otherMedian, middle(first(moved.foreign!.raw.values)));
  assert(column.adjusted <= 0.05 && column.statistic > 0.5);
});

Deno.test("the audit finds rows that come twice, and leads each to its first by number or id", async () => {
  const source = random(6);
  const rows = Array.from({ length: 60 }, () => [0, 1, 2, 3].map(() => 10 * source.normal()));
  const lines = rows.map((row) => row.join(","));
  lines.push(lines[5]); // row 60
  lines.push(rows[20].map((value) => value + 1e-5).join(",")); // row 61
  lines.push(`,${rows[30].slice(1).join(",")}`); // row 62 has a gap
  lines.push(lines[62]);
  const numbered = lines.map((line, row) => `r${row},${line},${row % 2 === 0 ? "x" : "y"}`);
  const text = `id,a,b,c,d,kind\n${numbered.join("\n")}\n`;
  const table = await tinyTable(text, { id: "id", label: "kind" });
  const { payload, columns } = await recordOwnRun(run, table, 0);
  const { identicalPairs, nearPairs, images, usual, ...found } = payload.duplicates!;
  assert.deepEqual(found, {
    compared: 62,
    dimensions: 4,
    identical: 1,
    identicalRelabelled: 1,
    near: 1,
    nearRelabelled: 1,
  });
  assert.deepEqual(identicalPairs, [{
    first: { row: 5, id: "r5", label: "y" },
    other: { row: 60, id: "r60", label: "x" },
  }]);
  const [{ first, other, distance, adjusted }] = nearPairs;
  assert.deepEqual([first.row, other.row, images], [20, 61, null]);
  assert(distance < usual! / 10 && adjusted < 0.05);
  const references = columns.get("duplicate_of") as (string | null)[];
  const given = [...references.entries()].filter(([, reference]) => reference !== null);
  assert.deepEqual(given, [[60, "r5"], [61, "r20"]]);
  const three = await tinyTable(text, { columns: ["b", "c", "d"] });
  const bare = await recordOwnRun(run, three, 0);
  const numbers = bare.columns.get("duplicate_of") as Float64Array;
  assert.deepEqual([...numbers.keys()].filter((row) => numbers[row] >= 0), [60, 61, 62, 63]);
  assert.deepEqual([...numbers.subarray(60)], [5, 20, 30, 30]);
  // The same rows as images of one pixel with three channels.
  const imageShape = { height: 1, width: 1, channels: 3 } as const;
  const seen = await recordOwnRun(run, { ...three, imageShape }, 0);
  const { values, channels, columns: across } = seen.images.get("near-duplicates")!;
  const pixels = [20, 61].flatMap((row) => [...three.raw.values.subarray(3 * row, 3 * row + 3)]);
  assert.deepEqual([[...Array.from(values)], channels, across], [pixels, 3, 2]);
  assert.equal(seen.payload.duplicates!.images!.count, 2);
  const drawn = await recordOwnRun(run, table, 0, { duplicateCells: 40 });
  assert.equal(drawn.payload.duplicates!.compared, 10);
  const holes = await recordOwnRun(run, await tinyTable("a,b\n1,\n,2\n3,4\n"), 0);
  assert.equal(holes.payload.duplicates, null);
});

Deno.test("the audit tells a sorted file from a shuffled one, and the columns that differ by half", async () => {
  const source = random(7);
  const lines = Array.from({ length: 80 }, (_, row) => {
    const isDog = row >= 40;
    return [source.normal() + (isDog ? 5 : 0), source.normal(), isDog ? "dog" : "cat"].join(",");
  });
  const read = (order: ArrayLike<number>) =>
    tinyTable(`a,b,kind\n${Array.from(order, (row) => lines[row]).join("\n")}\n`, {
      label: "kind",
    });
  const sorted = await recordOwnRun(run, await read(Array.from(lines.keys())), 0);
  const { rows, pValue, sortedByClass, columns, distance, expected } = sorted.payload.order!;
  assert.deepEqual([rows, pValue, sortedByClass], [80, 0.001, true]);
  assert.deepEqual(columns.map(({ column }) => column), ["a"]);
  assert(columns[0].median < 2 && columns[0].otherMedian > 3 && distance < expected);
  const mixed = (await recordOwnRun(run, await read(source.permutation(80)), 0)).payload.order!;
  assert(mixed.pValue > 0.05, `${mixed.pValue}`);
  assert.deepEqual([mixed.sortedByClass, mixed.columns], [false, []]);
  const few = await recordOwnRun(run, await tinyTable(`a\n${"1\n2\n".repeat(9)}1\n`), 0);
  assert.equal(few.payload.order, null);
});

Deno.test("the audit finds the group in which labels are noise, and describes it", async () => {
  const source = random(9);
  // Two clusters far apart in a and c: in the first, b tells the class; in the second, nothing does.
  const lines = Array.from({ length: 160 }, (_, row) => {
    const isHard = row % 2 === 0;
    const isDog = source.integer(2) === 1;
    const b = isHard ? source.normal() : (isDog ? 3 : -3) + source.normal() / 4;
    const [a, c] = [0, 1].map(() => (isHard ? 60 : 0) + source.normal());
    return [a, b, c, isDog ? "dog" : "cat"].join(",");
  });
  const table = await tinyTable(`a,b,c,kind\n${lines.join("\n")}\n`, { label: "kind" });
  const { payload, columns } = await recordOwnRun(run, table, 0, { groups: 2 });
  assert.equal(payload.groups!.clusters, 2);
  const [group, ...others] = payload.groups!.failing;
  assert.deepEqual([others, group.rows], [[], 80]);
  assert(group.failures > 8 && group.elsewhere < 0.05 && group.adjusted <= 0.05);
  const [first, second, last] = group.columns;
  assert.deepEqual([[first.column, second.column].sort(), last.column], [["a", "c"], "b"]);
  assert(Math.abs(first.mean - 60) < 1 && Math.abs(first.meanElsewhere) < 1);
  const hard = Array.from({ length: 80 }, (_, i) => 2 * i);
  const dogs = hard.filter((row) => table.labels![row] === 1).length;
  assert(dogs !== 40);
  assert.equal(group.label, dogs > 40 ? "dog" : "cat");
  const quality = columns.get("label_quality") as Float64Array;
  assert.deepEqual(
    group.examples.map(({ row }) => row),
    hard.filter((row) => quality[row] < 0.5).slice(0, 5),
  );
  const few = await tinyTable(catsAndDogs(39), { label: "kind", exclude: ["id"] });
  assert.equal((await recordOwnRun(run, few, 0)).payload.groups, null);
});
