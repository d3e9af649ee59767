import assert from "node:assert/strict";
import { compactLabels, type HostMatrix, random } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { classMeanStart, randomStart } from "./start_centroids.ts";

const x: HostMatrix = { values: new Float32Array([0, 1, 2, 3]), shape: [4, 1] };

Deno.test("randomStart() draws different rows, all equally often", async () => {
  const drawn = new Uint32Array(4);
  for (let seed = 0; seed < 2000; seed++) {
    const rows = await randomStart(x, 2, random(seed));
    assert.notEqual(rows[0], rows[1]);
    rows.forEach((row) => drawn[row]++);
  }
  drawn.forEach((count) => assert.ok(Math.abs(count - 1000) < 120, `${drawn}`));
});

Deno.test("randomStart() draws rows in proportion to their weights", async () => {
  const first = new Uint32Array(4);
  for (let seed = 0; seed < 2000; seed++) {
    const [row] = await randomStart(x, 1, random(seed), {
      sampleWeight: Float64Array.of(1, 0, 2, 5),
    });
    first[row]++;
  }
  [250, 0, 500, 1250].forEach((expected, row) => {
    assert.ok(Math.abs(first[row] - expected) <= expected / 5, `${first}`);
  });
});

Deno.test("classMeanStart() weighs the rows of each class", async () => {
  const labels = compactLabels(["b", "a", "b", "a"]);
  assert.deepEqual([...await classMeanStart(x, 2, labels)], [2, 1]);
  assert.deepEqual([
    ...await classMeanStart(x, 2, labels, { sampleWeight: Float64Array.of(3, 1, 1, 0) }),
  ], [1, 0.5]);
  const plane: HostMatrix = { values: new Float32Array([0, 1, 2, 3, 4, 5, 6, 9]), shape: [4, 2] };
  assert.deepEqual([...await classMeanStart(plane, 2, labels)], [4, 6, 2, 3]);
});

Deno.test("randomStart() draws the rows of positive weight whose times are the earliest, in their order", async () => {
  const [n, seed] = [300, testSeed()];
  const x = { values: Float64Array.from({ length: n }, (_, row) => row), shape: [n, 1] } as const;
  const source = random(seed);
  const sampleWeight = Float64Array.from({ length: n }, (_, row) => row % 3 * (1 + row % 7));
  const times = Array.from(sampleWeight, (weight) => -Math.log(1 - source.next()) / weight);
  const rows = Array.from(times.keys()).filter((row) => sampleWeight[row] > 0);
  const expected = rows.sort((a, b) => times[a] - times[b]);
  for (const count of [1, 50, rows.length]) {
    const drawn = await randomStart(x, count, random(seed), { sampleWeight });
    assert.deepEqual([...drawn], expected.slice(0, count));
  }
});

Deno.test("randomStart() draws no row without weight, however little others weigh", async () => {
  const sampleWeight = Float64Array.of(0, 1, 0, Number.MIN_VALUE);
  for (let seed = 0; seed < 20; seed++) {
    const drawn = await randomStart(x, 2, random(seed), { sampleWeight });
    assert.deepEqual([...drawn], [1, 3]);
  }
});

Deno.test("classMeanStart() refuses a class without rows of positive weight, by its name", async () => {
  const labels = compactLabels(["b", "a", "b", "a"]);
  await assert.rejects(
    classMeanStart(x, 2, labels, { sampleWeight: Float64Array.of(1, 0, 1, 0) }),
    {
      name: "RangeError",
      message: /^Cannot start from class means: class a has no rows of positive weight, each class/,
    },
  );
});
