import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { encode } from "fast-png";
import assert from "node:assert/strict";
import { inFolder } from "../../apps/report-site/testing/folder_contents.ts";
import { readOwnTable } from "../run/own/read_own_table.ts";
import { recordOwnRun } from "../run/testing/record_own_run.ts";
import { tinyTable } from "../run/testing/tiny_table.ts";
import { run } from "./run.ts";
import { sameColumns, sameRows } from "./run/find_copies.ts";

Deno.test("table summarises columns, and lists copies, gaps and what is left out", async () => {
  const text = `id,a,b,c,copy,note,kind
p,1,10,7,1,x,cat
q,3,,7,3,y,dog
r,1,10,7,1,z,cat
s,9,30,7,9,,cat
t,3,,7,3,w,dog
u,1,10,7,1,v,cat
`;
  const table = await tinyTable(text, { id: "id", label: "kind" });
  const { payload } = await recordOwnRun(run, table, 1, { bins: 4 });
  const [a, b] = payload.columns;
  const deviation = Math.sqrt((3 * 4 + 0 + 0 + 36) / 6);
  assert.deepEqual({ ...a, deviation: 0 }, {
    name: "a",
    missing: 0,
    distinct: 3,
    min: 1,
    max: 9,
    mean: 3,
    deviation: 0,
    // From 1 to 3, to 5, to 7, to 9.
    histogram: [3, 2, 0, 1],
  });
  assertAllClose([a.deviation, b.mean, b.deviation], [deviation, 15, Math.sqrt(75)]);
  assert.deepEqual([b.missing, b.distinct, b.histogram], [2, 2, [3, 0, 0, 1]]);
  assert.deepEqual([payload.withGaps, payload.spread, payload.images], [1, null, null]);
  assert.deepEqual(payload.constant, { count: 1, names: ["c"] });
  assert.deepEqual(payload.columns[2].histogram, [6, 0, 0, 0]);
  assert.deepEqual(payload.copied, { count: 1, columns: [{ name: "copy", of: "a" }] });
  assert.deepEqual(payload.repeated, {
    count: 3,
    sets: [
      { count: 3, first: [{ row: 0, id: "p" }, { row: 2, id: "r" }, { row: 5, id: "u" }] },
      { count: 2, first: [{ row: 1, id: "q" }, { row: 4, id: "t" }] },
    ],
  });
  assert.deepEqual(payload.omitted, { count: 1, columns: [{ name: "note", reason: "text" }] });
  assert.deepEqual(payload.classes, [{ name: "cat", rows: 4 }, { name: "dog", rows: 2 }]);
  assert.equal(payload.correlations, null);
});

Deno.test("table finds high correlations over the rows in which both columns have a value", async () => {
  const source = random(5);
  const rows = Array.from({ length: 40 }, (_, i) => {
    const [a, c] = [source.normal(), source.normal()];
    const b = i % 8 === 0 ? NaN : -3 * a + 0.1 * source.normal();
    return [a, b, c, 5, 1e300 * a];
  });
  const text = "a,b,c,d,e\n" +
    rows.map((row) => row.map((cell) => Number.isNaN(cell) ? "" : cell).join(",")).join("\n");
  const { payload: { correlations } } = await recordOwnRun(run, await tinyTable(text), 1);
  assert.deepEqual({ ...correlations, pairs: [] }, {
    columns: 5,
    rows: 40,
    least: 0.95,
    count: 3,
    pairs: [],
  });
  const [exact, ...others] = correlations!.pairs;
  assert.deepEqual([exact.first, exact.second, exact.rows], ["a", "e", 40]);
  assertAllClose([exact.correlation], [1]);
  assert.deepEqual(others.map(({ first, second, rows }) => [first, second, rows]).sort(), [
    ["a", "b", 35],
    ["b", "e", 35],
  ]);
  // Plainly: sums over the rows with both, and Fisher's interval.
  const both = rows.filter(([, b]) => !Number.isNaN(b));
  const mean = (at: number) => both.reduce((sum, row) => sum + row[at], 0) / both.length;
  const product = (p: number, q: number) =>
    both.reduce((sum, row) => sum + (row[p] - mean(p)) * (row[q] - mean(q)), 0);
  const r = product(0, 1) / Math.sqrt(product(0, 0) * product(1, 1));
  const z = 0.5 * Math.log((1 + r) / (1 - r));
  const back = (value: number) => (Math.exp(2 * value) - 1) / (Math.exp(2 * value) + 1);
  const half = 1.959963984540054 / Math.sqrt(32);
  for (const { correlation, low, high } of others) {
    assertAllClose([correlation, low, high], [r, back(z - half), back(z + half)], { rtol: 1e-9 });
  }
});

