import { arrayKind } from "./array_kind.ts";

/**
 * Describes a value in a few words, for error messages.
 *
 * @param value Any value.
 * @returns A description such as `null`, `"text"`, `a Float64Array of 3` or `a Map`.
 */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || (typeof value !== "object" && typeof value !== "function")) {
    return String(value);
  }
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const kind = arrayKind(value);
  if (kind !== undefined) return `${withArticle(kind)} of ${(value as Uint8Array).length}`;
  const name = value.constructor?.name;
  return typeof name === "string" && name !== "Object" && name !== ""
    ? withArticle(name)
    : "an object";
}

function withArticle(name: string): string {
  return /^[AEIO]/i.test(name) ? `an ${name}` : `a ${name}`;
}
