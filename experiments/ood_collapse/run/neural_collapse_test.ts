import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { neuralCollapse } from "./neural_collapse.ts";

const corners = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

function around(spread: number, perClass: number) {
  const source = random(1);
  const labels = Int32Array.from({ length: 3 * perClass }, (_, i) => i % 3);
  const values = Float64Array.from(
    { length: 9 * perClass },
    (_, at) => corners[labels[Math.floor(at / 3)]][at % 3] + spread * source.normal(),
  );
  return { x: { values, shape: [3 * perClass, 3] as const }, labels };
}

Deno.test("neuralCollapse() is 0 when each class is a corner of a simplex", () => {
  const { x, labels } = around(0, 4);
  const { withinOverBetween, meanLengthVariation, angleVariation } = neuralCollapse(x, labels, 3);
  assertAllClose([withinOverBetween, meanLengthVariation, angleVariation], [0, 0, 0], {
    atol: 1e-12,
  });
});

Deno.test("neuralCollapse() grows with the square of the spread within classes", () => {
  const measure = (spread: number) => {
    const { x, labels } = around(spread, 4000);
    return neuralCollapse(x, labels, 3).withinOverBetween;
  };
  // S_B has two eigenvalues of 1/3, so trace(S_W·pinv(S_B))/3 = 2·spread².
  assertAllClose([measure(0.1), measure(0.2)], [0.02, 0.08], { rtol: 0.05 });
});

Deno.test("neuralCollapse() sees class means that are not equally long", () => {
  const values = Float64Array.of(0, 0, 4, 0, 0, 1);
  const x = { values, shape: [3, 2] as const };
  const { meanLengthVariation, angleVariation } = neuralCollapse(x, Int32Array.of(0, 1, 2), 3);
  assert.ok(meanLengthVariation > 0.2 && angleVariation > 0.2);
});

Deno.test("neuralCollapse() measures lengths and angles of class means that are centred already", () => {
  const x = { values: Float64Array.of(3, 0, 0, 1, -3, -1), shape: [3, 2] as const };
  const { withinOverBetween, ...found } = neuralCollapse(x, Int32Array.of(0, 1, 2), 3);
  assert.equal(withinOverBetween, 0);
  const variance = (list: readonly number[]) => {
    const mean = list.reduce((a, b) => a + b) / 3;
    return { mean, deviation: Math.sqrt(list.reduce((s, one) => s + (one - mean) ** 2, 0) / 3) };
  };
  const lengths = variance([3, 1, Math.sqrt(10)]);
  const angles = variance([0, -9 / (3 * Math.sqrt(10)), -1 / Math.sqrt(10)]);
  assertAllClose(
    [found.meanLengthVariation, found.angleVariation],
    [lengths.deviation / lengths.mean, angles.deviation],
    { rtol: 1e-12 },
  );
});

Deno.test("neuralCollapse() is 0 when all rows are the same", () => {
  const x = { values: new Float64Array(8).fill(2), shape: [4, 2] as const };
  assert.deepEqual(neuralCollapse(x, Int32Array.of(0, 1, 0, 1), 2), {
    withinOverBetween: 0,
    meanLengthVariation: 0,
    angleVariation: 0,
  });
});
