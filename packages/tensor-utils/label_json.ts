import { checkChoice } from "./checks.ts";
import type { Label } from "./compact_labels.ts";

const readers = {
  number: (text: string): Label => Number(text),
  bigint: (text: string): Label => BigInt(text),
  string: (text: string): Label => text,
  boolean: (text: string): Label => text === "true",
};

/**
 * Names of classes in a form that JSON keeps without loss, including infinities and big integers.
 */
export interface LabelsJSON {
  /** Type of all names. */
  readonly kind: "number" | "bigint" | "string" | "boolean";
  /** Each name as `String` writes it. */
  readonly names: readonly string[];
}

/**
 * Writes names of classes for `JSON.stringify`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { labelsFromJSON, labelsToJSON } from "@mixtape/tensor-utils";
 *
 * const json = labelsToJSON([1n, 2n ** 64n]);
 * assert.deepEqual(labelsFromJSON(JSON.parse(JSON.stringify(json)), "classes"), [1n, 2n ** 64n]);
 * ```
 *
 * @param labels At least one name, all of one kind.
 * @returns Their kind, and each as text.
 */
export function labelsToJSON(labels: readonly Label[]): LabelsJSON {
  return { kind: typeof labels[0] as LabelsJSON["kind"], names: labels.map(String) };
}

/**
 * Reads the output of {@link labelsToJSON}.
 *
 * @param json The value that `JSON.parse` returned.
 * @param name Name of the labels in error messages.
 * @returns The names.
 * @throws {TypeError} If the JSON is not of that form.
 * @throws {RangeError} If the kind is unknown, a text is not of that kind, or the names do not
 * ascend.
 */
export function labelsFromJSON(json: unknown, name: string): Label[] {
  const { kind, names } = Object(json) as Partial<LabelsJSON>;
  const isText = (entry: unknown) => typeof entry === "string";
  if (!Array.isArray(names) || names.length === 0 || !names.every(isText)) {
    throw new TypeError(`Cannot use ${name}: { kind, names } with at least one text is needed`);
  }
  const read =
    readers[checkChoice(kind, `${name}.kind`, Object.keys(readers) as LabelsJSON["kind"][])];
  const isWhole = (text: string) => /^-?\d+$/.test(text);
  const labels = names.map((text, i) => {
    const label = kind === "bigint" && !isWhole(text) ? undefined : read(text);
    if (label !== undefined && label === label && String(label) === text) return label;
    throw new RangeError(
      `Cannot use ${name}: "${text}" at ${i} is not a ${kind} as String writes it`,
    );
  });
  const at = labels.findIndex((label, i) => i > 0 && !(labels[i - 1] < label));
  if (at === -1) return labels;
  throw new RangeError(
    `Cannot use ${name}: ${names[at]} at ${at} follows ${
      names[at - 1]
    }, ascending names are needed`,
  );
}
