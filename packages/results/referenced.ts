import type { z } from "zod";

/**
 * Finds every reference to a file within a value.
 *
 * @param value The value to search, such as a payload.
 * @param schema The schema of the references to find.
 * @returns The references, each file once, in the order of the fields.
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
