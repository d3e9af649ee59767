import type {
  DenseClassesAttributes,
  DenseForwardAttributes,
  MaybePromise,
} from "@mixtape/operations";
import { dense } from "../../module/dense.ts";
import type { SimdRuntime } from "../../runtime.ts";
import { takeInPieces } from "../../memory/place_values.ts";
import type { Work } from "../../turns.ts";
import { blockRows, linksOf, rowBytes, sizedLayers, wholeLines } from "./network.ts";
import { packLink } from "./pack_link.ts";
import { DensePlan } from "./plan.ts";
import { type Regions, workWithRegions } from "../../memory/regions.ts";
import { eachChunk, numberBytes } from "./sparse_rows.ts";

/** Number of rows in a block, as in the kernel. */
const FORWARD_ROWS = 60;

/** Runs data through a network; returns the outputs of the layers in `keep`, n × units each. */
export function fusedForward(
  runtime: SimdRuntime,
  attributes: DenseForwardAttributes,
): MaybePromise<Float32Array[]> {
  const work = workWithRegions(
    runtime.memory,
    (regions) => outputsWithin(regions, runtime, attributes),
  );
  return runtime.turns.drive(work, attributes.signal);
}

/** Runs data through a network; returns the number of the highest of each row's outputs. */
export function fusedClasses(
  runtime: SimdRuntime,
  attributes: DenseClassesAttributes,
): MaybePromise<Int32Array> {
  const work = workWithRegions(
    runtime.memory,
    (regions) => classesWithin(regions, runtime, attributes),
  );
  return runtime.turns.drive(work, attributes.signal);
}

function* outputsWithin(
  regions: Regions,
  runtime: SimdRuntime,
  attributes: DenseForwardAttributes,
): Work<Float32Array[]> {
  const { x: { shape: [n] }, layers, keep } = attributes;
  const kept = layers.map(({ units }, i) => keep.includes(i) ? regions.allocate(4 * n * units) : 0);
  yield* forwardWithin(regions, runtime, attributes, { kept });
  const outputs: Float32Array[] = [];
  for (const layer of keep) {
    const values = new Float32Array(n * layers[layer].units);
    yield* takeInPieces(runtime, kept[layer], values);
    outputs.push(values);
  }
  return outputs;
}

function* classesWithin(
  regions: Regions,
  runtime: SimdRuntime,
  attributes: DenseClassesAttributes,
): Work<Int32Array> {
  const [n] = attributes.x.shape;
  const highest = regions.allocate(4 * n);
  yield* forwardWithin(regions, runtime, attributes, { highest });
  return runtime.memory.int32(highest, n).slice();
}

/** Addresses of what the forward pass leaves: outputs of layers, the number of each row's highest; 0 for none. */
interface Left {
  readonly kept?: readonly number[];
  readonly highest?: number;
}

function* forwardWithin(
  regions: Regions,
  runtime: SimdRuntime,
  { x, layers, weights, inputScale }: DenseClassesAttributes,
  { kept, highest = 0 }: Left,
): Work<void> {
  const { memory } = runtime;
  const [, d] = x.shape;
  const sized = sizedLayers(d, layers);
  const size = numberBytes(x);
  const links = linksOf(sized, false);
  const plan = new DensePlan(memory, regions, sized, links, {
    training: false,
    numberBytes: size,
    inputScale,
    kept,
  });
  yield* plan.write(runtime, sized, weights);
  for (const index of links.keys()) yield* packLink(runtime, plan, links, index, false);
  // As in the kernel: the scratch of the links, the ends of each row's entries, the entries, packed rows.
  const entriesAt = wholeLines(plan.linkScratchBytes);
  const widest = sized.reduce((most, { inputs }) => Math.max(most, rowBytes(inputs)), 0);
  const rowScratch = 4 + wholeLines(plan.entryBytes * (d + 1)) + widest;
  const scratchBytes = entriesAt + wholeLines(blockRows * rowScratch);
  plan.set({ scratch: regions.allocate(runtime.threads * scratchBytes), scratchBytes, highest });
  const perRow = weights.reduce((sum, { length }) => sum + length, 0);
  yield* eachChunk(runtime, x, function* (address, first, rows) {
    const args = [plan.address, address, rows, d, size, inputScale, entriesAt, first];
    const blocks = Math.ceil(rows / FORWARD_ROWS);
    yield* runtime.runInPieces(dense, "forward", args, blocks, rows * perRow);
  });
}
