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
    const given = { ...await startOf(inputs, rows, epochs, networkLayers), layers: networkLayers };
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

/** Two hidden layers of 1,024 units, one epoch. */
const wideLayers = [
  { units: 1024, activation: "relu" },
  { units: 1024, activation: "relu" },
  { units: 10, activation: "linear" },
] as const;

/** One epoch of a wider network in small and in large batches, both sides with the same weights and batches. */
export const peopleNetworkRows: readonly Row[] = [
  { batchSize: 64, atLeast: 0.77 },
  { batchSize: 1024, atLeast: 0.3 },
].map(({ batchSize, atLeast }) => ({
  id: `people-mlp-${batchSize}`,
  title: "MLP training, 784-1024-1024-10, one epoch",
  plan: async (inputs) => {
    const images = await inputs.images("mnist");
    const [rows] = readArray(images.x).shape;
    const given = { ...await startOf(inputs, rows, 1, wideLayers), layers: wideLayers };
    const args = { ...images, ...training, batchSize, epochs: 1 };
    const hidden = wideLayers.slice(0, -1);
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
async function startOf(
  inputs: Inputs,
  rows: number,
  epochs: number,
  layers: readonly DenseLayerSpec[],
) {
  const name = layers.map(({ units }) => units).join("-");
  const orders = inputs.path(`orders-${epochs}.npy`);
  const weights = Array.from(
    { length: 2 * layers.length },
    (_, i) => inputs.path(`weights-${name}-${i}.npy`),
  );
  const args = { rows, inputs: 784, epochs, seed, layers, weights, orders };
  await inputs.prepare("prepare-training", args);
  return { orders, weights };
}
