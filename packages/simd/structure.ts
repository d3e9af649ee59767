/** Types that a kernel reads a field as; the host writes each as a float64. */
export type FieldType = "i32" | "usize" | "f32" | "f64";

/** Fields of a structure, by name, in the order in which they are passed. */
export type Structure = Readonly<Record<string, FieldType>>;

declare const structure: unique symbol;

/** Numbers of a structure, one per field. */
export type Packed<S extends Structure> = readonly number[] & { readonly [structure]?: S };

/** Numbers of structures. */
export type PackedAll<S extends readonly Structure[]> = {
  readonly [at in keyof S]: Packed<S[at]>;
};

/** The values of a structure's fields, by name. */
export type Values<S extends Structure> = { readonly [name in keyof S]: number };

/** Puts the values of a structure's fields in order. */
export function pack<S extends Structure>(fields: S, values: Values<S>): Packed<S> {
  const packed: number[] = [];
  for (const name in fields) packed.push(values[name]);
  return packed;
}
