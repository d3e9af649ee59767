import type { z } from "zod";

/**
 * Every value inside another that conforms to a schema of something kept in a file of its own.
 *
 * @param value Where to look: a payload.
 * @param schema What to look for.
 * @returns What was found, each file once, in the order of the fields.
 */
export function referenced<T extends { readonly file: string }>(
  value: unknown,
  schema: z.ZodType<T>,
): readonly T[] {
  const found = new Map<string, T>();
  collect(value, schema, found);
  return [...found.values()];
}

function collect<T extends { readonly file: string }>(
  value: unknown,
  schema: z.ZodType<T>,
  found: Map<string, T>,
): void {
  if (typeof value !== "object" || value === null) return;
  const parsed = "file" in value ? schema.safeParse(value) : undefined;
  if (parsed?.success) {
    found.set(parsed.data.file, parsed.data);
    return;
  }
  for (const inner of Object.values(value)) collect(inner, schema, found);
}
