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

/** Options of {@link Inputs}. */
export interface InputOptions {
  /** Folder to write the inputs to. */
  readonly dir: string;
  /** Folder of the data sets. */
  readonly dataDir?: string;
  /** True to make every problem small. */
  readonly quick: boolean;
  /** Signal that ends preparation. */
  readonly signal?: AbortSignal;
}

/** Paths of the files of a data set. */
export interface ImageFiles {
  /** Training images, 8-bit. */
  readonly x: string;
  /** Classes of the training images. */
  readonly labels: string;
  /** Test images. */
  readonly test: string;
  /** Classes of the test images. */
  readonly testLabels: string;
}

/** The hyperparameters of the reference network, as the experiments train it. */
export const training = { batchSize: 1024, learningRate: 0.001, inputScale: 1 / 255 } as const;

/** All layers of the reference network. */
export const networkLayers = [...referenceLayers, { units: 10, activation: "linear" }] as const;

/** The data of all rows: files that every peer reads, each written when a row first needs it. */
export class Inputs {
  /** Folders, size of the problems, and signal. */
  readonly options: InputOptions;
  readonly #made = new Map<string, Promise<unknown>>();

  /** @param options Folders, size of the problems, and signal. */
  constructor(options: InputOptions) {
    this.options = options;
  }

  /** Returns `quick` if problems are to be small, else `full`. */
  size<T>(full: T, quick: T): T {
    return this.options.quick ? quick : full;
  }

  /** Returns the path of an input. */
  path(name: string): string {
    return join(this.options.dir, name);
  }

  /** Makes an input once; later calls with the same name return the first promise. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const made = this.#made.get(name) ?? make();
    this.#made.set(name, made);
    return made as Promise<T>;
  }

  /** Writes an array to a file and returns its path. */
  async write(name: string, array: NpyArray): Promise<string> {
    await Deno.writeFile(this.path(name), encodeNpy(array));
    return this.path(name);
  }

  /** Lets a peer, Mixtape unless named, prepare an input in a process of its own. */
  async prepare(work: string, args: WorkArguments, peer = "mixtape"): Promise<Measurement> {
    await using pool = new PeerPool(peers(this.options.dir), this.options.signal);
    const started = await pool.get(peer);
    if (!(started instanceof PeerProcess)) throw new PeerError(started.reason);
    return await started.call(work, args);
  }

  /** Writes the images of a set: all of them, or fewer if problems are to be small. */
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

  /** Writes Gaussian blobs, `n` rows in `d` columns around `k` centres, and their first `k` rows as a start. */
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
