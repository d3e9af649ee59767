import { z } from "zod";
import { envelope, type Result } from "./envelope.ts";

/** The schema of a payload: a Zod schema, made of the parts of `@mixtape/results/schema`. */
export interface PayloadSchema {
  /** Checks a value; `success` is true if it conforms. */
  safeParse(value: unknown): { readonly success: boolean };
}

/** The schema of each experiment's payload, by the name of the experiment. */
export type PayloadSchemas = Readonly<Record<string, PayloadSchema>>;

// Making a schema costs several times as much as checking a small result by it.
const made = new WeakMap<PayloadSchema, Map<string, z.ZodType<Result>>>();

/** Returns the schema of the result of an experiment whose payload has the schema `payload`; makes it once. */
export function resultSchema(id: string, payload: PayloadSchema): z.ZodType<Result> {
  const byId = made.get(payload) ?? new Map<string, z.ZodType<Result>>();
  const schema = byId.get(id) ?? envelope(id, payload as z.ZodType);
  made.set(payload, byId.set(id, schema));
  return schema;
}

/**
 * Returns the JSON Schema (draft 2020-12) of all results, for readers in other languages.
 *
 * @param schemas The schemas of the payloads; each becomes one alternative, titled with the name of its experiment.
 * @returns The schema, a plain object that can be written as JSON.
 */
export function resultsJsonSchema(schemas: PayloadSchemas): Record<string, unknown> {
  const results = Object.entries(schemas).map(([id, payload]) =>
    resultSchema(id, payload).meta({ title: id })
  );
  return { title: "Mixtape results", ...z.toJSONSchema(z.union(results)) };
}
