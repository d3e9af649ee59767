import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { preparedRows } from "./prepared_rows.ts";
import { allUnits, logVolumeOf, selectUnits, unitBlocks } from "./unit_selection.ts";

const matrix = (rows: number[][]) => ({
  values: Float64Array.from(rows.flat()),
  shape: [rows.length, rows[0].length] as const,
});

function draws(n: number, d: number): number[][] {
  const source = random(testSeed());
  return Array.from({ length: n }, () => Array.from({ length: d }, () => source.normal()));
}

const select = async (rows: number[][], normalize = false, name?: string) => {
  const notes: string[] = [];
  const units = await selectUnits(
    matrix(rows),
    normalize,
    { note: (note) => notes.push(note) },
    name,
  );
  return { units, notes };
};

Deno.test("selectUnits() keeps the columns that vary, be it in the last row only", async () => {
  const rows = draws(40, 5).map((row, i) => [3, row[1], i < 39 ? -1 : -1.5, 0, row[4]]);
  const { units, notes } = await select(rows, true);
  assert.deepEqual(units, { columns: 5, kept: Uint32Array.of(1, 2, 4), normalize: true });
  assert.deepEqual(notes, [
    "2 of 5 units of the penultimate layer never vary in training and were dropped",
  ]);
  const named = await select(rows.map((row) => row.slice(1)), false, "hidden layer 2");
  assert.deepEqual(named.units.kept, Uint32Array.of(0, 1, 3));
  assert.deepEqual(named.notes, [
    "1 of 4 units of hidden layer 2 never vary in training and were dropped",
  ]);
  assert.deepEqual((await select(draws(3, 2))).notes, []);
  // A column that differs from the first row, and comes back to it.
  assert.deepEqual((await select([[1, 7], [2, 7], [1, 7]])).units.kept, Uint32Array.of(0));
});

Deno.test("selectUnits() refuses layers in which nothing varies", async () => {
  for (const rows of [[[1, 2]], [[1, 2], [1, 2], [1, 2]]]) {
    await assert.rejects(select(rows, false, "the inputs"), {
      name: "RangeError",
      message:
        `Cannot fit on the inputs: none of its 2 units varies over ${rows.length} rows, one that varies is needed`,
    });
  }
});

Deno.test("selectUnits() scales columns whose products would leave float64, and only those it keeps", async () => {
  const exponentOf = async (largest: number, normalize = false) =>
    (await select([[1e-300, largest], [1e-300, -largest / 3]], normalize)).units.exponent;
  assert.equal(await exponentOf(2 ** 200), undefined);
  assert.equal(await exponentOf(2 ** -200), undefined);
  assert.equal(await exponentOf(2 ** 201), -1);
  assert.equal(await exponentOf(-(2 ** 300)), -100);
  assert.equal(await exponentOf(2 ** -201), 401);
  assert.equal(await exponentOf(2 ** 300, true), undefined);
  // The constant column, which is dropped, does not count.
  assert.equal((await select([[1e300, 2], [1e300, 1]])).units.exponent, undefined);
  assert.equal((await select([[2, 1e300], [1, 1e300]])).units.exponent, undefined);
});

Deno.test("logVolumeOf() is the logarithm of 2^exponent for each column kept", () => {
  assert.equal(logVolumeOf(allUnits(3)), 0);
  assertAllClose([logVolumeOf(allUnits(3, -7))], [Math.log(2 ** -21)], { rtol: 1e-15 });
  assertAllClose([logVolumeOf({ ...allUnits(9, 5), kept: Uint32Array.of(2, 4) })], [
    10 * Math.LN2,
  ]);
});

Deno.test("unitBlocks() yields every row once, in blocks of 512 of which the last may be short", async () => {
  for (const n of [1, 2, 511, 512, 513, 1024, 1030]) {
    const rows = draws(n, 4);
    for (const normalize of [false, true]) {
      for (const exponent of [undefined, 3]) {
        const selection = { columns: 4, kept: Uint32Array.of(0, 2, 3), normalize, exponent };
        const expected = rows.map(([a, , c, d]) => {
          const scaled = [a, c, d].map((value) => value * 2 ** (exponent ?? 0));
          return scaled.map((value) => value / (normalize ? Math.hypot(...scaled) : 1));
        });
        const starts: number[] = [];
        for (const { start, rows: count, values } of unitBlocks(matrix(rows), selection)) {
          starts.push(start);
          assert.equal(count, Math.min(512, n - start));
          assert.equal(values.length, Math.min(512, n) * 3);
          const wanted = expected.slice(start, start + count).flat();
          assertAllClose(values.slice(0, count * 3), wanted, { rtol: 1e-15 });
        }
        assert.deepEqual(starts, [0, 512, 1024].filter((start) => start < n));
        const prepared = await preparedRows(matrix(rows), selection);
        assert.deepEqual(prepared.shape, [n, 3]);
        assertAllClose(prepared.values, expected.flat(), { rtol: 1e-15 });
      }
    }
  }
});

Deno.test("unitBlocks() scales rows to length 1 whose squares overflow or vanish, but not zeros", async () => {
  const selection = { ...allUnits(2), normalize: true };
  const rows = [[3e200, -4e200], [3e-200, 4e-200], [0, 0], [5e-324, 0], [-1.5e308, 0]];
  const { values } = await preparedRows(matrix(rows), selection);
  assertAllClose(values, [0.6, -0.8, 0.6, 0.8, 0, 0, 1, 0, -1, 0], { rtol: 1e-15 });
});

Deno.test("unitBlocks() refuses another number of columns than in training", () => {
  assert.throws(() => [...unitBlocks(matrix([[1, 2]]), allUnits(3))], {
    name: "RangeError",
    message: "Cannot use activations of 2 units: the detector was fitted on 3",
  });
});
