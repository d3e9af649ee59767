import assert from "node:assert/strict";
import fc from "fast-check";
import { type HostMatrix, random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { softmax, temperatureScaling } from "./mod.ts";

/** Labels drawn from softmax(z), so that z itself is calibrated. */
function calibrated(seed: number, n: number, classes: number) {
  const source = random(seed);
  const values = Float64Array.from({ length: n * classes }, () => 2 * source.normal());
  const labels = Int32Array.from({ length: n }, (_, i) => {
    const row = values.subarray(i * classes, (i + 1) * classes);
    const weights = row.map(Math.exp);
    let left = source.next() * weights.reduce((a, b) => a + b);
    return Math.max(0, weights.findIndex((w) => (left -= w) <= 0));
  });
  return { values, labels };
}

Deno.test("temperatureScaling() undoes a scaling of calibrated logits", async () => {
  const { values, labels } = calibrated(1, 5000, 4);
  const fit = (scale: number) =>
    temperatureScaling({ values: values.map((z) => z * scale), shape: [5000, 4] }, labels);
  const { temperature, crossEntropyBefore, crossEntropyAfter, atLimit } = await fit(1);
  assertAllClose([temperature], [1], { rtol: 0.05 });
  assert.ok(crossEntropyAfter <= crossEntropyBefore && !atLimit);
  for (const scale of [0.1, 3, 20]) {
    assertAllClose([(await fit(scale)).temperature], [temperature * scale], { rtol: 1e-9 });
  }
});

Deno.test("temperatureScaling() is not improved on by any other temperature", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(99),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      async (seed, other) => {
        const { values, labels } = calibrated(seed, 60, 3);
        const logits: HostMatrix = { values: values.map((z) => 2 * z), shape: [60, 3] };
        const best = await temperatureScaling(logits, labels);
        const p = await softmax(logits, { temperature: other });
        const loss = labels.reduce((sum, y, i) => sum - Math.log(p.values[3 * i + y]), 0) / 60;
        assert.ok(best.crossEntropyAfter <= loss + 1e-6);
      },
    ),
    { seed: 0 },
  );
});

Deno.test("temperatureScaling() stops at its limits when the best temperature lies beyond", async () => {
  const logits: HostMatrix = { values: Float32Array.of(1, 0, 0, 1), shape: [2, 2] };
  const right = await temperatureScaling(logits, [0, 1]);
  assert.deepEqual([right.temperature, right.atLimit], [0.01, true]);
  const wrong = await temperatureScaling(logits, [1, 0]);
  assert.deepEqual([wrong.temperature, wrong.atLimit], [100, true]);
});

Deno.test("temperatureScaling() stands logits of any size", async () => {
  const values = Float32Array.of(1e4, 0, 1e4, 0, 1e4, 0, 1e4, 0);
  const { temperature, atLimit } = await temperatureScaling({ values, shape: [4, 2] }, [
    0,
    0,
    0,
    1,
  ]);
  assert.deepEqual([temperature, atLimit], [100, true]);
});

Deno.test("temperatureScaling() refuses logits and labels that do not fit", async () => {
  const logits: HostMatrix = { values: Float32Array.of(1, 0), shape: [1, 2] };
  await assert.rejects(temperatureScaling(logits, [2]), /row 0 has 2/);
  await assert.rejects(temperatureScaling(logits, []), RangeError);
  const infinite: HostMatrix = { values: Float32Array.of(Infinity, 0), shape: [1, 2] };
  await assert.rejects(temperatureScaling(infinite, [0]), RangeError);
});

Deno.test("temperatureScaling() holds for logits as far apart as float64 allows, or refuses them", async () => {
  const far = { values: Float64Array.of(1e308, -1e308, -1e308, 1e308), shape: [2, 2] } as const;
  const right = await temperatureScaling(far, [0, 1]);
  assert.deepEqual([right.crossEntropyBefore, right.crossEntropyAfter], [0, 0]);
  await assert.rejects(temperatureScaling(far, [0, 0]), { message: /logits are too far apart/ });
});

Deno.test("temperatureScaling() tells the cross-entropy before and after, and leaves no slope", async () => {
  for (const seed of [0, 1, 2].map((i) => testSeed() + i)) {
    const { values, labels } = calibrated(seed, 150, 4);
    const z = values.map((value) => 3 * value - 0.5);
    const loss = (temperature: number) => {
      const losses = Array.from(labels, (label, i) => {
        const row = [...z.subarray(4 * i, 4 * i + 4)].map((value) => value / temperature);
        return Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0)) - row[label];
      });
      return losses.reduce((a, b) => a + b) / 150;
    };
    const found = await temperatureScaling({ values: z, shape: [150, 4] }, labels);
    const { temperature, crossEntropyBefore, crossEntropyAfter, atLimit } = found;
    assertAllClose([crossEntropyBefore, crossEntropyAfter], [loss(1), loss(temperature)], {
      rtol: 1e-12,
    });
    const slope = (loss(temperature * 1.0001) - loss(temperature / 1.0001)) / 2e-4;
    assert.ok(!atLimit && Math.abs(slope) < 1e-7, `temperature ${temperature}, slope ${slope}`);
  }
});
