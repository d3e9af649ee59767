import type { HostMatrix } from "../matrix.ts";
import { backendKernel } from "./kernel.ts";
import { type FramedMixture, type MixtureAttributes, MixtureFrame } from "./mixture_frame.ts";
import type {
  MixtureCovariance,
  MixtureFactors,
  MixtureMoments,
  MixtureSession,
} from "./mixture_moments.ts";
import { openReferenceMixture } from "./mixture_reference.ts";
import { openTiedMixture } from "./tied_mixture.ts";

/** From so many columns on, tied covariances are faster by float64 products where a backend has those. */
const WIDE = 64;

/**
 * Opens data for passes of expectation-maximisation: the named operation `MixtapeMixture`.
 *
 * The work over the rows is float32, relative to an origin and a scale that are taken out in float64
 * first, so that neither a large offset nor tiny units cost digits; what is summed is float64.
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
 * @param origin What to centre the data at, d: the mean of the columns unless given. Scoring passes the
 * model's, so that a row's score does not depend on the rows beside it.
 * @returns The session.
 */
export function openMixture(
  x: HostMatrix,
  covariance: MixtureCovariance,
  origin?: Float64Array,
): MixtureSession {
  const wide = covariance === "tied" && x.shape[1] >= WIDE;
  if (wide && backendKernel("MixtapeFloat64Product")) return openTiedMixture(x, origin);
  const frame = new MixtureFrame(x, covariance, origin);
  const open = backendKernel<MixtureAttributes, FramedMixture>("MixtapeMixture") ??
    openReferenceMixture;
  const [rows, columns] = x.shape;
  return new Session(frame, open({ values: frame.place(x), rows, columns, covariance }));
}

class Session implements MixtureSession {
  readonly #frame: MixtureFrame;
  readonly #framed: FramedMixture;

  constructor(frame: MixtureFrame, framed: FramedMixture) {
    this.#frame = frame;
    this.#framed = framed;
  }

  async moments(responsibilities: Float32Array, means: Float64Array): Promise<MixtureMoments> {
    const framed = this.#frame.means(means);
    return this.#frame.moments(await this.#framed.moments(responsibilities, framed), framed);
  }

  async step(factors: MixtureFactors): Promise<MixtureMoments> {
    const framed = this.#frame.factors(factors);
    return this.#frame.moments(await this.#framed.step(framed), framed);
  }

  async logDensity(factors: MixtureFactors): Promise<Float64Array> {
    const framed = this.#frame.factors(factors);
    const relative = await this.#framed.logDensity(framed);
    return Float64Array.from(relative, (value) => value + framed.logScale);
  }

  async responsibilities(factors: MixtureFactors): Promise<Float32Array> {
    return await this.#framed.responsibilities(this.#frame.factors(factors));
  }

  [Symbol.dispose](): void {
    this.#framed[Symbol.dispose]();
  }
}
