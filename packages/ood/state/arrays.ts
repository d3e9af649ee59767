import {
  type ArrayKind,
  arrayKind,
  checkNumber,
  type HostMatrix,
  type MatrixValues,
  type NumberRules,
} from "@mixtape/tensor-utils";
import { size } from "./scalars.ts";
import { isRecord, type Sizes, type StateShape, wrongKind } from "./state_shape.ts";

/**
 * Axes of an array: sizes by name, or as numbers. One name may be new; its size follows from the
 * length.
 */
export type Axes = readonly (string | number)[];

/** Constraints on the elements of an array. */
export interface ArrayRules extends NumberRules {
  /** True if a new size may be 0; by default it is at least 1. */
  readonly mayBeEmpty?: boolean;
}

/**
 * Returns the shape of finite numbers in a `Float64Array`.
 *
 * @param axes Sizes of the array.
 * @param rules The range of the elements.
 */
export function float64s(axes: Axes, rules?: ArrayRules): StateShape<Float64Array> {
  return array(["Float64Array"], axes, rules);
}

/**
 * Returns the shape of finite numbers in a `Float32Array`.
 *
 * @param axes Sizes of the array.
 * @param rules The range of the elements.
 */
export function float32s(axes: Axes, rules?: ArrayRules): StateShape<Float32Array> {
  return array(["Float32Array"], axes, rules);
}

/**
 * Returns the shape of whole numbers in a `Uint32Array`.
 *
 * @param axes Sizes of the array.
 */
export function uint32s(axes: Axes): StateShape<Uint32Array> {
  return array(["Uint32Array"], axes);
}

/**
 * Returns the shape of a matrix of finite numbers.
 *
 * @param rows Name of its first size.
 * @param columns Name of its second size.
 */
export function matrix(rows: string, columns: string): StateShape<HostMatrix> {
  const types: ArrayKind[] = [
    "Float32Array",
    "Float64Array",
    "Int32Array",
    "Uint32Array",
    "Uint8Array",
  ];
  const ofValues = array<MatrixValues>(types, [rows, columns]);
  return {
    check(value, path, sizes) {
      if (!isRecord(value)) throw wrongKind(path, value, "an object with values and a shape");
      const { values, shape } = value;
      if (!Array.isArray(shape) || shape.length !== 2) {
        throw wrongKind(`${path}.shape`, shape, "a list of two whole numbers");
      }
      [rows, columns].forEach((name, i) =>
        size(name).check(shape[i], `${path}.shape[${i}]`, sizes)
      );
      ofValues.check(values, `${path}.values`, sizes);
      return value as unknown as HostMatrix;
    },
  };
}

function array<T extends MatrixValues | Uint32Array>(
  types: readonly ArrayKind[],
  axes: Axes,
  rules: ArrayRules = {},
): StateShape<T> {
  return {
    check(value, path, sizes) {
      const kind = arrayKind(value);
      if (kind === undefined || !types.includes(kind)) {
        throw wrongKind(path, value, types.join(" or "));
      }
      const values = value as T;
      checkLength(values.length, axes, path, sizes, rules.mayBeEmpty ? 0 : 1);
      checkElements(values, path, rules);
      return values;
    },
  };
}

/** Checks a length against its axes; the one axis that is new gets the size that remains for it. */
function checkLength(
  length: number,
  axes: Axes,
  path: string,
  sizes: Sizes,
  least: number,
): void {
  const known = axes.map((axis) => typeof axis === "number" ? axis : sizes.get(axis));
  const open = known.indexOf(undefined);
  const others = known.reduce<number>((product, size) => product * (size ?? 1), 1);
  const left = length / others;
  if (open === -1 && length === others) return;
  if (open !== -1 && Number.isInteger(left) && left >= least) {
    sizes.set(axes[open] as string, left);
    return;
  }
  const needed = open === -1 ? `${others} are` : `a multiple of ${others}, not 0, is`;
  throw new RangeError(
    `Cannot use ${path}: it has ${length} numbers, ${needed} needed for its axes ${
      axes.join(" × ")
    }`,
  );
}

function checkElements(values: ArrayLike<number>, path: string, rules: NumberRules): void {
  const { min = -Infinity, above = -Infinity, max = Infinity } = rules;
  if (min === -Infinity && above === -Infinity && max === Infinity && areFinite(values)) return;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (Number.isFinite(value) && value >= min && value > above && value <= max) continue;
    checkNumber(value, `${path}[${at}]`, rules);
  }
}

/** Adds up 0 times each number, which is NaN for one that is not finite; four sums, so that none waits for another. */
function areFinite(values: ArrayLike<number>): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  const end = values.length;
  const fours = end - end % 4;
  for (let at = 0; at < fours; at += 4) {
    a += 0 * values[at];
    b += 0 * values[at + 1];
    c += 0 * values[at + 2];
    d += 0 * values[at + 3];
  }
  for (let at = fours; at < end; at++) a += 0 * values[at];
  return a + b + c + d === 0;
}
