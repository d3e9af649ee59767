import assert from "node:assert/strict";
import { random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { minus, norm, unitRows } from "../testing/plain_algebra.ts";
import { detectorFromJSON } from "../registry.ts";
import { nearestNeighbors } from "./nearest_neighbors.ts";

const source = random(testSeed());
const draw = (n: number, d: number) => ({
  values: Float32Array.from({ length: n * d }, () => source.normal()),
  shape: [n, d] as const,
});
const evidence = (x: ReturnType<typeof draw>) => ({
  logits: x,
  activations: [x],
  labels: new Int32Array(x.shape[0]),
});
const listed = ({ values, shape: [n, d] }: ReturnType<typeof draw>) =>
  Array.from({ length: n }, (_, i) => [...values.subarray(i * d, (i + 1) * d)]);

/** Minus the distance from each query to its k-th nearest reference, by sorting. */
function plain(queries: number[][], references: number[][], k: number): number[] {
  return unitRows(queries).map((query) =>
    -references.map((row) => norm(minus(row, query))).sort((a, b) => a - b)[k - 1]
  );
}

for (const d of [64, 65]) {
  Deno.test(`knn finds the k-th neighbour among ${d} units, for more queries than a block`, async () => {
    await useBackend("cpu");
    const [references, queries] = [draw(80, d), draw(514, d)];
    using detector = await nearestNeighbors(evidence(references), { k: 7 });
    using again = detectorFromJSON(JSON.parse(JSON.stringify(detector)));
    const expected = plain(listed(queries), unitRows(listed(references)), 7);
    assertAllClose(await again.score(evidence(queries)), expected, { rtol: 1e-6 });
  });

  Deno.test(`knn searches the rows drawn with its seed and no others, among ${d} units`, async () => {
    await useBackend("cpu");
    const [all, queries] = [draw(90, d), draw(6, d)];
    const seed = testSeed() + 2;
    using detector = await nearestNeighbors(evidence(all), { k: 9, maxRows: 30, seed });
    const rows = unitRows(listed(all));
    const drawn = Array.from(random(seed).sample(90, 30), (row) => rows[row]);
    // Row 9 of 90 is row 3 of 30.
    const expected = plain(listed(queries), drawn, 3);
    assertAllClose(await detector.score(evidence(queries)), expected, { rtol: 1e-6 });
  });
}

Deno.test("knn scores rows alike wherever they stand among more than are searched for together", async () => {
  await useBackend("simd");
  using detector = await nearestNeighbors(evidence(draw(90, 64)), { k: 3 });
  const rows = draw(100, 64);
  const values = Float32Array.from({ length: 17_000 * 64 }, (_, i) => rows.values[i % 6400]);
  const scores = await detector.score(evidence({ values, shape: [17_000, 64] }));
  const once = await detector.score(evidence(rows));
  assert.deepEqual(scores, Float64Array.from(scores, (_, i) => once[i % 100]));
});
