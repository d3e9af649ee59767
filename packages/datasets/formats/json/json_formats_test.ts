import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readTable, type TableOptions } from "../../table/mod.ts";

const fixtures = fileURLToPath(new URL("../../fixtures", import.meta.url));

const { x, flag, species }: { x: number[]; flag: number[]; species: string[] } = JSON.parse(
  await readFile(`${fixtures}/values.json`, "utf8"),
);

/** The rows as pandas wrote them: a, b with a gap, c, flag. */
const expected = species.flatMap((_, i) => {
  const [a, b, c] = x.slice(3 * i, 3 * i + 3);
  return [a, i === 2 ? NaN : b, c, flag[i]];
});

for (const file of ["columns.json", "records.json", "split.json", "lines.jsonl"]) {
  Deno.test(`readTable() reads ${file} of pandas`, async () => {
    const table = await readTable(`${fixtures}/${file}`, { label: "species" });
    assert.deepEqual(table.columns, ["a", "b", "c", "flag"]);
    assert.deepEqual([...table.x.values], expected);
    assert.deepEqual(table.labels, species);
    assert.deepEqual(table.missing, [0, 1, 0, 0]);
  });
}

Deno.test("readTable() reads JSON of rows without names", async () => {
  const table = await readTable(`${fixtures}/values_only.json`, { label: "column 4" });
  assert.deepEqual([...table.x.values], expected);
  assert.deepEqual(table.labels, species);
});

function read(text: string, options: TableOptions = {}) {
  return readTable(new Blob([text]), { name: "t.json", ...options });
}

Deno.test("readTable() keeps labels of one kind, and takes others for text", async () => {
  const labels = async (cells: unknown[]) => {
    const { labels, classes } = await read(
      JSON.stringify(cells.map((y) => ({ y, a: 1 }))),
      { label: "y" },
    );
    return [labels, classes];
  };
  assert.deepEqual(await labels([2, 10, 2]), [[2, 10, 2], [2, 10]]);
  assert.deepEqual(await labels([true, false]), [[true, false], [false, true]]);
  assert.deepEqual(await labels([2, "x", 10]), [["2", "x", "10"], ["10", "2", "x"]]);
});

Deno.test("readTable() tells JSON, JSON Lines and lists within by their text", async () => {
  const lines = new Blob(['{"a":1,"v":[1,2]}\n{"v":[3,4]}\n']);
  const table = await readTable(lines);
  assert.deepEqual(table.columns, ["a", "v[0]", "v[1]"]);
  assert.deepEqual([...table.x.values], [1, 1, 2, NaN, 3, 4]);
  const list = await readTable(new Blob(["[[1, 2], [3, null]]"]));
  assert.deepEqual([...list.x.values], [1, 2, 3, NaN]);
});

Deno.test("readTable() refuses lists of another length than the first, not missing ones", async () => {
  const { x, ids } = await read('{"v": [[1, 2], null, [3, null]]}', { id: 1 });
  assert.deepEqual([[...x.values], ids], [[1, NaN, 3], [2, null, null]]);
  for (const fault of ["[3]", "[3, 4, 5]"]) {
    await assert.rejects(
      read(`{"v": [[1, 2], null, ${fault}]}`),
      /the column "v" has .*, lists of 2 numbers are needed, as in its first row/,
      fault,
    );
  }
});

Deno.test("readTable() names the line of what is no JSON, and the row of what does not fit", async () => {
  await assert.rejects(read('[{"a": 1},\n{"a": 2\n'), /t\.json: line 3 is no JSON/);
  await assert.rejects(read('[{"a": NaN}]'), /NaN and Infinity are no JSON, null stands for/);
  await assert.rejects(read('[{"a": 1}, 3]'), /its JSON is no table \(row 1 is 3\)/);
  await assert.rejects(read("[[1, 2], [3]]"), /row 1 has 1 cells, 2 are needed/);
  await assert.rejects(read('{"a": [1, 2], "b": [1]}'), /column "b" has 1 values and "a" has 2/);
  await assert.rejects(read("[]"), /empty list/);
  await assert.rejects(read('"text"'), /its JSON is no table/);
  await assert.rejects(
    read('{"a":1}\n{"a":2}\n\n{"a":', { format: "jsonl" }),
    /t\.json: line 4 is no JSON/,
  );
  await assert.rejects(
    read('{"a":1}\n3\n', { format: "jsonl" }),
    /line 2 is 3, an object or a list/,
  );
  const late = `${'{"a":1}\n'.repeat(2 ** 18)}{"a":"x"}\n`;
  await assert.rejects(
    read(late, { format: "jsonl" }),
    /line 262145, column "a" has "x", a number is needed/,
  );
  await assert.rejects(read(late.replace('"x"', '2,"b":3'), { format: "jsonl" }), /column "b"/);
});
