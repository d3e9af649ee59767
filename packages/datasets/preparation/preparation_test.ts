import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { matrixSource, openRows, random, readerSource, RowReader } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import {
  imputeColumns,
  imputerFromJSON,
  principalComponents,
  projectionFromJSON,
  splitRows,
  standardize,
  standardizer,
  standardizerFromJSON,
} from "./mod.ts";

interface Reference {
  readonly x: number[];
  readonly new: number[];
  readonly scales: number[];
}

interface Components extends Reference {
  readonly components: number[];
  readonly variances: number[];
  readonly shares: number[];
  readonly restored: number[];
}

/** Results of scikit-learn for a matrix of 30 × 5 with an offset of 1e6 and a constant column. */
const reference = JSON.parse(
  await readFile(new URL("../fixtures/preparation.json", import.meta.url), "utf8"),
  (_, value) => value === null ? NaN : value,
) as
  & Record<"x" | "gaps" | "new" | "mean" | "median" | "constant", number[]>
  & Record<"standard" | "robust", Reference>
  & Record<"pca" | "whitened", Components>;

function matrix(values: number[]) {
  return { values, shape: [values.length / 5, 5] };
}

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

Deno.test("projectionFromJSON() brings rows into the same directions, bit for bit", async () => {
  const source = random(testSeed());
  const draw = (n: number) => Array.from({ length: n }, () => [0, 1, 2].map(() => source.normal()));
  for (const whiten of [false, true]) {
    // The last direction has no variance.
    const x = draw(20).map(([a, b]) => [a, b, a - b]);
    const found = await principalComponents(x, { whiten });
    const projection = projectionFromJSON(JSON.parse(JSON.stringify(found)));
    const rows = draw(5);
    const coordinates = await found.apply(rows);
    assert.deepEqual(await projection.apply(rows), coordinates);
    assert.deepEqual(await projection.restore(coordinates), await found.restore(coordinates));
    const { components, means, variances, shares } = found;
    assert.deepEqual(
      [projection.components, projection.means, projection.variances, projection.shares],
      [components, means, variances, shares],
    );
    await assert.rejects(projection.apply([[1]]), /it has 1 columns, 3 are needed/);
  }
});

Deno.test("projectionFromJSON() refuses what principalComponents() did not write", async () => {
  const json = (await principalComponents([[0, 0], [3, 4], [6, 8]], { components: 1 })).toJSON();
  for (
    const [change, message] of [
      [
        { version: 2 },
        /Cannot read a projection: format "mixtape-projection", version 2 was given/,
      ],
      [{ means: [0] }, /cannot use components\[0\]: there are 2, 1 are needed, one per column/],
      [{ variances: [-1] }, /cannot use variances\[0\]/],
      [{ shares: [1, 0] }, /cannot use shares: there are 2, 1 are needed, one per variance/],
      [{ components: [[1, 0], [0, 1]] }, /a list of 1 directions is needed, one per variance/],
      [{ components: [[1, null]] }, /cannot use components\[0\]\[1\]/],
      [{ components: 7 }, /cannot use components: 7 was given/],
      [{ whiten: 1 }, /cannot use whiten: 1 was given, true or false is needed/],
    ] as const
  ) {
    assert.throws(() => projectionFromJSON({ ...json, ...change }), {
      name: "SyntaxError",
      message,
    });
  }
});

for (const [name, whiten, components] of [["pca", false, 4], ["whitened", true, 3]] as const) {
  Deno.test(`principalComponents() gives the ${name} of scikit-learn`, async () => {
    const expected = reference[name];
    const found = await principalComponents(matrix(reference.x), { components, whiten });
    const close = { rtol: 1e-7, atol: 1e-7 };
    assertAllClose(found.components.values, expected.components, close);
    assertAllClose(found.variances, expected.variances, close);
    assertAllClose(found.shares, expected.shares, close);
    assertAllClose(found.x.values, expected.x, close);
    const rows = await found.apply(matrix(reference.new));
    assertAllClose(rows.values, expected.new, close);
    assertAllClose((await found.restore(rows)).values, expected.restored, {
      rtol: 1e-8,
      atol: 1e-7,
    });
  });
}

