import { mlpFromSafetensors, type MlpModel, softmax } from "@mixtape/classifier";
import { kMeansFromJSON, type KMeansModel } from "@mixtape/clustering";
import { conformalPValues } from "@mixtape/ood";
import type { Asset } from "@mixtape/results";
import { fromBase64, type HostMatrix, squaredDistances, useBackend } from "@mixtape/tensor-utils";
import { ClassDensities } from "./class_densities.ts";
import type { TryItData } from "./try_it_data.ts";

/** The output of the models for an image. */
export interface Verdict {
  /** Probability of each class. */
  readonly probabilities: readonly number[];
  /** The most probable class. */
  readonly predictedClass: number;
  /** The detector's score, high = in-distribution. */
  readonly score: number;
  /** Share of held-out images, and this one, that score as low or lower. */
  readonly pValue: number;
  /** True if the p-value is above the significance level: the image counts as in-distribution. */
  readonly belongs: boolean;
  /** Index of the nearest centroid. */
  readonly cluster: number;
  /** The nearest training images, the nearest first. */
  readonly neighbors: readonly number[];
  /** Time of the computation, in milliseconds. */
  readonly elapsedMs: number;
}

/** The models of a run, ready to judge images. */
export class Judge {
  /** Images among which neighbours are looked for. */
  readonly neighbors: HostMatrix;
  /** The centroids. */
  readonly centroids: HostMatrix;
  /** The images to try. */
  readonly presets: HostMatrix;
  readonly #model: MlpModel;
  readonly #detector: ClassDensities;
  readonly #clusters: KMeansModel;
  readonly #payload: TryItData["payload"];
  // One image at a time is too little work for threads or WebAssembly, which a strict policy forbids besides.
  readonly #backend = useBackend("cpu");

  /**
   * Reads the models.
   *
   * @param data The data of the island.
   * @throws {SyntaxError} If a file of a model is damaged.
   * @throws {TypeError} If what is compressed is damaged.
   */
  static async open(data: TryItData): Promise<Judge> {
    const compressed = Object.entries(data.files).filter(([file]) => !file.endsWith(".json"));
    const files = await Promise.all(compressed.map(async ([file, text]) => {
      return [file, await inflate(fromBase64(text))] as const;
    }));
    return new Judge(data, new Map(files));
  }

  private constructor({ payload, files }: TryItData, binary: ReadonlyMap<string, Uint8Array>) {
    const bytes = ({ file }: Asset) => binary.get(file) ?? new Uint8Array();
    const json = ({ file }: Asset) => JSON.parse(files[file] ?? "");
    const images = (asset: Asset): HostMatrix => {
      const values = bytes(asset);
      const size = payload.frame.side ** 2;
      return { values, shape: [values.length / size, size] };
    };
    this.#payload = payload;
    this.#model = mlpFromSafetensors(bytes(payload.classifier.weights));
    this.#detector = ClassDensities.fromJSON(json(payload.detector.fitted));
    this.#clusters = kMeansFromJSON(json(payload.clusters.fitted));
    this.centroids = this.#clusters.centroids;
    this.neighbors = images(payload.neighbors.images);
    this.presets = images(payload.presets.images);
  }

  /**
   * Judges an image.
   *
   * @param pixels One byte per pixel, row by row.
   * @returns The output of the models.
   */
  async judge(pixels: Uint8Array): Promise<Verdict> {
    await this.#backend;
    const start = performance.now();
    const { detector: { heldOutScores, alpha } } = this.#payload;
    const x: HostMatrix = { values: pixels, shape: [1, pixels.length] };
    const probabilities = [...(await softmax(await this.#model.logits(x))).values];
    const [score] = await this.#detector.score(x);
    const [pValue] = conformalPValues(heldOutScores, [score]);
    return {
      probabilities,
      predictedClass: probabilities.indexOf(Math.max(...probabilities)),
      score,
      pValue,
      belongs: pValue > alpha,
      cluster: lowest((await this.#clusters.transform(x)).values, 1)[0],
      neighbors: lowest(distances(x, this.neighbors), 5),
      elapsedMs: performance.now() - start,
    };
  }
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function distances(x: HostMatrix, rows: HostMatrix): number[] {
  return Array.from(squaredDistances(x, rows)).flatMap(({ values }) => [...values]);
}

/** The places of the lowest values, the lowest first. */
function lowest(values: ArrayLike<number>, count: number): number[] {
  return Array.from({ length: values.length }, (_, at) => at)
    .sort((a, b) => values[a] - values[b] || a - b)
    .slice(0, count);
}
