import { type Detector, detectorFromJSON, type DetectorJSON, detectorNamed } from "@mixtape/ood";
import { type HostMatrix, takeRows } from "@mixtape/tensor-utils";

/** Options of {@link ClassDensities.fit}. */
export interface ClassDensitiesOptions {
  /** Name of the kind of detector that is fitted to each class; it may look at the inputs only. */
  readonly detector: string;
  /** Number of principal components per class. */
  readonly components: number;
  /** Side of the squares of pixels that are averaged first. */
  readonly pooling: number;
  /** Seed of the random choices, if any. */
  readonly seed: number;
  /** Cancels the fit. */
  readonly signal?: AbortSignal;
}

/** Format of {@link ClassDensities} in JSON. */
export interface ClassDensitiesJSON {
  /** Side of the squares of pixels that are averaged first. */
  readonly pooling: number;
  /** The detectors, one per class that has images. */
  readonly classes: readonly DetectorJSON[];
}

/**
 * Detectors of the images of one class each: an image scores as high as in the class that suits it best.
 *
 * One density of all classes takes what lies between them, such as a disc or a letter, for their mean; a density per
 * class does not. Averaged squares of pixels make that density a quarter as large, and blind to how sharp a line is.
 */
export class ClassDensities {
  readonly #detectors: readonly Detector[];
  readonly #pooling: number;

  private constructor(detectors: readonly Detector[], pooling: number) {
    this.#detectors = detectors;
    this.#pooling = pooling;
  }

  /**
   * Fits a detector to the images of each class that has two or more.
   *
   * @param images Square images, one per row.
   * @param labels Class of each image, from 0.
   * @param options The detector and its size.
   * @throws {RangeError} If a class has more components than averaged pixels.
   */
  static async fit(
    images: HostMatrix,
    labels: Int32Array,
    { detector, components, pooling, seed, signal }: ClassDensitiesOptions,
  ): Promise<ClassDensities> {
    const pooled = averageSquares(images, pooling);
    const detectors: Detector[] = [];
    for (let label = 0; label <= Math.max(...labels); label++) {
      const rows = [...labels.keys()].filter((row) => labels[row] === label);
      if (rows.length < 2) continue;
      const training = { inputs: takeRows(pooled, rows) };
      const options: { components: number; seed: number; signal?: AbortSignal } = {
        components,
        seed,
        signal,
      };
      detectors.push(await detectorNamed(detector)(training, options));
    }
    return new ClassDensities(detectors, pooling);
  }

  /**
   * Reads what {@link ClassDensities.toJSON} gave.
   *
   * @throws {SyntaxError} If a detector is damaged.
   */
  static fromJSON({ pooling, classes }: ClassDensitiesJSON): ClassDensities {
    return new ClassDensities(classes.map((json) => detectorFromJSON(json)), pooling);
  }

  /**
   * Scores images, high = in-distribution.
   *
   * @param images Square images, one per row.
   * @returns The highest score over the classes, one number per image.
   */
  async score(images: HostMatrix): Promise<Float64Array> {
    const evidence = { inputs: averageSquares(images, this.#pooling) };
    const highest = new Float64Array(images.shape[0]).fill(-Infinity);
    for (const detector of this.#detectors) {
      const scores = await detector.score(evidence);
      scores.forEach((score, row) => highest[row] = Math.max(highest[row], score));
    }
    return highest;
  }

  /** Returns all that is needed to score. */
  toJSON(): ClassDensitiesJSON {
    return {
      pooling: this.#pooling,
      classes: this.#detectors.map((detector) => detector.toJSON()),
    };
  }
}

/**
 * Averages squares of pixels.
 *
 * @param images Square images, one per row; their side is a multiple of `size`.
 * @param size Side of a square, in pixels.
 * @returns The smaller images.
 */
export function averageSquares({ values, shape: [n, d] }: HostMatrix, size: number): HostMatrix {
  const side = Math.sqrt(d);
  const small = side / size;
  const averaged = new Float32Array(n * small * small);
  for (let at = 0; at < n * d; at++) {
    const [row, column] = [Math.floor(at / side), at % side];
    // Images lie one below the other, and their heights are multiples of the square's.
    averaged[Math.floor(row / size) * small + Math.floor(column / size)] += values[at] / size ** 2;
  }
  return { values: averaged, shape: [n, small * small] };
}
