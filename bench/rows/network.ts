import type { Row } from "../core/row.ts";
import type { DenseLayerSpec } from "@mixtape/tensor-utils";
import { type Inputs, networkLayers, training } from "../inputs.ts";
import { readArray } from "../peers/read_array.ts";
import { ourEntries } from "./our_entries.ts";

const seed = 0;

/** Training of the reference network, all peers from the same weights with the same batches. */
export const networkRow: Row = {
  id: "mlp",
  title: "MLP training, reference architecture",
  plan: async (inputs) => {
    const epochs = inputs.size(20, 2);
    const images = await inputs.images("mnist");
    const [rows] = readArray(images.x).shape;
    const start = { rows, columns: 784, epochs, layers: networkLayers };
    const given = { ...await startOf(inputs, start), layers: networkLayers };
    const args = { ...images, ...training, epochs };
    return {
      size: `${rows} × 784, ${epochs} epochs, batch ${training.batchSize}`,
      entries: [
        ...ourEntries("train", args, { warmUp: { epochs: 1 } }),
        {
          id: "pytorch",
          peer: "pytorch",
          work: "train",
          variants: [false, true].map((foreach) => ({
            label: foreach ? "foreach Adam" : "",
            args: { ...args, ...given, foreach },
          })),
          warmUp: { epochs: 2 },
        },
        {
          id: "tfjs-wasm",
          peer: "tfjs-wasm",
          work: "train",
          variants: [{ label: "", args: { ...args, ...given, epochs: 1 } }],
          factor: epochs,
          remark: `1 epoch measured, times ${epochs}`,
        },
      ],
      bars: [
        { against: ["pytorch"], atLeast: 1 },
        { against: ["tfjs-wasm"], atLeast: 25 },
      ],
      qualities: [
        { name: "loss of the last epoch", tolerance: 0.05, value: lossOf },
        { name: "test accuracy", tolerance: 0.01, value: ({ accuracy }) => accuracy },
      ],
    };
  },
};

/** One epoch of networks with two hidden layers, both sides with the same weights and batches. */
export const peopleNetworkRows: readonly Row[] = [
  {
    ...{ units: 1024, batchSize: 64, atLeast: 0.77 },
    bound:
      "On one thread, 63% are products of 64 rows, in tiles that reach over nine tenths of what 128-bit vectors allow where " +
      "no other machine uses the core. 14% are Adam, of 1.9 million weights, which pass through the cache with both " +
      "their means, 8% gradients of the first layer and 7% its sums, over what is not zero, 5% bring weights into panels. " +
      "Threads meet at most 13 times per step: of the fastest twentieth, a step takes 14.4 ms on one and 7.8 on two.",
  },
  {
    ...{ units: 1024, batchSize: 1024, atLeast: 0.3 },
    bound:
      "On one thread, 75% are three products of 1024³, in tiles that reach over nine tenths of what 128-bit vectors allow " +
      "where no other machine uses the core; those of the other side are of 512 bits. 10% are gradients of the first " +
      "layer over what is not zero, 7% its sums, 2% packed rows, 1% Adam.",
  },
  {
    ...{ units: 100, batchSize: 64, atLeast: 1.7 },
    bound:
      "On one thread 30% are sums and gradients of the first layer over what is not zero, with a load for every one or " +
      "two multiply-adds, 16% products of the later layers, 15% Adam, 8% lists of entries per column. 13% copy, check " +
      "and pack the rows before the first step, a third of that on one thread. Threads meet twice in a step of 0.4 ms: " +
      "of the fastest twentieth, forward and back take 134 µs on two for 232 on one, the update 149 for 242. Blocks of " +
      "columns that stay with a thread gained nothing.",
  },
].map(({ units, batchSize, atLeast, bound }) => ({
  id: `people-mlp-${units}-${batchSize}`,
  title: `MLP training, 784-${units}-${units}-10, one epoch`,
  bound,
  plan: async (inputs) => {
    const images = await inputs.images("mnist");
    const [rows] = readArray(images.x).shape;
    const hidden = [{ units, activation: "relu" }, { units, activation: "relu" }] as const;
    const layers = [...hidden, { units: 10, activation: "linear" }] as const;
    const start = { rows, columns: 784, epochs: 1, layers };
    const given = { ...await startOf(inputs, start), layers };
    const args = { ...images, ...training, batchSize, epochs: 1 };
    return {
      size: `${rows} × 784, batch ${batchSize}`,
      entries: [
        ...ourEntries("train", { ...args, hidden }, { warmUp: false }),
        {
          id: "pytorch",
          peer: "pytorch",
          work: "train",
          variants: [{ label: "", args: { ...args, ...given } }],
          warmUp: false,
        },
      ],
      bars: [{ against: ["pytorch"], atLeast }],
      qualities: [
        { name: "loss of the epoch", tolerance: 0.05, value: lossOf },
        { name: "test accuracy", tolerance: 0.01, value: ({ accuracy }) => accuracy },
      ],
    };
  },
}));

/** Returns the loss of peers that trained for all epochs; those that trained for one report no accuracy. */
function lossOf({ loss, accuracy }: { loss?: number; accuracy?: number }): number | undefined {
  return accuracy === undefined ? undefined : loss;
}

/** Writes Mixtape's initial weights and orders of rows to files. */
export async function startOf(
  inputs: Inputs,
  { rows, columns, epochs, layers }: {
    readonly rows: number;
    readonly columns: number;
    readonly epochs: number;
    readonly layers: readonly DenseLayerSpec[];
  },
): Promise<{ orders: string; weights: string[] }> {
  const name = [columns, ...layers.map(({ units }) => units)].join("-");
  const orders = inputs.path(`orders-${rows}-${epochs}.npy`);
  const weights = Array.from(
    { length: 2 * layers.length },
    (_, i) => inputs.path(`weights-${name}-${i}.npy`),
  );
  const args = { rows, inputs: columns, epochs, seed, layers, weights, orders };
  await inputs.prepare("prepare-training", args);
  return { orders, weights };
}
