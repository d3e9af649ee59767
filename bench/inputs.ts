import { referenceLayers } from "@mixtape/classifier";
import { type Dataset, loadDataset } from "@mixtape/datasets";
import { random } from "@mixtape/tensor-utils";
import { join } from "node:path";
import { dataFolders } from "../tasks/data_folders.ts";
import type { Measurement, WorkArguments } from "./core/measurement.ts";
import { encodeNpy, type NpyArray } from "./core/npy.ts";
import { PeerError } from "./core/peer_error.ts";
import { PeerPool } from "./core/peer_pool.ts";
import { PeerProcess } from "./core/peer_process.ts";
import { gaussianBlobs } from "./inputs/gaussian_blobs.ts";
import { peers } from "./peers.ts";

/** How to prepare inputs. */
export interface InputOptions {
  /** The folder for them. */
  readonly dir: string;
  /** The folder of the data sets. */
  readonly dataDir?: string;
  /** Whether to make every problem small. */
  readonly quick: boolean;
  /** Ends preparation. */
  readonly signal?: AbortSignal;
}

/** The files of a data set. */
export interface ImageFiles {
  /** Training images, 8-bit. */
  readonly x: string;
  /** Their classes. */
  readonly labels: string;
  /** Test images. */
  readonly test: string;
  /** Their classes. */
  readonly testLabels: string;
}

/** The hyperparameters of the reference network, as the experiments train it. */
export const training = { batchSize: 1024, learningRate: 0.001, inputScale: 1 / 255 } as const;

/** All layers of the reference network. */
export const networkLayers = [...referenceLayers, { units: 10, activation: "linear" }] as const;

/** The data of all rows: files that every peer reads, each written when a row first needs it. */
export class Inputs {
  /** How they are prepared. */
  readonly options: InputOptions;
  readonly #made = new Map<string, Promise<unknown>>();

  /** @param options Where, from what and how large. */
  constructor(options: InputOptions) {
    this.options = options;
  }

  /** One of two values, by whether problems are small. */
  size<T>(full: T, quick: T): T {
    return this.options.quick ? quick : full;
  }

  /** The path of an input. */
  path(name: string): string {
    return join(this.options.dir, name);
  }

  /** Makes something once. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const made = this.#made.get(name) ?? make();
    this.#made.set(name, made);
    return made as Promise<T>;
  }

  /** Writes an array; gives its path. */
  async write(name: string, array: NpyArray): Promise<string> {
    await Deno.writeFile(this.path(name), encodeNpy(array));
    return this.path(name);
  }

  /** Has Mixtape prepare something. */
  async prepare(work: string, args: WorkArguments): Promise<Measurement> {
    await using pool = new PeerPool(peers(this.options.dir), this.options.signal);
    const mixtape = await pool.get("mixtape");
    if (!(mixtape instanceof PeerProcess)) throw new PeerError(mixtape.reason);
    return await mixtape.call(work, args);
  }

  /** The images of a set: all of them, or fewer where problems are small. */
  images(set: "mnist" | "fashion-mnist", most = this.size(Infinity, 6000)): Promise<ImageFiles> {
    const name = most === Infinity ? set : `${set}-${most}`;
    return this.once(name, async () => {
      const { train, test } = await this.#load(set);
      const rows = Math.min(train.labels.length, most);
      const d = train.images.shape[1];
      const values = train.images.values.subarray(0, rows * d);
      const testRows = test.labels.length;
      return {
        x: await this.write(`${name}.npy`, { values, shape: [rows, d] }),
        labels: await this.write(`${name}-labels.npy`, {
          values: train.labels.slice(0, rows),
          shape: [rows],
        }),
        test: await this.write(`${name}-test.npy`, { ...test.images }),
        testLabels: await this.write(`${name}-test-labels.npy`, {
          values: test.labels,
          shape: [testRows],
        }),
      };
    });
  }

  /** Gaussian blobs and their first rows as a start: `size` rows in `d` columns around `k` centres. */
  blobs(n: number, d: number, k: number): Promise<{ x: string; start: string }> {
    const name = `blobs-${n}-${d}-${k}`;
    return this.once(name, async () => {
      const { values, shape } = gaussianBlobs({ rows: n, columns: d, centres: k }, random(0));
      return {
        x: await this.write(`${name}.npy`, { values, shape }),
        start: await this.write(`${name}-start.npy`, {
          values: values.slice(0, k * d),
          shape: [k, d],
        }),
      };
    });
  }

  async #load(name: string): Promise<Dataset> {
    return await loadDataset(name, await dataFolders(this.options.dataDir));
  }
}
