import assert from "node:assert/strict";
import { matrixSource, openRows, random, readerSource, RowReader } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import {
  imputeColumns,
  imputerFromJSON,
  splitRows,
  standardize,
  standardizer,
  standardizerFromJSON,
} from "./mod.ts";
import { matrix, reference } from "../testing/preparation_reference.ts";

for (const method of ["standard", "robust"] as const) {
  Deno.test(`standardize() with ${method} gives the scales of scikit-learn, and takes them back`, async () => {
    const expected = reference[method];
    const { x, scales, apply, restore } = await standardize(matrix(reference.gaps), { method });
    // The offset of 1e6 costs six digits of the column beside it.
    assertAllClose(x.values, expected.x, { rtol: 1e-8, atol: 1e-8 });
    assertAllClose(scales, expected.scales, { rtol: 1e-9 });
    const rows = await apply(matrix(reference.new));
    assertAllClose(rows.values, expected.new, { rtol: 1e-8, atol: 1e-8 });
    assertAllClose((await restore(rows)).values, reference.new, { rtol: 1e-12 });
    await assert.rejects(apply([[1, 2]]), /it has 2 columns, 5 are needed/);
  });
}

Deno.test("standardize() keeps float64 and gaps, and refuses a column without values", async () => {
  const { x } = await standardize({ values: Float32Array.of(1, NaN, 3, 4), shape: [2, 2] });
  assert.ok(x.values instanceof Float64Array);
  assert.deepEqual([...x.values], [-1, NaN, 1, 0]);
  await assert.rejects(standardize([[NaN, 1]]), /column 0 has no values/);
  await assert.rejects(standardize([[1]], { method: "minmax" as "robust" }), RangeError);
  const huge = await standardize([[1.7e308], [1.6e308]]);
  assert.ok(Number.isFinite(huge.centers[0]));
});

Deno.test("imputeColumns() fills as scikit-learn does", async () => {
  for (const method of ["mean", "median", "constant"] as const) {
    const { x, missing, apply } = await imputeColumns(matrix(reference.gaps), {
      method,
      value: -1.5,
    });
    assertAllClose(x.values, reference[method], { rtol: 1e-14 });
    const gaps = reference.gaps.filter(Number.isNaN).length;
    assert.equal(missing.reduce((a, b) => a + b), gaps);
    assertAllClose((await apply(matrix(reference.gaps))).values, x.values, { rtol: 0 });
  }
  await assert.rejects(imputeColumns([[NaN, 1]]), /column 0 has no values/);
  assert.deepEqual([...(await imputeColumns([[NaN]], { method: "constant" })).x.values], [0]);
});

Deno.test("standardizerFromJSON() and imputerFromJSON() do the same to new rows, bit for bit", async () => {
  const source = random(testSeed());
  const draw = (n: number) =>
    Float64Array.from(
      { length: 5 * n },
      (_, i) => source.next() < 0.2 ? NaN : source.normal() * 10 ** (4 * (i % 5) - 8),
    );
  const [x, rows] = [40, 20].map((n) => ({ values: draw(n), shape: [n, 5] as const }));
  const imputation = await imputeColumns(x, { method: "median" });
  const imputer = imputerFromJSON(JSON.parse(JSON.stringify(imputation)));
  assert.deepEqual(await imputer.apply(rows), await imputation.apply(rows));
  for (const method of ["standard", "robust"] as const) {
    const standardization = await standardize(x, { method });
    const standardizer = standardizerFromJSON(JSON.parse(JSON.stringify(standardization)));
    assert.deepEqual(await standardizer.apply(rows), await standardization.apply(rows));
    assert.deepEqual(await standardizer.restore(rows), await standardization.restore(rows));
    await assert.rejects(standardizer.apply([[1]]), /it has 1 columns, 5 are needed/);
  }
});

Deno.test("standardizerFromJSON() and imputerFromJSON() refuse what they did not write", () => {
  const scales = { format: "mixtape-standardizer", version: 1, centers: [0, 1], scales: [1, 2] };
  for (
    const [change, message] of [
      [{ version: 2 }, /version 2 was given, format mixtape-standardizer, version 1 is needed/],
      [{ format: "mixtape-imputer" }, /Cannot read a standardizer: format "mixtape-imputer"/],
      [{ scales: [1] }, /cannot use scales: there are 1, 2 are needed/],
      [{ scales: [1, 0] }, /cannot use scales\[1\]/],
      [{ centers: [] }, /cannot use centers/],
      [{ centers: [0, null] }, /cannot use centers\[1\]/],
    ] as const
  ) {
    assert.throws(() => standardizerFromJSON({ ...scales, ...change }), {
      name: "SyntaxError",
      message,
    });
  }
  assert.throws(() => imputerFromJSON(null), /Cannot read an imputer: format undefined/);
  const gap = { format: "mixtape-imputer", version: 1, fills: ["1"] };
  assert.throws(() => imputerFromJSON(gap), /cannot use fills\[0\]/);
});

