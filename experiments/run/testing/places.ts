/** Way to a value inside a payload. */
export type Path = readonly (string | number)[];

/** The value at the end of a path. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inside, step) => (inside as Record<string, unknown>)[step], value);
}

/** A copy with another value at the end of a path. */
export function withValue(value: unknown, [step, ...rest]: Path, replacement: unknown): unknown {
  if (step === undefined) return replacement;
  const copy = Array.isArray(value) ? [...value] : { ...value as object };
  (copy as Record<string, unknown>)[step] = withValue(valueAt(value, [step]), rest, replacement);
  return copy;
}

/** A path as that of a kind of field: `runs.*.inertia`. */
export function kindOf(path: Path): string {
  return path.map((step) => typeof step === "number" ? "*" : step).join(".");
}

/** Lists, and records that are no entries of lists, within a payload: the places where it may hold nothing. */
export function placesIn(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [];
  const own = path.length > 0 && typeof path.at(-1) !== "number" ? [path] : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, inside]) =>
      placesIn(inside, [...path, Array.isArray(value) ? Number(key) : key])
    ),
  ];
}

/** A payload without what is at a place: no entries, of which the record tells 0 and has no images; or null. */
export function withoutPlace(payload: unknown, path: Path): unknown {
  if (!Array.isArray(valueAt(payload, path))) return withValue(payload, path, null);
  const around = path.slice(0, -1);
  const record = Object.entries(valueAt(payload, around) as object).map(([key, value]) => {
    if (key === path.at(-1)) return [key, []];
    return [key, key === "count" ? 0 : /images$|^pictures$/i.test(key) ? null : value];
  });
  return withValue(payload, around, Object.fromEntries(record));
}
