import { principalComponents } from "@mixtape/datasets/preparation";
import { outlierDetector } from "@mixtape/ood";
import { type HostMatrix, random, takeRows, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { chargeColumns, intoSpace, MOST_COLUMNS, outlierSpace } from "./outlier_space.ts";
import { explainRows } from "./table_density.ts";

await useBackend("cpu");

function cloud(n: number, d: number, seed: number): HostMatrix {
  const source = random(seed);
  const values = Float64Array.from({ length: n * d }, (_, at) => source.normal() * (1 + at % d));
  return { values, shape: [n, d] };
}

const signal = new AbortController().signal;

Deno.test("outlierSpace() leaves few columns as they are, and takes half of the rows for components of many", async () => {
  const few = await outlierSpace(cloud(30, MOST_COLUMNS, 1), { seed: 2, signal });
  assert.deepEqual([few.projection, few.rows.length], [null, 30]);
  const x = cloud(61, MOST_COLUMNS + 1, 1);
  const { projection, rows } = await outlierSpace(x, { seed: 2, signal });
  assert.equal(rows.length, 31);
  const half = Uint32Array.from({ length: 61 }, (_, row) => row).filter((row) =>
    !rows.includes(row)
  );
  // 30 rows allow for 3 components.
  const own = await principalComponents(takeRows(x, half), { components: 3 });
  assertAllClose(projection!.variances, own.variances, { rtol: 1e-9 });
  assert.equal(await intoSpace(x, null), x);
});

Deno.test("intoSpace() keeps the distance from the components, as a logarithm", async () => {
  const x = cloud(20, 5, 3);
  const projection = await principalComponents(x, { components: 2 });
  const { values, shape } = await intoSpace(x, projection);
  assert.deepEqual(shape, [20, 3]);
  const near = await projection.restore(await projection.apply(x));
  for (let i = 0; i < 20; i++) {
    const square = [0, 1, 2, 3, 4].reduce(
      (sum, j) => sum + (x.values[5 * i + j] - near.values[5 * i + j]) ** 2,
      0,
    );
    assertAllClose(
      values.subarray(3 * i, 3 * i + 3),
      [projection.x.values[2 * i], projection.x.values[2 * i + 1], Math.log(square) / 2],
      { rtol: 1e-6 },
    );
  }
  // On the components, the distance is that of rounding at the least.
  const inside = await intoSpace(near, projection);
  const total = projection.variances[0] / projection.shares[0];
  const floor = new Float64Array(20).fill(Math.log(1e-10 * total) / 2);
  assertAllClose(inside.values.filter((_, at) => at % 3 === 2), floor, { rtol: 1e-6 });
  const same = { values: new Float64Array(12).fill(4), shape: [6, 2] } as const;
  const flat = await intoSpace(same, await principalComponents(same, { components: 1 }));
  assertAllClose(flat.values.filter((_, at) => at % 2 === 1), Array(6).fill(Math.log(1e-10) / 2));
});

Deno.test("chargeColumns() is half of the slope of the score along a column, times its distance from the mean", async () => {
  const x = cloud(60, 5, 4);
  const projection = await principalComponents(x, { components: 2 });
  const space = await intoSpace(x, projection);
  const model = await outlierDetector(space, { components: [1], regularizations: [0.01] });
  const rows = takeRows(x, Uint32Array.of(7, 31));
  const inSpace = await intoSpace(rows, projection);
  const charges = chargeColumns(await model.contributions(inSpace), inSpace, rows, projection);
  const scoreWith = async (at: number, shift: number) => {
    const values = Float64Array.from(rows.values);
    values[at] += shift;
    const scores = await model.score(await intoSpace({ values, shape: rows.shape }, projection));
    return -scores[Math.floor(at / 5)];
  };
  for (let at = 0; at < 10; at++) {
    const slope = (await scoreWith(at, 1e-3) - await scoreWith(at, -1e-3)) / 2e-3;
    const wanted = slope / 2 * (rows.values[at] - projection.means[at % 5]);
    assertAllClose([charges[at]], [wanted], { rtol: 1e-2, atol: 1e-3 });
  }
});

Deno.test("explainRows() takes the share in the distance from the means where columns go together", async () => {
  const source = random(9);
  const rows = Array.from({ length: 80 }, () => {
    const size = source.normal();
    return [size + 5, size + 0.3 * source.normal()];
  });
  const model = await outlierDetector(rows, { components: [1], regularizations: [0.01] });
  const values = Float64Array.of(9, 4, 6, -1);
  const means = Float64Array.of(5, 0);
  const costs = await explainRows({ values, shape: [2, 2] }, { model, projection: null, means });
  const alone = await model.contributions({ values, shape: [2, 2] });
  assert.deepEqual(costs.expected, alone.expected.values);
  const shares: number[] = [];
  for (let at = 0; at < 4; at++) {
    const scoreWith = async (shift: number) => {
      const moved = values.map((value, i) => i === at ? value + shift : value);
      return -(await model.score({ values: moved, shape: [2, 2] }))[at >> 1];
    };
    const slope = (await scoreWith(1e-3) - await scoreWith(-1e-3)) / 2e-3;
    shares.push(slope * (values[at] - means[at % 2]) / 2);
  }
  // The first row is far out along both columns, the second has them against each other.
  assert(shares[0] > alone.nats.values[0] && shares[3] < alone.nats.values[3]);
  const wanted = shares.map((share, at) => Math.max(share, alone.nats.values[at]));
  assertAllClose(costs.nats, wanted, { rtol: 1e-3, atol: 1e-3 });
});
