import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { matrix, reference } from "../testing/preparation_reference.ts";
import { principalComponents } from "./principal_components.ts";
import { projectionFromJSON } from "./projection.ts";

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

Deno.test("principalComponents() gives the same of whole numbers as of fractions of them, however far from 0", async () => {
  const source = random(testSeed());
  const [n, d] = [200, 6];
  // The last but one column does not vary, the last is the sum of two.
  const whole = Float64Array.from(
    { length: n * d },
    (_, at) => at % d === 4 ? 7 : source.integer(256),
  );
  for (let i = 0; i < n; i++) whole[i * d + 5] = whole[i * d] - whole[i * d + 1];
  const of = (map: (value: number) => number) =>
    principalComponents({ values: whole.map(map), shape: [n, d] }, { components: 4 });
  const known = await of((value) => value / 3);
  for (const far of [0, 1e6]) {
    const { components, variances, shares, x } = await of((value) => value + far);
    assertAllClose(components.values, known.components.values, { atol: 1e-10 });
    assertAllClose(variances.map((value) => value / 9), known.variances, { rtol: 1e-11 });
    assertAllClose(shares, known.shares, { rtol: 1e-11 });
    assertAllClose(x.values, known.x.values.map((value) => value * 3), { atol: 1e-7 });
  }
  const constant = await principalComponents(Array.from({ length: 9 }, () => [3, 250]));
  assert.deepEqual([...constant.variances], [0, 0]);
});

Deno.test("principalComponents() gives orthogonal directions of few rows, also where they have no variance", async () => {
  const source = random(testSeed());
  const [n, d] = [90, 200];
  // Deviations down to a millionth of the largest; the last rows repeat others.
  const values = Float64Array.from(
    { length: n * d },
    (_, at) => source.normal() * 10 ** (-6 * at / (n * d)),
  );
  values.copyWithin(80 * d, 40 * d, 50 * d);
  const x = { values, shape: [n, d] as const };
  const { components: { values: u }, x: coordinates, restore } = await principalComponents(x);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      let along = 0;
      for (let j = 0; j < d; j++) along += u[a * d + j] * u[b * d + j];
      assert.ok(Math.abs(along - Number(a === b)) < 1e-13, `${a}, ${b}: ${along}`);
    }
  }
  assertAllClose((await restore(coordinates)).values, values, { atol: 1e-9 });
});

Deno.test("principalComponents() gives numbers of all kinds the same bits, many as few at a time", async () => {
  const source = random(testSeed());
  const [n, d] = [9000, 130];
  const bytes = Uint8Array.from({ length: n * d }, (_, at) => source.integer(1 + at % d));
  const results = await Promise.all([Uint8Array, Float32Array, Float64Array].map(async (kind) => {
    const x = { values: kind.from(bytes), shape: [n, d] } as const;
    const pending = principalComponents(x, { components: 20 });
    x.values.fill(3);
    const found = await pending;
    const rows = bytes.subarray(0, 70 * d);
    const few = await found.apply({ values: kind.from(rows), shape: [70, d] });
    assert.deepEqual(few.values, found.x.values.subarray(0, 70 * 20));
    return { ...found, toJSON: undefined, apply: undefined, restore: undefined };
  }));
  for (const other of results) assert.deepEqual(other, results[0]);
});

Deno.test("principalComponents() finds the directions of the columns that vary, and axes of the others last", async () => {
  const source = random(testSeed());
  const [n, varying, d] = [50, [1, 2, 5, 7], 8];
  for (const draw of [() => source.integer(300), () => source.normal()]) {
    const few = Float64Array.from({ length: n * varying.length }, draw);
    const values = new Float64Array(n * d).fill(0.1);
    for (let i = 0; i < n; i++) {
      varying.forEach((column, j) => values[i * d + column] = few[i * varying.length + j]);
    }
    const alone = await principalComponents({ values: few, shape: [n, varying.length] });
    const { components, variances, x } = await principalComponents({ values, shape: [n, d] });
    const expected = new Float64Array(d * d);
    for (let c = 0; c < 4; c++) {
      varying.forEach((column, j) => expected[c * d + column] = alone.components.values[4 * c + j]);
    }
    [0, 3, 4, 6].forEach((column, c) => expected[(4 + c) * d + column] = 1);
    assertAllClose(components.values, expected, { atol: 1e-12 });
    assertAllClose(variances, [...alone.variances, 0, 0, 0, 0], { rtol: 1e-12 });
    for (let c = 4; c < d; c++) {
      assert.deepEqual(x.values.filter((_, at) => at % d === c).some(Boolean), false);
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

for (const [n, d] of [[40, 6], [6, 40]] as const) {
  Deno.test(`principalComponents() of ${n} × ${d} does not depend on the unit of the data`, async () => {
    const source = random(testSeed());
    const values = Float64Array.from({ length: n * d }, (_, i) => source.normal() * (1 + i % d));
    const inUnit = (exponent: number) =>
      principalComponents({
        values: values.map((value) => value * 2 ** exponent),
        shape: [n, d],
      }, { components: 4 });
    const expected = await inUnit(0);
    for (const exponent of [-900, -500, -20, 200, 480]) {
      const found = await inUnit(exponent);
      assert.deepEqual(found.components, expected.components);
      assert.deepEqual(found.shares, expected.shares);
      assert.deepEqual(
        found.variances,
        expected.variances.map((v) => v * 2 ** exponent * 2 ** exponent),
      );
      assert.deepEqual(found.x.values, expected.x.values.map((v) => v * 2 ** exponent));
    }
  });
}

Deno.test("principalComponents() refuses variances that float64 does not hold, where they are needed", async () => {
  const rows = [[0, 1], [1, 3], [4, 0]];
  const times = (factor: number) => rows.map((row) => row.map((value) => value * factor));
  const large = /variance of x exceeds 1\.8e308, the largest float64, divide x by/;
  await assert.rejects(principalComponents(times(1e200)), { name: "RangeError", message: large });
  await assert.rejects(principalComponents([[1.7e308, 0], [1.7e308, 1], [-1.7e308, 2]]), {
    name: "RangeError",
    message: large,
  });
  const small = /Cannot whiten x: its largest variance is 0, at least 1e-289 is needed/;
  await assert.rejects(principalComponents(times(1e-200), { whiten: true }), {
    name: "RangeError",
    message: small,
  });
  const { variances, shares } = await principalComponents(times(1e-200));
  assert.deepEqual([...variances], [0, 0]);
  assert.ok(shares[0] > shares[1] && shares[1] > 0);
});

Deno.test("principalComponents() of fewer rows than columns takes all columns, more than are multiplied at a time", async () => {
  const [n, d] = [1200, 1250];
  // Few numbers are drawn, as drawing takes longer than the rest.
  const source = random(testSeed());
  const drawn = Float64Array.from({ length: 9973 }, () => source.normal());
  const values = Float64Array.from({ length: n * d }, (_, at) => drawn[at * 31 % 9973]);
  // Each direction is that of one column, the first, one in the midst and the last.
  const columns = [0, 700, d - 1];
  columns.forEach((column, c) => {
    for (let i = 0; i < n; i++) values[i * d + column] *= 100 * (3 - c);
  });
  const { components } = await principalComponents({ values, shape: [n, d] }, { components: 3 });
  columns.forEach((column, c) => assert.ok(components.values[c * d + column] > 0.9));
});
