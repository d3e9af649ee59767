import assert from "node:assert/strict";
import { checkedSettings, layersOf, mlpSettings } from "./mlp_settings.ts";
import type { MlpSettings } from "./mod.ts";
import { referenceLayers } from "./reference_layers.ts";

const settings: MlpSettings = {
  inputs: 3,
  hidden: [{ units: 4, activation: "relu" }],
  classes: 5,
  epochs: 6,
  batchSize: 7,
  learningRate: 8,
  learningRateSchedule: "linear",
  weightDecay: 9,
  labelSmoothing: 0.1,
  inputScale: -11,
  seed: -12,
};

Deno.test("checkedSettings() takes settings up to their bounds, and nothing beyond", () => {
  assert.deepEqual(checkedSettings(settings), settings);
  const units = (units: number) => ({ hidden: [{ units, activation: "silu" }] });
  const bounds: [good: object, bad: object][] = [
    [{ inputs: 1 }, { inputs: 0 }],
    [{ classes: 2 }, { classes: 1 }],
    [{ classes: 65536 }, { classes: 65537 }],
    [units(1), units(0)],
    [units(65536), units(65537)],
    [{ epochs: 0 }, { epochs: -1 }],
    [{ batchSize: 1 }, { batchSize: 0 }],
    [{ learningRate: 5e-324 }, { learningRate: 0 }],
    [{ weightDecay: 0 }, { weightDecay: -5e-324 }],
    [{ labelSmoothing: 0 }, { labelSmoothing: -5e-324 }],
    [{ labelSmoothing: 0.999 }, { labelSmoothing: 0.9990000000000001 }],
    [{ inputScale: 1.7e308 }, { inputScale: Infinity }],
    [{ learningRateSchedule: "constant" }, { learningRateSchedule: "cosine" }],
  ];
  for (const [good, bad] of bounds) {
    assert.deepEqual(checkedSettings({ ...settings, ...good }), { ...settings, ...good });
    assert.throws(
      () => checkedSettings({ ...settings, ...bad }),
      RangeError,
      JSON.stringify(bad),
    );
  }
  const constant = checkedSettings({ ...settings, learningRateSchedule: undefined });
  assert.equal(constant.learningRateSchedule, "constant");
  assert.ok(Object.isFrozen(constant) && Object.isFrozen(constant.hidden[0]));
});

Deno.test("mlpSettings() scales bytes by the largest, and nothing else, unless it is told", async () => {
  const scale = async (values: Uint8Array | Float32Array, inputScale?: number) =>
    (await mlpSettings({ values, shape: [1, 2] }, 3, { inputScale })).inputScale;
  assert.equal(await scale(Uint8Array.of(3, 16)), 1 / 16);
  assert.equal(await scale(Uint8Array.of(1, 0)), 1);
  assert.equal(await scale(Uint8Array.of(0, 0)), 1);
  assert.equal(await scale(Float32Array.of(0, 16)), 1);
  assert.equal(await scale(Uint8Array.of(3, 16), 2), 2);
  const { inputs, classes, hidden } = await mlpSettings(
    { values: new Float32Array(2), shape: [1, 2] },
    3,
    {},
  );
  assert.deepEqual([inputs, classes, hidden], [2, 3, referenceLayers]);
  assert.deepEqual(layersOf(settings), [
    { units: 4, activation: "relu" },
    { units: 5, activation: "linear" },
  ]);
});
