import type { WasmMemory } from "../../memory/wasm_memory.ts";
import {
  batchBlockRows,
  blockRows,
  type Link,
  rowBytes,
  type SizedLayer,
  vectorsOf,
} from "./network.ts";
import type { Regions } from "../../memory/regions.ts";
import { packedBytes } from "../product.ts";

/** Fields of the plan, by their places in `kernels/dense/plan.ts`. */
export const planFields = {
  linkCount: 0,
  inputs: 1,
  classes: 2,
  entryBytes: 3,
  starts: 5,
  splits: 6,
  entries: 7,
  labels: 8,
  rows: 9,
  losses: 10,
  firstGradient: 11,
  partials: 12,
  partialBytes: 13,
  scratch: 14,
  scratchBytes: 15,
  columnBlocks: 16,
  columnBlockCount: 17,
  zeros: 18,
  layers: 19,
  batchEntries: 20,
  batchEntriesBytes: 21,
  batchSplits: 22,
  batchSplitsBytes: 23,
  firstPanels: 24,
  highest: 25,
} as const;

/** The only field that is a float32: the factor that bytes are multiplied by. */
const scaleField = 4;

const linksAt = 32;
const linkFields = 20;
const layerFields = 8;

/** Fields of a link, by their places in `kernels/dense/plan.ts`, that are addresses or places in scratch. */
const linkPlaces = {
  weights: 5,
  transposed: 6,
  outputs: 7,
  derivatives: 8,
  gradients: 9,
  panels: 16,
  gradientPanels: 17,
} as const;

type LinkPlaces = Record<keyof typeof linkPlaces, number>;

/** Inputs of a plan besides its links. */
export interface PlanOptions {
  /** True to make room for gradients. */
  readonly training: boolean;
  /** True for a training by whole matrices: outputs and gradients of rows get no places in scratch. */
  readonly wide?: boolean;
  /** Number of bytes per number of the data: 1 or 4. */
  readonly numberBytes: number;
  readonly inputScale: number;
  /** Addresses of the outputs of each link; 0 for those that are not kept. */
  readonly kept?: readonly number[];
}

/** A network in WebAssembly memory, with the table that gives a kernel all addresses. */
export class DensePlan {
  readonly address: number;
  /** Address of each layer's parameters, [inputs + 1][padded units], bias last. */
  readonly parameters: readonly number[];
  /** Number of bytes per sparse entry. */
  readonly entryBytes: number;
  /** Number of bytes of scratch per thread that the links need. */
  readonly linkScratchBytes: number;
  /** Number of rows that go forward, and back in a training, together. */
  readonly blockRows: number;
  /** Number of bytes of a block's share of the gradients. */
  readonly partialBytes: number;
  readonly #memory: WasmMemory;

  /** Places a network in memory; `regions` owns its regions. */
  constructor(
    memory: WasmMemory,
    regions: Regions,
    layers: readonly SizedLayer[],
    links: readonly Link[],
    options: PlanOptions,
  ) {
    this.#memory = memory;
    this.blockRows = options.training ? batchBlockRows(links) : blockRows;
    const states = layers.map((layer) => layerState(regions, layer, options.training));
    this.parameters = states.map(([parameters]) => parameters);
    const fields = new Int32Array(linksAt + links.length * linkFields);
    const places = new Places();
    links.forEach((link, i) => {
      const target = fields.subarray(linksAt + i * linkFields);
      target.set(linkOf(regions, link, this.parameters, places, i, this.blockRows, options));
    });
    this.linkScratchBytes = places.scratch;
    this.partialBytes = places.partial;
    this.entryBytes = options.numberBytes === 1 ? 4 : 8;
    this.address = regions.place(fields);
    this.set({
      linkCount: links.length,
      inputs: layers[0].inputs,
      classes: layers[layers.length - 1].units,
      entryBytes: this.entryBytes,
      partialBytes: places.partial,
      zeros: regions.zeros(
        Math.max(...layers.map((layer) => rowBytes(Math.max(layer.inputs, layer.units)))),
      ),
      layers: regions.place(Int32Array.from(states.flat())),
    });
    memory.float32(this.address, linksAt)[scaleField] = options.inputScale;
  }

  /** Sets fields of the plan. */
  set(values: Partial<Record<keyof typeof planFields, number>>): void {
    const fields = this.#memory.int32(this.address, linksAt);
    for (const [name, value] of Object.entries(values)) {
      fields[planFields[name as keyof typeof planFields]] = value;
    }
  }

