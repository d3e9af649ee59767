import assert from "node:assert/strict";
import { SimdRuntime } from "../../runtime.ts";
import { guardMemory } from "../../testing/guard_memory.ts";
import { now, withoutTurns } from "../../testing/now.ts";
import { FusedTraining } from "./training.ts";

withoutTurns();

guardMemory();

const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });

/**
 * Trains a weight of 0 that has a gradient in the first step alone, all steps but the last of length 0;
 * returns the weight.
 */
function weightAfter(steps: number): number {
  using training = new FusedTraining(runtime, {
    x: { values: Float32Array.of(1, 1, 0, 1), shape: [2, 2] },
    labels: Int32Array.of(0, 1),
    layers: [{ units: 2, activation: "linear" }],
    weights: [new Float32Array(4), new Float32Array(2)],
    options: {
      ...{ learningRate: 0, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 },
      ...{ weightDecay: 0, labelSmoothing: 0, inputScale: 1 },
    },
  });
  now(training.trainBatch(Uint32Array.of(0)));
  for (let step = 1; step < steps; step++) now(training.trainBatch(Uint32Array.of(1)));
  now(training.trainBatch(Uint32Array.of(1), 1));
  return now(training.weights())[0][0];
}

Deno.test("FusedTraining takes means of gradients below the normal numbers as 0", () => {
  // The mean is 2⁻² after the first step, and halves in each later one.
  const [least, below] = [124, 125].map(weightAfter);
  assert.ok(least > 0, `${least}`);
  assert.equal(below, 0);
});

Deno.test("FusedTraining returns the weights that it was given, of wide layers, too", () => {
  const layers = [260, 252, 10].map((units) => ({ units, activation: "relu" as const }));
  const weights = layers.flatMap(({ units }, i) =>
    [units * (i ? layers[i - 1].units : 3), units].map((length) =>
      Float32Array.from({ length }, (_, j) => Math.sin(j + i))
    )
  );
  using training = new FusedTraining(runtime, {
    x: { values: Float32Array.of(1, 2, 3), shape: [1, 3] },
    labels: Int32Array.of(0),
    ...{ layers, weights },
    options: {
      ...{ learningRate: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      ...{ weightDecay: 0, labelSmoothing: 0, inputScale: 1 },
    },
  });
  assert.deepEqual(now(training.weights()), weights);
});
