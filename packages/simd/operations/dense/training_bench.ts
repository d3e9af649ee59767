import type { DenseLayerSpec, HostMatrix } from "@mixtape/operations";
import { SimdRuntime } from "../../runtime.ts";
import { fusedForward } from "./forward.ts";
import { FusedTraining } from "./training.ts";

// The reference network on data like MNIST: 784 bytes per row, about a fifth of them not zero, in
// runs.
const n = 8192;
const d = 784;
const values = new Uint8Array(n * d);
for (let i = 0, state = 1; i < values.length; i++) {
  state = Math.imul(state, 1664525) + 1013904223 | 0;
  const before = i > 0 && values[i - 1] > 0;
  if ((state >>> 16) % 100 < (before ? 80 : 5)) values[i] = 1 + (state >>> 24) % 255;
}
const x: HostMatrix = { values, shape: [n, d] };
const labels = Int32Array.from({ length: n }, (_, i) => i % 10);
const layers: DenseLayerSpec[] = [
  { units: 100, activation: "relu" },
  { units: 50, activation: "linear" },
  { units: 25, activation: "silu" },
  { units: 10, activation: "linear" },
];
const weights = layers.flatMap(({ units }, i) => {
  const inputs = i === 0 ? d : layers[i - 1].units;
  const kernel = Float32Array.from(
    { length: inputs * units },
    (_, j) => Math.sin(j) / Math.sqrt(inputs),
  );
  return [kernel, new Float32Array(units)];
});
const options = {
  inputScale: 1 / 255,
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  labelSmoothing: 0,
};

for (const threads of [1, 2]) {
  const runtime = new SimdRuntime({ threads, shared: true, relaxed: true });
  const training = new FusedTraining(runtime, { x, labels, layers, weights, options });
  const rows = Uint32Array.from({ length: 1024 }, (_, i) => (i * 7) % n);

  Deno.bench(`a step on 1024 rows, ${threads} threads`, { group: "step" }, () => {
    training.trainBatch(rows);
  });

  Deno.bench(`logits of ${n} rows, ${threads} threads`, { group: "forward" }, () => {
    fusedForward(runtime, { x, layers, weights, inputScale: 1 / 255, keep: [3] });
  });
}
