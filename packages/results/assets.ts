import { type Asset, asset } from "./asset.ts";
import { referenced } from "./referenced.ts";
import type { Result } from "./envelope.ts";

/**
 * Every file other than images that a result refers to, in the order of its fields.
 *
 * @param result A result.
 * @returns Its assets, each once.
 */
export function assetsOf(result: Result): readonly Asset[] {
  return referenced(result.payload, asset);
}