Deno.test("principalComponents() keeps all of the data in all components, whatever their signs", async () => {
  const source = random(testSeed());
  const values = Float64Array.from({ length: 40 * 6 }, () => source.normal());
  const { x, components, restore } = await principalComponents({ values, shape: [40, 6] });
  assertAllClose((await restore(x)).values, values, { rtol: 1e-10, atol: 1e-12 });
  for (let c = 0; c < 6; c++) {
    const row = components.values.subarray(6 * c, 6 * c + 6);
    assert.ok(Math.max(...row) >= Math.max(...row.map(Math.abs)) * (1 - 1e-9));
  }
  const negative = await principalComponents({ values: values.map((v) => -v), shape: [40, 6] });
  assertAllClose(negative.components.values, components.values, { rtol: 1e-8, atol: 1e-9 });
});

Deno.test("principalComponents() gives the same of fewer rows than columns as of their covariance", async () => {
  const source = random(testSeed());
  const [n, d] = [7, 12];
  const values = Float64Array.from({ length: n * d }, (_, i) => source.normal() * (1 + i % d));
  const x = { values, shape: [n, d] as const };
  const { x: coordinates, components, variances, restore } = await principalComponents(x);
  assertAllClose((await restore(coordinates)).values, values, { rtol: 1e-10, atol: 1e-12 });
  // Rows given twice are as many rows, with the same directions and 12/13 of the variances.
  const twice = { values: Float64Array.of(...values, ...values), shape: [2 * n, d] as const };
  const known = await principalComponents(twice, { components: n });
  const times = 2 * (n - 1) / (2 * n - 1);
  assertAllClose(variances.map((v) => v * times), known.variances, { rtol: 1e-10, atol: 1e-10 });
  const leading = (of: typeof known) => of.components.values.slice(0, (n - 1) * d);
  assertAllClose(leading({ ...known, components }), leading(known), { rtol: 1e-7, atol: 1e-8 });
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      let product = 0;
      for (let j = 0; j < d; j++) {
        product += components.values[a * d + j] * components.values[b * d + j];
      }
      assert.ok(Math.abs(product - Number(a === b)) < 1e-10);
    }
  }
});

Deno.test("principalComponents() points each direction to where its largest entry is positive, the first of equals", async () => {
  const along = async (direction: number[]) => {
    const rows = [-1, 0, 1].map((at) => direction.map((value) => 10 + at * value));
    const { components } = await principalComponents(rows, { components: 1 });
    const length = Math.hypot(...direction);
    return Array.from(components.values, (value) => Math.round(value * length));
  };
  for (const wanted of [[1, 5, 2], [-2, 5, 1], [5, -1, 2], [-1, -2, 5], [3, -3, 1], [1, 3, -3]]) {
    assert.deepEqual(await along(wanted), wanted);
    assert.deepEqual(await along(wanted.map((value) => -value)), wanted);
  }
});

Deno.test("principalComponents() takes data without variance, and stops when it is told", async () => {
  const { shares, x } = await principalComponents([[1, 2], [1, 2]], { whiten: true });
  assert.deepEqual([...shares, ...x.values], [0, 0, 0, 0, 0, 0]);
  for (const x of [[[1, 2], [3, 4]], [[1, 2, 3], [3, 4, 0]], [[1, 2], [3, 4], [0, 5]]]) {
    await assert.rejects(principalComponents(x, { components: 3 }), RangeError);
    assert.equal((await principalComponents(x, { components: 2 })).variances.length, 2);
  }
  await assert.rejects(principalComponents([[1, 2]]), RangeError);
  await assert.rejects(
    principalComponents([[1, 2], [3, 4]], { signal: AbortSignal.abort() }),
    { name: "AbortError" },
  );
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
