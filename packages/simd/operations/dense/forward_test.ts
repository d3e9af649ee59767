import assert from "node:assert/strict";
import type { DenseLayerSpec, MatrixValues } from "@mixtape/operations";
import { SimdRuntime } from "../../runtime.ts";
import { guardMemory } from "../../testing/guard_memory.ts";
import { now, withoutTurns } from "../../testing/now.ts";
import { fusedForward } from "./forward.ts";

withoutTurns();

guardMemory();

const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
const wave = (i: number) => Math.sin(i * i * 0.37 + 0.9 * i);

/** The outputs of all layers for rows of `d` numbers. */
function outputs(values: MatrixValues, d: number): Float32Array[] {
  const layers: DenseLayerSpec[] = [
    { units: 7, activation: "relu" },
    { units: 13, activation: "linear" },
    { units: 3, activation: "linear" },
  ];
  const weights = layers.flatMap(({ units }, i) => {
    const inputs = i === 0 ? d : layers[i - 1].units;
    return [inputs * units, units].map((n) => Float32Array.from({ length: n }, (_, j) => wave(j)));
  });
  const x = { values, shape: [values.length / d, d] as const };
  const inputScale = values instanceof Uint8Array ? 1 / 255 : 0.7;
  return now(fusedForward(runtime, { x, layers, weights, inputScale, keep: [0, 1, 2] }));
}

Deno.test("fusedForward() gives a row the same bits among rows without zeros and among zeros", () => {
  for (
    const [kind, number] of [
      [Float32Array, (i: number) => 3 * wave(i)],
      [Uint8Array, (i: number) => 1 + i * i % 255],
    ] as const
  ) {
    for (const [n, d] of [[1, 1], [3, 4], [6, 5], [64, 7], [71, 16], [133, 18]]) {
      const dense = kind.from(Array.from({ length: n * d }, (_, i) => number(i)));
      const expected = outputs(dense, d);
      const alone = new kind(64 * d);
      for (const i of new Set([0, n >> 1, n - 1])) {
        alone.set(dense.subarray(i * d, (i + 1) * d));
        outputs(alone, d).forEach((values, layer) => {
          const units = values.length / 64;
          const row = expected[layer].subarray(i * units, (i + 1) * units);
          assert.deepEqual(values.subarray(0, units), row, `${n} × ${d}, row ${i}, layer ${layer}`);
        });
      }
    }
  }
});

Deno.test("fusedForward() leaves a block of rows of wide layers in its midst, with the bits of a row alone", () => {
  const units = 2000;
  const layers: DenseLayerSpec[] = [{ units, activation: "silu" }, { units, activation: "relu" }];
  const kernels = [50 * units, units, units * units, units];
  const weights = kernels.map((n) =>
    Float32Array.from({ length: n }, (_, j) => wave(j % 9973) / 40)
  );
  const forward = (values: Float32Array) => {
    const x = { values, shape: [values.length / 50, 50] as const };
    return now(fusedForward(runtime, { x, layers, weights, inputScale: 1, keep: [1] }))[0];
  };
  const { runInPieces } = runtime;
  let pieces = 0;
  runtime.runInPieces = function* (...job: Parameters<typeof runInPieces>) {
    const { offer } = this.turns;
    if (job[1] === "forward") {
      this.turns.offer = function () {
        pieces++;
        return offer.call(this);
      };
    }
    yield* runInPieces.apply(this, job);
    this.turns.offer = offer;
  };
  for (const isDense of [true, false]) {
    const values = Float32Array.from(
      { length: 60 * 50 },
      (_, i) => isDense || i % 3 === 0 ? wave(i) : 0,
    );
    pieces = 0;
    const together = forward(values);
    assert.ok(pieces > 3, `${pieces} pieces`);
    for (const i of [0, 59]) {
      const alone = forward(values.subarray(i * 50, (i + 1) * 50));
      assert.deepEqual(alone, together.subarray(i * units, (i + 1) * units), `row ${i}`);
    }
  }
  runtime.runInPieces = runInPieces;
});