  /** Returns addresses and places of a link. */
  link(index: number): LinkPlaces {
    const fields = this.#linkFields(index);
    const places = Object.entries(linkPlaces).map(([name, at]) => [name, fields[at]]);
    return Object.fromEntries(places) as LinkPlaces;
  }

  /** Sets addresses or places of a link. */
  setLink(index: number, values: Partial<LinkPlaces>): void {
    const fields = this.#linkFields(index);
    for (const [name, value] of Object.entries(values)) {
      fields[linkPlaces[name as keyof LinkPlaces]] = value;
    }
  }

  #linkFields(index: number): Int32Array {
    return this.#memory.int32(this.address, linksAt + (index + 1) * linkFields)
      .subarray(linksAt + index * linkFields);
  }

  /** Copies kernels [inputs × units] and biases to their padded positions. */
  write(layers: readonly SizedLayer[], weights: readonly Float32Array[]): void {
    layers.forEach(({ inputs, units }, i) => {
      const stride = rowBytes(units) / 4;
      const target = this.#memory.float32(this.parameters[i], (inputs + 1) * stride);
      target.fill(0);
      for (let k = 0; k < inputs; k++) {
        target.set(weights[2 * i].subarray(k * units, (k + 1) * units), k * stride);
      }
      target.set(weights[2 * i + 1], inputs * stride);
    });
  }

  /** Copies kernels and biases out. */
  read(layers: readonly SizedLayer[]): Float32Array[] {
    return layers.flatMap(({ inputs, units }, i) => {
      const stride = rowBytes(units) / 4;
      const source = this.#memory.float32(this.parameters[i], (inputs + 1) * stride);
      const kernel = new Float32Array(inputs * units);
      for (let k = 0; k < inputs; k++) {
        kernel.set(source.subarray(k * stride, k * stride + units), k * units);
      }
      return [kernel, source.slice(inputs * stride, inputs * stride + units)];
    });
  }
}

/** Assigns positions in scratch and in a block's share of the gradients. */
class Places {
  scratch = 0;
  partial = 0;

  inScratch(bytes: number): number {
    this.scratch += bytes;
    return this.scratch - bytes;
  }

  inPartial(bytes: number): number {
    this.partial += bytes;
    return this.partial - bytes;
  }
}

function linkOf(
  regions: Regions,
  { first, layers, inputs, units, activation }: Link,
  parameters: readonly number[],
  places: Places,
  index: number,
  rows: number,
  { training, kept, wide = false }: PlanOptions,
): number[] {
  const row = rowBytes(units);
  const middle = layers.length === 2 ? layers[0].units : 0;
  const folded = middle > 0;
  const gradients = (inputs + 1) * row +
    (folded ? (inputs + 1) * rowBytes(middle) + (middle + 1) * row : 0);
  const later = training && index > 0;
  const whole = later && wide;
  const blockBytes = wide ? 0 : rows * row;
  const n = 4 * vectorsOf(units);
  return [
    inputs,
    units,
    vectorsOf(units),
    vectorsOf(inputs),
    activation,
    folded ? regions.zeros((inputs + 1) * row) : parameters[first],
    whole
      ? regions.allocate(packedBytes({ n: inputs, k: n }))
      : later
      ? regions.zeros(units * rowBytes(inputs))
      : 0,
    places.inScratch(blockBytes),
    places.inScratch(training && activation === 2 ? blockBytes : 0),
    places.inScratch(later ? blockBytes : 0),
    places.inPartial(!training || wide ? 0 : later ? (inputs + 1) * row : row),
    training && !whole ? regions.zeros(later ? gradients : row) : 0,
    first,
    layers.length,
    folded ? regions.zeros(units * rowBytes(middle)) : 0,
    kept?.[index] ?? 0,
    whole
      ? regions.allocate(packedBytes({ n, k: inputs }))
      : training && index === 0 && !wide
      ? 0
      : regions.allocate(inputs * row),
  ];
}

/**
 * Allocates parameters and Adam's means; returns their addresses, with the number of rows and of
 * vectors per row.
 */
function layerState(
  regions: Regions,
  { inputs, units }: SizedLayer,
  training: boolean,
): number[] {
  const bytes = (inputs + 1) * rowBytes(units);
  const state = new Array<number>(layerFields).fill(0);
  state[0] = regions.allocate(bytes);
  state[1] = training ? regions.zeros(bytes) : 0;
  state[2] = training ? regions.zeros(bytes) : 0;
  state[3] = inputs + 1;
  state[4] = vectorsOf(units);
  return state;
}
