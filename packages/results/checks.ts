/**
 * The building blocks of schemas.
 *
 * @module
 */
import { z } from "zod";

/** A schema for every field of `T`, no more and no fewer. */
export type Shape<T> = { readonly [Key in keyof T]-?: z.ZodType<T[Key]> };

/**
 * Makes a schema of exactly the fields of `T`.
 *
 * The interface carries the documentation and is what callers see; the compiler holds the two
 * together: a field that is missing, misspelt or of another type on either side does not compile.
 *
 * @param shape A schema for each field.
 * @param id Name of the definition in the JSON Schema, for a schema that is used in several places.
 * @returns A schema that rejects missing fields and fields not in `shape`.
 */
export function record<T>(shape: Shape<T>, id?: string): z.ZodType<T> {
  const object = z.strictObject(shape) as unknown as z.ZodType<T>;
  return id === undefined ? object : object.meta({ id });
}

/**
 * Makes a schema of a list.
 *
 * @param item The schema of an entry.
 * @param minimum The smallest number of entries; 0 by default.
 * @returns The schema.
 */
export function list<T>(item: z.ZodType<T>, minimum = 0): z.ZodType<readonly T[]> {
  return z.array(item).min(minimum);
}

/** The schema of a finite number. */
export const number: z.ZodType<number> = z.number();

/** The schema of a whole number, 0 or more. */
export const count: z.ZodType<number> = z.int().min(0);

/** The schema of a whole number, 1 or more. */
export const positive: z.ZodType<number> = z.int().min(1);

/** The schema of a number of at least 0: a duration, a deviation, an inertia. */
export const magnitude: z.ZodType<number> = z.number().min(0);

/** The schema of a number between 0 and 1: a rate, a probability, an area under a curve. */
export const share: z.ZodType<number> = z.number().min(0).max(1);

/** The schema of a number between -1 and 1: an adjusted Rand index. */
export const index: z.ZodType<number> = z.number().min(-1).max(1);

/** The schema of text of at least one character. */
export const text: z.ZodType<string> = z.string().min(1);

/** The schema of a boolean. */
export const flag: z.ZodType<boolean> = z.boolean();

/** Makes the schema of one of the given words. */
export function oneOf<const Word extends string>(words: readonly Word[]): z.ZodType<Word> {
  return z.enum(words as readonly [Word, ...Word[]]) as unknown as z.ZodType<Word>;
}

/** The schema of a table of counts, every row as long as the first. */
export const countTable: z.ZodType<readonly (readonly number[])[]> = z
  .array(z.array(z.int().min(0)).min(1))
  .min(1)
  .refine((rows) => rows.every((row) => row.length === rows[0].length), {
    error: "expected rows of one length",
  });
