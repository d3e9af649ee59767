import type {
  MatrixValues,
  MixtureMoments,
  MixturePasses,
  MixtureShape,
  MixtureStepOptions,
  MixtureTerms,
} from "@mixtape/operations";
import { pacer } from "../abort.ts";
import type { HostMatrix } from "../matrix.ts";
import { farResponsibilities } from "./far_rows.ts";
import { backendKernel } from "./kernel.ts";
import { logNormalizer } from "./log_normalizer.ts";
import { mirrorTriangles } from "./mirror_triangles.ts";
import type { MixtureFactors, MixtureSession } from "./mixture_session.ts";
import { openReferenceMixture } from "./mixture_reference.ts";
import { type MixtureCovariance, mixtureShapes } from "./mixture_shapes.ts";
import { TiedMixture } from "./tied_mixture.ts";

/** From so many columns on, a matrix for all components is faster by float64 products where a backend has those. */
const WIDE = 64;
/** Numbers of a matrix that take a millisecond to check and to copy. */
const LARGE = 2 ** 17;

/**
 * Opens data for passes of expectation-maximisation: the named operation `MixtapeMixture`.
 *
 * All of it is float64, and a row meets a component as its difference from the component's mean: detail that is
 * tiny beside the spread of the data, of a column or of an outlier is kept wherever float64 keeps it, and what
 * a row gets does not depend on the rows beside it.
 *
 * @example The moments about 0 under one standard normal component are those of the data
 * ```ts
 * import assert from "node:assert/strict";
 * import { openMixture, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * using session = openMixture({ values: new Float64Array([1, 3]), shape: [2, 1] }, "spherical");
 * const { counts, sums, scatter } = await session.step({
 *   k: 1,
 *   logWeights: new Float64Array([0]),
 *   means: new Float64Array([0]),
 *   precisionFactors: new Float64Array([1]),
 * });
 * assert.deepEqual([...counts, ...sums, ...scatter], [2, 4, 10]);
 * ```
 *
 * @param x Checked data, n×d.
 * @param covariance The shape of the covariances.
 * @param signal Ends calls that take long; their promise is then rejected with its reason.
 * @returns The session.
 */
export function openMixture(
  x: HostMatrix,
  covariance: MixtureCovariance,
  signal?: AbortSignal,
): MixtureSession {
  const shape = mixtureShapes[covariance];
  const wide = shape.block === "matrix" && shape.shared && x.shape[1] >= WIDE;
  if (wide && backendKernel("MixtapeFloat64Product")) {
    return new TiedMixture(x, (rows) => openAny(rows, shape, signal), signal);
  }
  return openAny(x, shape, signal);
}

function openAny(x: HostMatrix, shape: MixtureShape, signal?: AbortSignal): MixtureSession {
  const open = backendKernel("MixtapeMixture") ?? openReferenceMixture;
  const [rows, columns] = x.shape;
  return new Session(x, shape, open({ values: x.values, rows, columns, shape, signal }), signal);
}

class Session implements MixtureSession {
  readonly #x: HostMatrix;
  readonly #shape: MixtureShape;
  readonly #passes: MixturePasses;
  readonly #pace: () => Promise<void>;

  constructor(x: HostMatrix, shape: MixtureShape, passes: MixturePasses, signal?: AbortSignal) {
    this.#pace = pacer(signal);
    this.#x = x;
    this.#shape = shape;
    this.#passes = passes;
  }

  async moments(responsibilities: MatrixValues, about: Float64Array): Promise<MixtureMoments> {
    return await this.#finish(await this.#passes.moments(responsibilities, about));
  }

  async step(
    factors: MixtureFactors,
    { about = factors.means, careful = false }: MixtureStepOptions = {},
  ): Promise<MixtureMoments> {
    const moments = await this.#passes.step(this.#terms(factors), { about, careful });
    return await this.#finish(moments);
  }

  async logDensity(factors: MixtureFactors): Promise<Float64Array> {
    return await this.#passes.logDensity(this.#terms(factors));
  }

  async responsibilities(factors: MixtureFactors): Promise<Float64Array> {
    const terms = this.#terms(factors);
    const all = await this.#passes.responsibilities(terms);
    const { k } = terms;
    for (let first = 0; first < all.length; first += k) {
      if (!Number.isNaN(all[first])) continue;
      all.set(farResponsibilities(this.#x, first / k, terms, this.#shape), first);
    }
    return all;
  }

  async mostProbable(factors: MixtureFactors): Promise<Int32Array | undefined> {
    const terms = this.#terms(factors);
    const labels = await this.#passes.mostProbable?.(terms);
    if (!labels) return undefined;
    for (let row = labels.indexOf(-1); row >= 0; row = labels.indexOf(-1, row + 1)) {
      const shares = farResponsibilities(this.#x, row, terms, this.#shape);
      labels[row] = shares.findIndex((share) => share > 0);
    }
    return labels;
  }

  [Symbol.dispose](): void {
    this.#passes[Symbol.dispose]();
  }

  #terms({ k, logWeights, means, precisionFactors }: MixtureFactors): MixtureTerms {
    const d = this.#x.shape[1];
    const constants = logWeights.map((logWeight, c) =>
      logWeight + logNormalizer(precisionFactors, c, d, this.#shape)
    );
    return { k, constants, means, precisionFactors };
  }

  async #finish(moments: MixtureMoments): Promise<MixtureMoments> {
    const { logLikelihood, counts, sums, scatter } = moments;
    if (!Number.isFinite(logLikelihood)) {
      throw new RangeError(
        "Cannot fit the mixture: a row of x lies so far from every component that its density is below " +
          "float64, leave such rows out or choose another start",
      );
    }
    const d = this.#x.shape[1];
    const areMatrices = this.#shape.block === "matrix";
    let isFinite = areFinite(counts) && areFinite(sums);
    const size = areMatrices ? d * d : scatter.length;
    for (let first = 0; first < scatter.length; first += size) {
      if (size >= LARGE) await this.#pace();
      const block = scatter.subarray(first, first + size);
      isFinite &&= areFinite(block);
      if (size >= LARGE) await this.#pace();
      if (areMatrices) mirrorTriangles(block, d);
    }
    if (isFinite) return moments;
    throw new RangeError(
      "Cannot fit the mixture: squares of differences in x exceed float64, divide x by its largest value",
    );
  }
}

/** Returns true if all numbers are finite. */
function areFinite(values: Float64Array): boolean {
  // 0 times what is not finite is NaN, and so are all sums from there on; two, so that none waits for the other.
  let [even, odd] = [0, 0];
  const pairs = values.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    even += 0 * values[i];
    odd += 0 * values[i + 1];
  }
  if (pairs < values.length) even += 0 * values[pairs];
  return even + odd === 0;
}
