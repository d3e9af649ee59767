import assert from "node:assert/strict";
import fc from "fast-check";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { mlpClassifier } from "./mod.ts";

const column = (...values: number[]): HostMatrix => ({
  values: Float64Array.from(values),
  shape: [values.length, 1],
});

for (const backend of ["cpu", "simd"] as const) {
  Deno.test(`MlpModel refuses inputs that float32 or its network cannot hold, on ${backend}`, async () => {
    await useBackend(backend);
    using model = await mlpClassifier(column(0, 1), [0, 1], { epochs: 1 });
    const message = /^Cannot use x: the value in row 1, column 0 is -?[13]\S*e\+\d+, .* divide/;
    for (const value of [1e39, -1e39, 1e38, 3e38, 1.7e308]) {
      const far = column(0.5, value);
      for (
        const use of [
          () => model.predict(far),
          () => model.probabilities(far),
          () => model.logits(far),
          () => model.activations(far, 0),
          () => model.evidence(far),
          () => model.accuracy(far, [0, 1]),
          () => model.confusionMatrix(far, [0, 1]),
        ]
      ) await assert.rejects(use(), { name: "RangeError", message });
    }
    const single: HostMatrix = { values: Float32Array.of(0.5, 3e38), shape: [2, 1] };
    await assert.rejects(model.predict(single), { name: "RangeError", message });
    const scaled = await mlpClassifier(column(0, 1e30), [0, 1], { epochs: 1, inputScale: 1e-30 });
    await assert.rejects(scaled.predict(column(1, 1e39)), { message });
    assert.ok((await scaled.probabilities(column(1, 1e38))).values.every(Number.isFinite));
  });

  Deno.test(`MlpModel property: what it answers is finite, on ${backend}`, async () => {
    await useBackend(backend);
    const hidden = [{ units: 4, activation: "silu" }, { units: 3, activation: "relu" }] as const;
    using model = await mlpClassifier(column(0, 1, 2, 3), [0, 1, 0, 1], { epochs: 3, hidden });
    const input = fc.double({ noNaN: true, noDefaultInfinity: true });
    await fc.assert(
      fc.asyncProperty(input, async (value) => {
        try {
          const { logits, activations } = await model.evidence(column(value));
          for (const { values } of [logits, ...activations]) {
            assert.ok(values.every(Number.isFinite));
          }
          assert.ok((await model.probabilities(column(value))).values.every(Number.isFinite));
        } catch (error) {
          assert.ok(error instanceof RangeError && Math.abs(value) > 1e30, String(error));
        }
      }),
      { seed: 1 },
    );
  });
}

Deno.test("mlpClassifier() refuses inputs that are too large to train on", async () => {
  await useBackend("cpu");
  for (const value of [1e39, 1e38, 1e25, -1e19]) {
    await assert.rejects(mlpClassifier(column(0, value), [0, 1], { epochs: 1 }), {
      name: "RangeError",
      message: /^Cannot use x: the value in row 1, .* up to 1.0e\+18 here/,
    });
  }
  const validation = { x: column(1e39), labels: [0] };
  await assert.rejects(mlpClassifier(column(0, 1), [0, 1], { epochs: 1, validation }), {
    message: /^Cannot use validation.x: the value in row 0/,
  });
  const bytes: HostMatrix = { values: Uint8Array.of(0, 1), shape: [2, 1] };
  using model = await mlpClassifier(bytes, [0, 1], { epochs: 1, inputScale: 1e17 });
  assert.equal((await model.predict(bytes)).length, 2);
  const wide = { epochs: 1, inputScale: 1e39 };
  await assert.rejects(mlpClassifier(bytes, [0, 1], wide), { message: /row 1, column 0 is 1,/ });
});
