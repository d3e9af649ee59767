import type { Moments, MomentsAttributes } from "@mixtape/operations";
import { pacer } from "../abort.ts";
import { centredRows } from "../centred_rows.ts";
import { rowRange } from "../matrix.ts";
import { runningMeans } from "../running_means.ts";
import { referenceProduct } from "./float64_product_reference.ts";

/** Numbers that are centred, and multiply-adds that are done, between two looks at the clock. */
const NUMBERS = 2 ** 20;
const MULTIPLY_ADDS = 2 ** 24;

/** Computes `MixtapeMoments` in plain loops, for any backend. */
export async function columnProductsReference(
  { x, signal }: MomentsAttributes,
): Promise<Moments> {
  const [n, d] = x.shape;
  const means = await runningMeans(x, signal);
  const pace = pacer(signal);
  const scatter = new Float64Array(d * d);
  const step = Math.ceil(Math.min(NUMBERS / d, MULTIPLY_ADDS / (d * d)));
  for (let start = 0; start < n; start += step) {
    await pace();
    const rows = rowRange(x, start, Math.min(n, start + step));
    const centred = centredRows(rows, means);
    referenceProduct({
      ...{ a: centred, b: centred, transposeA: true, lower: true, addTo: scatter },
      ...{ m: d, n: d, k: rows.shape[0] },
    });
  }
  return { means, scatter };
}