Deno.test("table lists the first of many columns, and summarises all of them", async () => {
  const names = Array.from({ length: 7 }, (_, j) => `c${j}`);
  const text = `${names}\n` +
    [0, 1, 2, 3].map((i) => names.map((_, j) => i === 0 && j > 4 ? "" : i * j).join(",")).join(
      "\n",
    );
  const { payload } = await recordOwnRun(run, await tinyTable(text), 1, { listed: 3, named: 1 });
  assert.deepEqual(payload.columns.map(({ name }) => name), ["c0", "c1", "c2"]);
  const { missing, mean } = payload.spread!;
  assert.deepEqual(missing, { least: 0, lower: 0, middle: 0, upper: 0.25, most: 0.25 });
  assert.deepEqual(mean, { least: 0, lower: 3, middle: 4.5, upper: 10, most: 12 });
  assert.deepEqual([payload.withGaps, payload.constant], [2, { count: 1, names: ["c0"] }]);
});

Deno.test("table draws images class by class, in colour where they are", async () => {
  await inFolder(async (folder) => {
    for (const [path, value] of [["b/1", 10], ["b/2", 20], ["b/3", 10], ["a/4", 40]] as const) {
      await Deno.mkdir(`${folder}/own/${path.slice(0, 1)}`, { recursive: true });
      const data = Uint8Array.of(value, value + 1, value + 2, value, value, value);
      await Deno.writeFile(
        `${folder}/own/${path}.png`,
        encode({ width: 2, height: 1, data, channels: 3 }),
      );
    }
    const table = await readOwnTable({ path: `${folder}/own` }, {
      seed: 0,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    const { payload, images } = await recordOwnRun(run, table, 1);
    assert.deepEqual(payload.images!.classes, ["b", "b", "b", "a"]);
    const { values, channels, shape } = images.get("examples")!;
    assert.deepEqual([channels, shape, values.length], [3, { height: 1, width: 2 }, 24]);
    assert.deepEqual([...values as Uint8Array].slice(18), [40, 41, 42, 40, 40, 40]);
    assert.deepEqual([payload.columns, payload.correlations], [[], null]);
    assert.deepEqual([payload.repeated.count, payload.repeated.sets[0].count], [1, 2]);
  });
});

Deno.test("sameRows() and sameColumns() find what comparing all pairs finds", () => {
  const source = random(testSeed());
  const [n, d] = [60, 5];
  const cells = [0, -0, 1, NaN];
  const values = Float64Array.from({ length: n * d }, () => cells[source.integer(4)]);
  const plain = (items: number, key: (item: number) => string) =>
    [...Map.groupBy(Array.from({ length: items }, (_, item) => item), key).values()]
      .filter((set) => set.length > 1);
  const x = { values, shape: [n, d] as const };
  const text = (i: number, j: number) => String(values[i * d + j]);
  const row = (i: number) => Array.from({ length: d }, (_, j) => text(i, j)).join();
  assert.deepEqual(sameRows(x), plain(n, row));
  const across = { values, shape: [d, n] as const };
  const column = (j: number) =>
    Array.from({ length: d }, (_, i) => String(values[i * n + j])).join();
  assert.deepEqual(sameColumns(across), plain(n, column));
});
