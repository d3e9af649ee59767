import { type Float64Product, float64Product, type Steps } from "@mixtape/tensor-utils";

/** Multiply-adds of a step: some 10 ms where backends have kernels for products. */
const AT_ONCE = 2 ** 26;

/** Factors of a product, of which the second may be transposed. */
type Factors = Omit<Float64Product, "transposeA" | "lower" | "addTo">;

/** Multiplies matrices in float64, some rows at a time. */
export function* productInSteps({ a, b, m, n, k, transposeB }: Factors): Steps<Float64Array> {
  const rows = Math.ceil(AT_ONCE / (n * k));
  if (rows >= m) return float64Product({ a, b, m, n, k, transposeB });
  const product = new Float64Array(m * n);
  for (let start = 0; start < m; start += rows) {
    const count = Math.min(rows, m - start);
    float64Product({
      ...{ a: a.subarray(start * k, (start + count) * k), b, m: count, n, k, transposeB },
      addTo: product.subarray(start * n, (start + count) * n),
    });
    yield;
  }
  return product;
}

/**
 * Multiplies square matrices as a bᵀ, some rows at a time.
 *
 * @returns The product, of which the lower triangle is defined.
 */
export function* lowerProductInSteps(
  { a, b, d }: { readonly a: Float64Array; readonly b: Float64Array; readonly d: number },
): Steps<Float64Array> {
  const rows = Math.ceil(AT_ONCE / (d * d));
  if (rows >= d) return float64Product({ a, b, m: d, n: d, k: d, transposeB: true, lower: true });
  const product = new Float64Array(d * d);
  for (let start = 0; start < d; start += rows) {
    const end = Math.min(d, start + rows);
    const part = float64Product({
      ...{ a: a.subarray(start * d, end * d), b: b.subarray(0, end * d) },
      ...{ m: end - start, n: end, k: d, transposeB: true },
    });
    for (let i = start; i < end; i++) {
      product.set(part.subarray((i - start) * end, (i - start) * end + i + 1), i * d);
    }
    yield;
  }
  return product;
}
