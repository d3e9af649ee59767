/**
 * Loads the float64 products of the backend in use, and the backend: what else is here needs no
 * TensorFlow.js, so it is not loaded before.
 */
export async function loadProducts(): Promise<
  Pick<
    typeof import("@mixtape/tensor-utils"),
    "addIntegerScatter" | "addProducts" | "float64Product"
  >
> {
  const { addIntegerScatter, addProducts, ensureBackend, float64Product } = await import(
    "@mixtape/tensor-utils"
  );
  await ensureBackend();
  return { addIntegerScatter, addProducts, float64Product };
}
