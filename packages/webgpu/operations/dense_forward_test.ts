import assert from "node:assert/strict";
import type { DenseForwardAttributes, DenseLayerSpec, HostMatrix } from "@mixtape/operations";
import { plainForward, source } from "@mixtape/tensor-utils/testing";
import { Gpu } from "../gpu.ts";
import { hasAdapter, startWebGpu } from "../testing/adapter.ts";
import { countTraffic } from "../testing/count_traffic.ts";
import { runDense } from "./dense.ts";
import { Scoring } from "./dense/scoring.ts";

const ignore = !hasAdapter;

const layers: readonly DenseLayerSpec[] = [
  { units: 37, activation: "relu" },
  { units: 18, activation: "silu" },
  { units: 5, activation: "linear" },
];

function network(columns: number, layers: readonly DenseLayerSpec[], seed: number) {
  const next = source(seed);
  return layers.flatMap(({ units }, index) => {
    const inputs = index === 0 ? columns : layers[index - 1].units;
    const number = () => (2 * next() - 1) / Math.sqrt(inputs);
    return [inputs * units, units].map((size) => Float32Array.from({ length: size }, number));
  });
}

function task(kind: "bytes" | "floats", n: number, d: number): DenseForwardAttributes {
  const next = source(n + d);
  const values = kind === "bytes"
    ? Uint8Array.from({ length: n * d }, () => 256 * next())
    : Float32Array.from({ length: n * d }, () => next() - 0.5);
  const inputScale = kind === "bytes" ? 1 / 255 : 1;
  return {
    ...{ x: { values, shape: [n, d] }, layers, weights: network(d, layers, 3), inputScale },
    keep: [1, 2],
  };
}

/** A device whose buffers may have few bytes. */
class SmallGpu extends Gpu {
  override get mostBytes(): number {
    return 2048;
  }
}

for (const kind of ["bytes", "floats"] as const) {
  Deno.test(
    `outputs of ${kind} are the same where rows and units are divided among small buffers`,
    { ignore },
    async () => {
      const backend = await startWebGpu();
      const attrs = task(kind, 150, 22);
      const expected = await runDense({ inputs: {}, attrs, backend });
      using scoring = new Scoring(new SmallGpu(backend), attrs);
      const traffic = await countTraffic(async () => {
        assert.deepEqual(await scoring.run(), expected);
      });
      // 2048 bytes hold 12 rows of 37 outputs, and the weights of 22 inputs to 20 units.
      assert.equal(traffic.submits, Math.ceil(150 / 12));
      assert.equal(traffic.dispatches, traffic.submits * (2 + 2 + 1));
    },
  );
}

Deno.test(
  "outputs of 100,000 rows take a read per 32,768, and the same bits again",
  { ignore },
  async () => {
    const backend = await startWebGpu();
    const attrs = { ...task("bytes", 100_000, 3), keep: [2] };
    let outputs: Float32Array[] = [];
    const traffic = await countTraffic(async () => {
      outputs = await runDense({ inputs: {}, attrs, backend });
    });
    assert.deepEqual(traffic, { dispatches: 12, submits: 4, reads: 4 });
    const last: HostMatrix = { values: attrs.x.values.slice(-6), shape: [2, 3] };
    const [{ values }] = plainForward(last, layers, attrs.weights, attrs.inputScale).slice(-1);
    values.forEach((value, at) => assert.ok(Math.abs(outputs[0].at(at - 10)! - value) < 1e-6));
    assert.deepEqual(await runDense({ inputs: {}, attrs, backend }), outputs);
  },
);

Deno.test("layers may have more inputs than a kernel may have turns", { ignore }, async () => {
  const backend = await startWebGpu();
  const d = 270_001;
  const one = [{ units: 2, activation: "relu" }] as const;
  const x: HostMatrix = { values: new Float32Array(d).fill(1), shape: [1, d] };
  const weights = [Float32Array.from({ length: 2 * d }, (_, i) => i % 2), Float32Array.of(2, -1)];
  const attrs = { x, layers: one, weights, inputScale: 0.5, keep: [0] };
  const [outputs] = await runDense({ inputs: {}, attrs, backend });
  assert.deepEqual(outputs, Float32Array.of(2, d / 2 - 1));
});

Deno.test("scoring says what one row needs that fits no buffer", { ignore }, async () => {
  const backend = await startWebGpu();
  const one = [{ units: 600, activation: "relu" }] as const;
  for (
    const [d, message] of [[3, /a row of 2400 bytes exceeds the 2048/], [
      300,
      /of 300 inputs/,
    ]] as const
  ) {
    const x: HostMatrix = { values: new Float32Array(d), shape: [1, d] };
    const attrs = { x, layers: one, weights: network(d, one, 1), inputScale: 1, keep: [0] };
    assert.throws(() => new Scoring(new SmallGpu(backend), attrs), { name: "RangeError", message });
  }
});

Deno.test(
  "scoring ends with the reason of its signal, or that the device is lost",
  { ignore },
  async () => {
    const backend = await startWebGpu();
    const attrs = task("floats", 300, 5);
    const stop = new Error("enough");
    await assert.rejects(
      runDense({ inputs: {}, attrs: { ...attrs, signal: AbortSignal.abort(stop) }, backend }),
      stop,
    );
    backend.device.destroy();
    await backend.device.lost;
    await assert.rejects(runDense({ inputs: {}, attrs, backend }), { name: "DeviceLostError" });
  },
);