Deno.test("splitRows() puts each row into one part, whatever n, share and labels", () => {
  const source = random(testSeed());
  for (let trial = 0; trial < 300; trial++) {
    const n = 2 + source.integer(40);
    const testShare = 0.01 + 0.98 * source.next();
    const labels = Array.from({ length: n }, () => source.integer(4));
    for (const given of [undefined, labels]) {
      const { train, test } = splitRows(n, { testShare, labels: given, seed: trial });
      assert.deepEqual(
        [...train, ...test].sort((a, b) => a - b),
        Array.from({ length: n }, (_, i) => i),
      );
      assert.ok(train.length > 0 && test.length > 0);
      if (given === undefined) {
        assert.equal(test.length, Math.min(n - 1, Math.max(1, Math.round(testShare * n))));
        continue;
      }
      const total = Math.min(n - 1, Math.max(1, Math.round(testShare * n)));
      const classes = [0, 1, 2, 3].flatMap((label) => {
        const size = labels.filter((one) => one === label).length;
        if (size < 2) return [];
        const count = test.filter((row) => labels[row] === label).length;
        const exact = size * total / n;
        const least = Math.max(1, Math.floor(exact));
        assert.ok(count > 0 && count < size, "each class is in both parts");
        assert.ok(count === least || count === least + 1, `${count} of ${exact}`);
        const canTakeMore = count < size - 1;
        return [{ rest: exact - least, isRaised: count > least, canTakeMore, least }];
      });
      const sum = classes.reduce((sum, { least }) => sum + least, 0);
      assert.ok(test.length <= Math.max(1, sum, total), `${test.length} of ${total}`);
      for (const { rest } of classes.filter(({ isRaised }) => isRaised)) {
        for (const other of classes) {
          if (other.isRaised || !other.canTakeMore) continue;
          assert.ok(rest >= other.rest, "the largest remainders come first");
          assert.ok(rest > 0, "no class has more than its share, rounded up");
        }
      }
    }
  }
});

Deno.test("splitRows() gives the same for a seed, and something else for another", () => {
  const labels = Array.from({ length: 100 }, (_, i) => i % 2 === 0 ? "a" : "b");
  const first = splitRows(100, { seed: 5, labels });
  assert.deepEqual(splitRows(100, { seed: 5, labels }), first);
  assert.notDeepEqual(splitRows(100, { seed: 6, labels }), first);
  assert.deepEqual(splitRows(3, { labels: [1, 2, 3] }).test.length, 1);
  assert.throws(() => splitRows(1), RangeError);
  assert.throws(() => splitRows(5, { testShare: 1 }), RangeError);
  assert.throws(() => splitRows(5, { labels: [1, 2] }), /2 were given for 5 rows/);
});

Deno.test("standardizer() finds the scale of a source that standardize() finds in memory, to the bit", async () => {
  for (const unit of [1, 1e200, 1e-200]) {
    const values = Float64Array.from(reference.gaps, (value) => unit * value);
    const x = { values, shape: [values.length / 5, 5] as const };
    const expected = await standardize(x);
    for (const source of [x, matrixSource(x, 7)]) {
      const scale = await standardizer(source);
      assert.deepEqual(scale.centers, expected.centers);
      assert.deepEqual(scale.scales, expected.scales);
      assert.deepEqual((await scale.apply(x)).values, expected.x.values);
      const scaled = scale.applyTo(matrixSource(x, 4));
      assert.deepEqual(
        (await openRows(scaled, "x", { allowNaN: true }) as typeof x).values,
        expected.x.values,
      );
      assert.deepEqual(
        standardizerFromJSON(JSON.parse(JSON.stringify(scale))).scales,
        scale.scales,
      );
    }
  }
  const blocks = new RowReader(
    matrixSource({ values: Float64Array.of(1, 2, 6), shape: [3, 1] }, 1),
    "x",
    {
      blockValues: 2,
    },
  );
  assert.deepEqual([...(await standardizer(readerSource(blocks))).centers], [3]);
});

Deno.test("standardizer() refuses empty columns, infinities, other columns and unknown options", async () => {
  const column = (...values: number[]) => ({
    values: Float64Array.from(values),
    shape: [values.length, 1] as const,
  });
  await assert.rejects(standardizer(matrixSource(column(NaN, NaN), 1)), /column 0 has no values/);
  await assert.rejects(
    standardizer(matrixSource(column(1, Infinity), 1)),
    /row 1, column 0 is Inf/,
  );
  await assert.rejects(standardizer(column(1), { sigal: undefined } as never), {
    name: "TypeError",
  });
  await assert.rejects(
    standardizer(matrixSource(column(1, 2), 1), { signal: AbortSignal.abort() }),
    { name: "AbortError" },
  );
  const scale = await standardizer(column(1, 2));
  const wide = matrixSource({ values: Float64Array.of(1, 2), shape: [1, 2] }, 1);
  assert.throws(() => scale.applyTo(wide), { message: /its source has 2 columns, 1 are needed/ });
});
