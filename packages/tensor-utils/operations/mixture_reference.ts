import type {
  MatrixValues,
  MixtureAttributes,
  MixtureMoments,
  MixturePasses,
  MixtureStepOptions,
  MixtureTerms,
} from "@mixtape/operations";
import { mixtureLength, type MixtureStrides, mixtureStrides } from "./mixture_shapes.ts";
import { squaredMahalanobis } from "./squared_mahalanobis.ts";

/** Responsibilities up to this, e^-28, are left out of moments, unless they are asked for. */
const NEGLIGIBLE = Math.exp(-28);

/**
 * `MixtapeMixture` in plain loops on the host, for every backend: tensors hold float32, which is too coarse for
 * columns that depend on each other, for components far apart and for outliers.
 *
 * @param data The data.
 * @returns The passes over it.
 */
export function openReferenceMixture(data: MixtureAttributes): MixturePasses {
  return new ReferenceMixture(data);
}

class ReferenceMixture implements MixturePasses {
  readonly #data: MixtureAttributes;

  constructor(data: MixtureAttributes) {
    this.#data = data;
  }

  moments(responsibilities: MatrixValues, about: Float64Array): MixtureMoments {
    const { rows, columns } = this.#data;
    const k = about.length / columns;
    const sums = new MomentSums(this.#data, about);
    for (let i = 0; i < rows; i++) sums.add(i, responsibilities.subarray(i * k, i * k + k), 0);
    return sums.total(0);
  }

  step(terms: MixtureTerms, { about, careful }: Required<MixtureStepOptions>): MixtureMoments {
    const sums = new MomentSums(this.#data, about);
    const least = careful ? 0 : NEGLIGIBLE;
    let logLikelihood = 0;
    this.#expect(terms, (i, joint, logDensity) => {
      logLikelihood += logDensity;
      sums.add(i, joint, least);
    });
    return sums.total(logLikelihood);
  }

  logDensity(terms: MixtureTerms): Float64Array {
    const densities = new Float64Array(this.#data.rows);
    this.#expect(terms, (i, _, logDensity) => densities[i] = logDensity);
    return densities;
  }

  responsibilities(terms: MixtureTerms): Float64Array {
    const all = new Float64Array(this.#data.rows * terms.k);
    this.#expect(terms, (i, joint) => all.set(joint, i * terms.k));
    return all;
  }

  [Symbol.dispose](): void {}

  /** Visits each row with its responsibilities, in an array that is reused, and its log-density. */
  #expect(
    terms: MixtureTerms,
    visit: (row: number, responsibilities: Float64Array, logDensity: number) => void,
  ): void {
    const { values, rows, columns, shape } = this.#data;
    const { k, constants, means, precisionFactors } = terms;
    const joint = new Float64Array(k);
    const centred = new Float64Array(columns);
    for (let i = 0; i < rows; i++) {
      for (let c = 0; c < k; c++) {
        for (let j = 0; j < columns; j++) {
          centred[j] = values[i * columns + j] - means[c * columns + j];
        }
        const square = squaredMahalanobis(centred, precisionFactors, c, shape);
        joint[c] = constants[c] - 0.5 * (Number.isNaN(square) ? Infinity : square);
      }
      visit(i, joint, normalize(joint));
    }
  }
}

/** Turns logarithms into probabilities; returns the logarithm of what they added up to. */
function normalize(joint: Float64Array): number {
  let largest = -Infinity;
  for (const value of joint) if (value > largest) largest = value;
  let total = 0;
  for (let c = 0; c < joint.length; c++) total += joint[c] = Math.exp(joint[c] - largest);
  for (let c = 0; c < joint.length; c++) joint[c] /= total;
  return largest === -Infinity ? -Infinity : largest + Math.log(total);
}

/** Moments of rows, added up one by one. */
class MomentSums {
  readonly #data: MixtureAttributes;
  readonly #about: Float64Array;
  readonly #strides: MixtureStrides;
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;
  readonly #scatter: Float64Array;
  readonly #centred: Float64Array;

  constructor(data: MixtureAttributes, about: Float64Array) {
    this.#data = data;
    this.#about = about;
    const d = data.columns;
    const k = about.length / d;
    this.#strides = mixtureStrides(data.shape, d);
    this.#counts = new Float64Array(k);
    this.#sums = new Float64Array(k * d);
    this.#scatter = new Float64Array(mixtureLength(data.shape, k, d));
    this.#centred = new Float64Array(d);
  }

  /** Adds a row to the components whose responsibilities are above `least`. */
  add(row: number, responsibilities: MatrixValues, least: number): void {
    const { values, columns: d } = this.#data;
    const centred = this.#centred;
    for (let c = 0; c < responsibilities.length; c++) {
      const r = responsibilities[c];
      if (!(r > least)) continue;
      this.#counts[c] += r;
      for (let j = 0; j < d; j++) {
        centred[j] = values[row * d + j] - this.#about[c * d + j];
        this.#sums[c * d + j] += r * centred[j];
      }
      this.#addSquares(c, r);
    }
  }

  total(logLikelihood: number): MixtureMoments {
    return {
      logLikelihood,
      counts: this.#counts,
      sums: this.#sums,
      scatter: this.#scatter,
    };
  }

  #addSquares(c: number, r: number): void {
    const { columns: d, shape } = this.#data;
    const scatter = this.#scatter;
    const centred = this.#centred;
    const { component, diagonal } = this.#strides;
    let at = c * component;
    if (shape.block !== "matrix") {
      for (let j = 0; j < d; j++, at += diagonal) scatter[at] += r * centred[j] * centred[j];
      return;
    }
    for (let i = 0; i < d; i++, at += d) {
      const weighted = r * centred[i];
      for (let j = 0; j <= i; j++) scatter[at + j] += weighted * centred[j];
    }
  }
}
