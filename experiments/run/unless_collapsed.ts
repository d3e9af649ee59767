import { ComponentCollapseError } from "@mixtape/mixture";

/**
 * Fits a mixture, unless its data have too few distinct rows for so many components: then the sweep goes on
 * without it, and the report tells that it is missing. Strong weight decay makes activations that poor.
 *
 * @param fit Fits the mixture.
 * @returns Its result, or undefined if a component collapsed.
 */
export async function unlessCollapsed<T>(fit: () => Promise<T>): Promise<T | undefined> {
  try {
    return await fit();
  } catch (error) {
    if (error instanceof ComponentCollapseError) return undefined;
    throw error;
  }
}
