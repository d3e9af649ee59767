import { placeInPieces, takeInPieces } from "../../memory/place_values.ts";
import type { WasmMemory } from "../../memory/wasm_memory.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import {
  batchBlockRows,
  blockRows,
  type Link,
  rowBytes,
  type SizedLayer,
  vectorsOf,
} from "./network.ts";
import type { Regions } from "../../memory/regions.ts";
import { Places } from "./places.ts";
import { TILE_COLUMNS } from "../product.ts";

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
  outputs: 7,
  derivatives: 8,
  gradients: 9,
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

/** Number of weights that are copied between two looks at the clock: some milliseconds. */
const PIECE = 2 ** 18;

/**
 * A network in WebAssembly memory, with the table that gives a kernel all addresses. Its memory is to be filled by
 * {@linkcode DensePlan.write} before it is used.
 */
export class DensePlan {
  readonly address: number;
  /**
   * Address of each layer's parameters: [inputs][padded units], then the bias. Those of later layers of a wide
   * network are in panels, as products read them: [panels][inputs][8], then the bias.
   */
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
  readonly #wide: boolean;
  readonly #places: Places;

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
    this.#wide = options.wide ?? false;
    const places = this.#places = new Places(regions);
    const states = layers.map((layer, i) =>
      layerState(places, layer, this.#panelWidth(layer, i), options.training)
    );
    this.parameters = states.map(([parameters]) => parameters);
    const fields = new Int32Array(linksAt + links.length * linkFields);
    links.forEach((link, i) => {
      const target = fields.subarray(linksAt + i * linkFields);
      target.set(linkOf(places, link, this.parameters, i, this.blockRows, options));
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
      zeros: places.zeros(
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

  /**
   * Copies kernels [inputs × units] and biases to their padded positions, and fills all else with zeros; the event
   * loop can turn meanwhile.
   */
  *write(
    runtime: SimdRuntime,
    layers: readonly SizedLayer[],
    weights: readonly Float32Array[],
  ): Work<void> {
    yield* this.#places.clear(runtime);
    for (const [i, layer] of layers.entries()) {
      const kernel = weights[2 * i];
      if (this.#isUnpadded(layer, i)) yield* placeInPieces(runtime, kernel, this.parameters[i]);
      else {
        yield* this.#eachRow(runtime, layer, i, (target, row, at, length) => {
          for (let j = 0; j < length; j++) target[at + j] = kernel[row + j];
        });
      }
      const bias = biasAt(layer, this.#panelWidth(layer, i));
      this.#parametersOf(layer, i).set(weights[2 * i + 1], bias);
    }
  }

  /** Copies kernels and biases out; the event loop can turn meanwhile. */
  *read(runtime: SimdRuntime, layers: readonly SizedLayer[]): Work<Float32Array[]> {
    const weights: Float32Array[] = [];
    for (const [i, layer] of layers.entries()) {
      const kernel = new Float32Array(layer.inputs * layer.units);
      if (this.#isUnpadded(layer, i)) yield* takeInPieces(runtime, this.parameters[i], kernel);
      else {
        yield* this.#eachRow(runtime, layer, i, (source, row, at, length) => {
          for (let j = 0; j < length; j++) kernel[row + j] = source[at + j];
        });
      }
      const bias = biasAt(layer, this.#panelWidth(layer, i));
      weights.push(kernel, this.#parametersOf(layer, i).slice(bias, bias + layer.units));
    }
    return weights;
  }

  /** Visits the part of each row of a kernel that lies in each panel: its position in both, and its length. */
  *#eachRow(
    { turns }: SimdRuntime,
    layer: SizedLayer,
    i: number,
    visit: (parameters: Float32Array, row: number, at: number, length: number) => void,
  ): Work<void> {
    const { inputs, units } = layer;
    const width = this.#panelWidth(layer, i);
    const rows = Math.ceil(PIECE / width);
    for (let from = 0; from < units; from += width) {
      const length = Math.min(width, units - from);
      for (let start = 0; start < inputs; start += rows) {
        // Memory may have grown since the event loop turned.
        const parameters = this.#parametersOf(layer, i);
        const end = Math.min(inputs, start + rows);
        for (let k = start; k < end; k++) {
          visit(parameters, k * units + from, from * inputs + k * width, length);
        }
        if (inputs * units > PIECE) yield* turns.offer();
      }
    }
  }

  #parametersOf(layer: SizedLayer, i: number): Float32Array {
    return this.#memory.float32(
      this.parameters[i],
      parameterCount(layer, this.#panelWidth(layer, i)),
    );
  }

  /** True if the rows of a layer's kernel follow each other as they are given. */
  #isUnpadded(layer: SizedLayer, i: number): boolean {
    return this.#panelWidth(layer, i) === layer.units;
  }

  /** Number of columns of a layer's parameters that lie together: all, or those of a panel. */
  #panelWidth({ units }: SizedLayer, i: number): number {
    return this.#wide && i > 0 ? TILE_COLUMNS : 4 * vectorsOf(units);
  }
}

/** Returns the position of the bias among a layer's parameters, in panels of `width` columns. */
export function biasAt(
  { inputs, units }: Pick<SizedLayer, "inputs" | "units">,
  width: number,
): number {
  return Math.ceil(units / width) * width * inputs;
}

function parameterCount(layer: SizedLayer, width: number): number {
  return biasAt(layer, width) / layer.inputs * (layer.inputs + 1);
}

function linkOf(
  places: Places,
  { first, layers, inputs, units, activation }: Link,
  parameters: readonly number[],
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
  const blockBytes = wide ? 0 : rows * row;
  return [
    inputs,
    units,
    vectorsOf(units),
    vectorsOf(inputs),
    activation,
    folded ? places.zeros((inputs + 1) * row) : parameters[first],
    later && !wide ? places.zeros(units * rowBytes(inputs)) : 0,
    places.inScratch(blockBytes),
    places.inScratch(training && activation === 2 ? blockBytes : 0),
    places.inScratch(later ? blockBytes : 0),
    places.inPartial(!training || wide ? 0 : later ? (inputs + 1) * row : row),
    training && !(later && wide) ? places.zeros(later ? gradients : row) : 0,
    first,
    layers.length,
    folded ? places.zeros(units * rowBytes(middle)) : 0,
    kept?.[index] ?? 0,
    training && (index === 0) !== wide ? 0 : places.regions.allocate(inputs * row),
  ];
}

/**
 * Allocates parameters and Adam's means; returns their addresses, with the number of rows and of
 * vectors per row.
 */
function layerState(
  places: Places,
  layer: SizedLayer,
  width: number,
  training: boolean,
): number[] {
  const bytes = 4 * parameterCount(layer, width);
  const state = new Array<number>(layerFields).fill(0);
  for (let part = 0; part < (training ? 3 : 1); part++) state[part] = places.zeros(bytes);
  state[3] = layer.inputs + 1;
  state[4] = vectorsOf(layer.units);
  return state;
}
