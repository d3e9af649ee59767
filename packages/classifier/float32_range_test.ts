import assert from "node:assert/strict";
import fc from "fast-check";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { checkTrainingRange } from "./float32_range.ts";
import { mlpClassifier, MlpModel } from "./mod.ts";

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

Deno.test("mlpClassifier() says which values it takes, in the units of the data", async () => {
  await useBackend("cpu");
  const trained = (values: HostMatrix["values"], inputScale: number) =>
    mlpClassifier({ values, shape: [values.length / 2, 2] }, new Array(values.length / 2).fill(0), {
      epochs: 1,
      hidden: [],
      inputScale,
    });
  await assert.rejects(trained(Float64Array.of(1, 2, 3, 9e17), -2), {
    name: "RangeError",
    message:
      "Cannot use x: the value in row 1, column 1 is 900000000000000000, the network computes " +
      "in float32 and takes values up to 5.0e+17 here, divide the data by its largest absolute value",
  });
  await assert.rejects(trained(Float64Array.of(-1e300, 2), 0), {
    message: /row 0, column 0 is -1e\+300, .* up to 3\.4e\+38 here/,
  });
  // Just within, and just beyond, what may be trained on.
  (await trained(Float64Array.of(1, 2, 5e17, 3), -2))[Symbol.dispose]();
  (await trained(Uint8Array.of(1, 254), 1e18 / 254.5))[Symbol.dispose]();
  await assert.rejects(trained(Uint8Array.of(1, 255), 1e18 / 254.5), /row 0, column 1 is 255,/);
});

Deno.test("MlpModel takes inputs up to what no sum of its network exceeds, and no further", async () => {
  await useBackend("cpu");
  const settings = {
    inputs: 2,
    hidden: [{ units: 2, activation: "relu" as const }],
    classes: 2,
    epochs: 0,
    batchSize: 1,
    learningRate: 1,
    learningRateSchedule: "constant" as const,
    weightDecay: 0,
    labelSmoothing: 0,
    inputScale: -0.5,
    seed: 0,
  };
  // Columns of absolute weights: at most 8 in the hidden layer, and 4 after it.
  using model = new MlpModel(settings, [
    Float32Array.of(1, -2, -3, 6),
    Float32Array.of(0, 2 ** 120),
    Float32Array.of(3, 0.5, -1, 1),
    Float32Array.of(2 ** 121, -1),
  ]);
  // |x|/2 · 8 · 4 + 2^120 · 4 + 2^121 ≤ 2^127.
  const limit = (2 ** 127 - 2 ** 122 - 2 ** 121) / 16;
  for (const value of [limit, -limit]) {
    const { values } = await model.logits({
      values: Float64Array.of(value, -value),
      shape: [1, 2],
    });
    assert.ok(values.every(Number.isFinite));
    const beyond = { values: Float64Array.of(0, value * 1.000001), shape: [1, 2] as const };
    await assert.rejects(model.logits(beyond), {
      message: /row 0, column 1 is .* takes values up to 1\.0e\+37 here/,
    });
  }
});

Deno.test("checkTrainingRange() names the first value that is too large among many, and ends when aborted", async () => {
  const x: HostMatrix = { values: new Float32Array(5_000_000), shape: [2_500_000, 2] };
  await checkTrainingRange(x, 1);
  x.values[4_999_999] = 1e19;
  x.values[4_000_001] = -1e20;
  const message = /^Cannot use x: the value in row 2000000, column 1 is -1/;
  await assert.rejects(checkTrainingRange(x, 1), { name: "RangeError", message });
  await checkTrainingRange(x, 1e-3);
  await assert.rejects(checkTrainingRange(x, 1, AbortSignal.abort()), { name: "AbortError" });
});
