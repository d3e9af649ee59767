import { referenced } from "./referenced.ts";
import type { Result } from "./envelope.ts";
import { type Sprite, sprite } from "./sprite.ts";

/**
 * Lists every image that a result refers to, in the order of its fields.
 *
 * @param result A result.
 * @returns The sprites, each once.
 */
export function spritesOf(result: Result): readonly Sprite[] {
  return referenced(result.payload, sprite);
}
