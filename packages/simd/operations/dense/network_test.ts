import assert from "node:assert/strict";
import type { DenseLayerSpec } from "@mixtape/operations";
import { batchBlockRows, linksOf, rowBytes, sizedLayers, vectorsOf } from "./network.ts";

function folded(columns: number, layers: DenseLayerSpec[]): string[] {
  return linksOf(sizedLayers(columns, layers), true).map(({ inputs, layers, units }) =>
    `${inputs}→${units} in ${layers.length}`
  );
}

Deno.test("linksOf() folds a linear layer into the next where that is cheaper", () => {
  const reference: DenseLayerSpec[] = [
    { units: 100, activation: "relu" },
    { units: 50, activation: "linear" },
    { units: 25, activation: "silu" },
    { units: 10, activation: "linear" },
  ];
  assert.deepEqual(folded(784, reference), ["784→100 in 1", "100→25 in 2", "25→10 in 1"]);
  assert.equal(linksOf(sizedLayers(784, reference), false).length, 4);
});

Deno.test("linksOf() keeps a bottleneck, a first layer and an activation apart", () => {
  const linear = (units: number): DenseLayerSpec => ({ units, activation: "linear" });
  assert.deepEqual(folded(50, [linear(20), linear(10)]), ["50→20 in 1", "20→10 in 1"]);
  assert.deepEqual(folded(9, [linear(90), linear(3), linear(80)]), [
    "9→90 in 1",
    "90→3 in 1",
    "3→80 in 1",
  ]);
  assert.deepEqual(folded(9, [linear(9), { units: 40, activation: "relu" }, linear(9)]).length, 3);
});

Deno.test("rowBytes() pads to whole vectors", () => {
  assert.deepEqual([1, 4, 5].map(vectorsOf), [1, 1, 2]);
  assert.deepEqual([1, 4, 5].map(rowBytes), [16, 16, 32]);
});

Deno.test("batchBlockRows() divides batches more finely where the gradients of a block are small", () => {
  const rowsOf = (units: number) => {
    const hidden: DenseLayerSpec = { units, activation: "relu" };
    return batchBlockRows(linksOf(sizedLayers(784, [hidden, hidden, hidden]), true));
  };
  assert.deepEqual([100, 400].map(rowsOf), [32, 64]);
});
