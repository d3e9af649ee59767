import { projectionFromJSON } from "@mixtape/datasets/preparation";
import { type HostMatrix, random } from "@mixtape/tensor-utils";
import assert from "node:assert/strict";
import { workingSpace } from "./working_space.ts";

function noise(n: number, d: number): HostMatrix & { readonly values: Float64Array } {
  const source = random(1);
  return { values: Float64Array.from({ length: n * d }, () => source.normal()), shape: [n, d] };
}

Deno.test("workingSpace() is that of the columns if they are few and none follows from the others", async () => {
  const x = noise(40, 4);
  const space = await workingSpace(x, { seed: 0 });
  assert.equal(space.x, x);
  assert.equal(space.projection, null);
  assert.equal(space.plane.components.shape[0], 2);
});

Deno.test("workingSpace() has at most 32 dimensions and a tenth of the rows", async () => {
  for (const [n, d, k] of [[39, 4, 3], [9, 3, 1], [2, 5, 1], [400, 33, 32], [60, 500, 6]]) {
    const { x, projection } = await workingSpace(noise(n, d), { seed: 0 });
    assert.deepEqual([x.shape, projection!.components.shape], [[n, k], [k, d]]);
  }
});

Deno.test("workingSpace() leaves out what constant and copied columns add, and takes new rows alike", async () => {
  const { values, shape } = noise(60, 4);
  for (let i = 0; i < values.length; i += 4) [values[i + 1], values[i + 2]] = [7, -values[i]];
  const { x, projection } = await workingSpace({ values, shape }, { seed: 0 });
  assert.deepEqual(projection!.components.shape, [2, 4]);
  const again = projectionFromJSON(JSON.parse(JSON.stringify(projection)));
  assert.deepEqual(await again.apply({ values, shape }), x);
  const same = await workingSpace({ values: new Float64Array(60).fill(3), shape: [30, 2] }, {
    seed: 0,
  });
  assert.deepEqual([...same.x.values], new Array(30).fill(0));
});

Deno.test("workingSpace() learns from rows drawn by the seed where a row has many columns", async () => {
  const x = noise(450, 401);
  const spaces = await Promise.all([5, 6].map((seed) => workingSpace(x, { seed })));
  assert.deepEqual(spaces.map((space) => space.x.shape), [[450, 32], [450, 32]]);
  assert.notDeepEqual(spaces[0].x, spaces[1].x);
});
