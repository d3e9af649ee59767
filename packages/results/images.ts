import type { Result } from "./registry.ts";
import { type Sprite, sprite } from "./sprite.ts";

/**
 * Every image that a result refers to, in the order of its fields.
 *
 * @param result A result.
 * @returns Its sprites, each once.
 */
export function spritesOf(result: Result): readonly Sprite[] {
  const found = new Map<string, Sprite>();
  collect(result.payload, found);
  return [...found.values()];
}

function collect(value: unknown, found: Map<string, Sprite>): void {
  if (typeof value !== "object" || value === null) return;
  const parsed = "file" in value ? sprite.safeParse(value) : undefined;
  if (parsed?.success) {
    found.set(parsed.data.file, parsed.data);
    return;
  }
  for (const inner of Object.values(value)) collect(inner, found);
}
