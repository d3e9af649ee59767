/**
 * Writes `schema.json`, the JSON Schema of results:
 * `deno run --allow-write=packages/results packages/results/write_schema.ts`
 *
 * @module
 */
import { resultsJsonSchema } from "./registry.ts";

/** The text of `schema.json`. */
export function schemaText(): string {
  return `${JSON.stringify(resultsJsonSchema(), null, 2)}\n`;
}

if (import.meta.main) {
  await Deno.writeTextFile(new URL("./schema.json", import.meta.url), schemaText());
}
