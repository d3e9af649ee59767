import { z } from "zod";
import { envelope, type Result } from "./envelope.ts";

/** Schema of a payload, made of the parts of `@mixtape/results/schema`; one of Zod's. */
export interface PayloadSchema {
  /** Checks a value, and tells whether it conforms. */
  safeParse(value: unknown): { readonly success: boolean };
}

/** Schema of the payload of each experiment, by its name. */
export type PayloadSchemas = Readonly<Record<string, PayloadSchema>>;

/** The schema of the result of an experiment whose payload has the schema `payload`. */
export function resultSchema(id: string, payload: PayloadSchema): z.ZodType<Result> {
  return envelope(id, payload as z.ZodType);
}

/**
 * JSON Schema (draft 2020-12) of every result, for readers in other languages.
 *
 * @param schemas The experiments' payloads; each becomes one alternative, titled with its name.
 * @returns The schema, to be written as JSON.
 */
export function resultsJsonSchema(schemas: PayloadSchemas): Record<string, unknown> {
  const results = Object.entries(schemas).map(([id, payload]) =>
    resultSchema(id, payload).meta({ title: id })
  );
  return { title: "Mixtape results", ...z.toJSONSchema(z.union(results)) };
}
