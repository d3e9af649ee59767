import { type Asset, asset } from "./asset.ts";
import { referenced } from "./referenced.ts";
import type { Result } from "./envelope.ts";

/**
 * Lists every file other than an image that a result refers to, in the order of its fields.
 *
 * @param result A result.
 * @returns The assets, each once.
 */
export function assetsOf(result: Result): readonly Asset[] {
  return referenced(result.payload, asset);
}
