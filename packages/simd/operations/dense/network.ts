import type { DenseLayerSpec } from "@mixtape/operations";

/** A dense layer with its inputs. */
export interface SizedLayer extends DenseLayerSpec {
  readonly inputs: number;
}

/** A layer, or two of them folded into one. */
export interface Link {
  /** Index of its first layer. */
  readonly first: number;
  readonly layers: readonly SizedLayer[];
  readonly inputs: number;
  readonly units: number;
  readonly activation: number;
}

/** Number of rows of data that go forward together; `kernels/dense.ts` and `dense/run.ts` have the same number. */
export const blockRows = 64;

/** Number of rows of a batch that do where their gradients, which each block adds up, take few bytes. */
const fewRows = 32;
const fewBytes = 2 ** 18;

const activations = { linear: 0, relu: 1, silu: 2 } as const;

/** Returns the number of vectors of four that hold `units` numbers. */
export function vectorsOf(units: number): number {
  return Math.ceil(units / 4);
}

/** Returns the size in bytes of a row of `units` numbers, padded to whole vectors. */
export function rowBytes(units: number): number {
  return 16 * vectorsOf(units);
}

/** Rounds bytes up to whole cache lines. */
export function wholeLines(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** Returns the layers with their inputs, given the number of columns of the data. */
export function sizedLayers(columns: number, layers: readonly DenseLayerSpec[]): SizedLayer[] {
  return layers.map((layer, i) => ({ ...layer, inputs: i === 0 ? columns : layers[i - 1].units }));
}

/**
 * Groups layers into links: after the first, a linear layer and the next one are folded if their
 * product is cheaper to apply than one after the other.
 */
export function linksOf(layers: readonly SizedLayer[], folding: boolean): Link[] {
  const links: Link[] = [];
  for (let i = 0; i < layers.length; i += links[links.length - 1].layers.length) {
    const pair = layers.slice(i, i + 2);
    const folded = folding && i > 0 && pair.length === 2 && pays(pair[0], pair[1]);
    const part = folded ? pair : pair.slice(0, 1);
    const last = part[part.length - 1];
    links.push({
      first: i,
      layers: part,
      inputs: part[0].inputs,
      units: last.units,
      activation: activations[last.activation],
    });
  }
  return links;
}

function pays(one: SizedLayer, two: SizedLayer): boolean {
  const apart = one.inputs * one.units + one.units * two.units;
  return one.activation === "linear" && one.inputs * two.units < 0.8 * apart;
}

/**
 * Returns the number of rows of a batch that go forward and back together: as few as pay, so that threads
 * share small batches.
 */
export function batchBlockRows(links: readonly Link[]): number {
  const gradients = links.map(({ inputs, units }, g) =>
    (g === 0 ? 1 : inputs + 1) * rowBytes(units)
  );
  return gradients.reduce((sum, bytes) => sum + bytes) <= fewBytes ? fewRows : blockRows;
}
