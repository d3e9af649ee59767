import type { HostMatrix } from "@mixtape/operations";
import type { Regions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { integerProducts } from "./integer_products.ts";
import { lessOnTheRight } from "./less_on_the_right.ts";

/** Made less by this, bytes have a sign. */
const SIGN = 128;
/** Rows of products that are corrected between two looks at the clock. */
const ROWS = 64;

/** Sums and ranges of columns of whole numbers, one number per column. */
export interface WholeColumns {
  /** Whole numbers, near the means. */
  readonly offsets: Float64Array;
  /** Sums of the differences from the offsets. */
  readonly sums: Float64Array;
  /** Smallest numbers. */
  readonly least: Float64Array;
  /** Largest numbers, those of a column at most 32767 away from the offset. */
  readonly most: Float64Array;
}

/**
 * Returns the sums of the products of whole numbers less the offset of their column, exact as long as they stay below
 * 2⁵³, d × d, of which the lower triangle is defined.
 */
export function* wholeScatter(
  runtime: SimdRuntime,
  regions: Regions,
  x: HostMatrix,
  { offsets, sums, least, most }: WholeColumns,
): Work<Float64Array> {
  const [n, d] = x.shape;
  const areBytes = least.every((value, j) => most[j] - value <= 255);
  const less = areBytes ? lessOnTheRight(runtime) : undefined;
  if (less === undefined) {
    const largest = offsets.reduce(
      (all, offset, j) => Math.max(all, offset - least[j], most[j] - offset),
      0,
    );
    const differences = { less: offsets, kernel: "toWhole", largest: largest ** 2 } as const;
    return yield* integerProducts(runtime, regions, x, differences);
  }
  const scatter = yield* integerProducts(runtime, regions, x, {
    ...{ less: least, kernel: "toBytes", largest: SIGN * 255, flips: less },
  });
  const left = least.map((value, j) => value + SIGN - offsets[j]);
  const right = least.map((value, j) => value + less - offsets[j]);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      scatter[a * d + b] += right[b] * sums[a] + left[a] * sums[b] - n * left[a] * right[b];
    }
    if (a % ROWS === ROWS - 1) yield* runtime.turns.offer();
  }
  return scatter;
}
