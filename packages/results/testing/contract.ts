import fc from "fast-check";
import assert from "node:assert/strict";
import type { z } from "zod";
import { mismatchOf, ResultMismatchError } from "../parse.ts";

/** A value without parts: examples that a schema accepts, the edges of its range among them, and that it refuses. */
interface Leaf {
  readonly accepted: readonly unknown[];
  readonly refused: readonly unknown[];
  /** Words that the error must list, in this order. */
  readonly words?: readonly string[];
}

/** A list of at least `least` items. */
interface List {
  readonly item: Contract;
  readonly least: number;
}

/** The values that a schema has to accept and to refuse, written down without the schema; for tests only. */
export type Contract = Leaf | List | { readonly [field: string]: Contract };

const wrongKinds = [undefined, null, "?", true, {}, []];

function leaf(accepted: readonly unknown[], refused: readonly unknown[] = []): Leaf {
  const kinds = new Set(accepted.map((one) => typeof one));
  const others = wrongKinds.filter((one) => !kinds.has(typeof one) && !accepted.includes(one));
  return { accepted, refused: [...others, ...refused] };
}

export const number = leaf([-0.5, 0, 1e300]);
export const count = leaf([0, 1, 2 ** 53 - 1], [-1, 0.5]);
export const positive = leaf([1, 2], [0, -1, 1.5]);
export const magnitude = leaf([0, 2.5], [-1e-9]);
export const share = leaf([0, 0.25, 1], [-1e-9, 1.000001]);
export const index = leaf([-1, 0.5, 1], [-1.000001, 1.000001]);
export const text = leaf(["a"], [""]);
export const anyText = leaf(["", "a"]);
export const flag = leaf([true, false], [0]);
export const hash = leaf(["0123456789abcdef".repeat(4)], [
  "0".repeat(63),
  "0".repeat(65),
  "G".repeat(64),
  "A".repeat(64),
]);
export const moment = leaf(["2026-01-02T03:04:05.678Z"], ["2026-01-02", "yesterday", ""]);

/** Some values that are accepted, and some that are not, besides those of other kinds. */
export function values(accepted: readonly unknown[], refused: readonly unknown[]): Leaf {
  return leaf(accepted, refused);
}

/** One of some words, which the error lists in this order. */
export function words(...all: string[]): Leaf {
  return { ...leaf(all, ["", `${all[0]} `, all[0].toUpperCase()]), words: all };
}

/** The same, or null. */
export function orNull({ accepted, refused }: Leaf): Leaf {
  return { accepted: [...accepted, null], refused: refused.filter((one) => one !== null) };
}

/** A list of at least so many items. */
export function atLeast(least: number, item: Contract): List {
  return { item, least };
}

function isLeaf(contract: Contract): contract is Leaf {
  return "accepted" in contract;
}

function isList(contract: Contract): contract is List {
  return "item" in contract;
}

/** Values that meet a contract. */
export function meeting(contract: Contract): fc.Arbitrary<unknown> {
  if (isLeaf(contract)) return fc.constantFrom(...contract.accepted);
  if (isList(contract)) {
    const { least } = contract;
    return fc.array(meeting(contract.item), { minLength: least, maxLength: least + 2 });
  }
  const fields = Object.entries(contract).map(([key, one]) => [key, meeting(one)]);
  return fc.record(Object.fromEntries(fields), { noNullPrototype: true });
}

/** One value that meets a contract, every list with an item. */
export function example(contract: Contract): unknown {
  if (isLeaf(contract)) return contract.accepted[0];
  if (isList(contract)) {
    return Array.from({ length: Math.max(1, contract.least) }, () => example(contract.item));
  }
  return Object.fromEntries(Object.entries(contract).map(([key, one]) => [key, example(one)]));
}

interface Change {
  /** Place of the value, as an error has it. */
  readonly path: string;
  /** The value that takes its place; a field is left out if it is undefined. */
  readonly value: unknown;
  readonly words?: readonly string[];
}

function* changes(contract: Contract, path: string, open: boolean): Generator<{
  readonly kept: boolean;
  readonly change: Change;
}> {
  if (isLeaf(contract)) {
    const { words } = contract;
    for (const value of contract.accepted) yield { kept: true, change: { path, value } };
    for (const value of contract.refused) yield { kept: false, change: { path, value, words } };
  } else if (isList(contract)) {
    const items = Array.from({ length: contract.least }, () => example(contract.item));
    yield { kept: true, change: { path, value: items } };
    if (items.length > 0) yield { kept: false, change: { path, value: items.slice(1) } };
    yield { kept: false, change: { path, value: {} } };
    yield* changes(contract.item, `${path}[0]`, open);
  } else {
    const whole = example(contract) as Record<string, unknown>;
    if (!open) yield { kept: false, change: { path, value: { ...whole, another: 1 } } };
    for (const value of [undefined, null, []]) yield { kept: false, change: { path, value } };
    for (const [key, one] of Object.entries(contract)) {
      yield* changes(one, path === "" ? key : `${path}.${key}`, open);
    }
  }
}

/** A copy with the value at a path replaced. */
function replaced(value: unknown, path: string, by: unknown): unknown {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  if (keys.length === 0) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  let at = copy;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  if (by === undefined) delete at[keys[keys.length - 1]];
  else at[keys[keys.length - 1]] = by;
  return copy;
}

/**
 * Asserts that a reader takes every value of a contract as it is, and names the place of everything else: a field left
 * out, one too many, of another kind, or beyond its range, and a list that is too short.
 *
 * @param contract Values to accept and to refuse.
 * @param read The reader; throws a {@link ResultMismatchError}.
 * @param open True if the reader leaves out fields that it does not know.
 */
export function assertKeeps(
  contract: Contract,
  read: (value: unknown) => unknown,
  { open = false, under = "" }: { readonly open?: boolean; readonly under?: string } = {},
): void {
  const whole = example(contract);
  for (const { kept, change: { path, value, words } } of changes(contract, "", open)) {
    const changed = replaced(whole, path, value);
    const shown = `${path}: ${JSON.stringify(value)}`;
    if (kept) {
      assert.deepEqual(read(changed), changed, shown);
      continue;
    }
    // A list without an item has none that can be left out.
    if (value === undefined && path.endsWith("]")) continue;
    const place = [under, path].filter((part) => part !== "").join(".") || "the top";
    assert.throws(() => read(changed), (error) => {
      assert(error instanceof ResultMismatchError, `${shown}: ${error}`);
      // The inside of a value without parts may be named as well.
      const inside = value instanceof Object && error.path.startsWith(`${place}`);
      assert(error.path === place || inside, `${shown}: refused at ${error.path}`);
      if (words) assert(error.message.includes(words.map((one) => `"${one}"`).join("|")), shown);
      return true;
    }, shown);
  }
  fc.assert(
    fc.property(meeting(contract), (value) => {
      const written = JSON.parse(JSON.stringify(value));
      assert.deepEqual(read(written), written);
    }),
    { numRuns: 20 },
  );
}

/** A reader that checks a value by a schema. */
export function schemaReader(payload: z.ZodType): (value: unknown) => unknown {
  return (value) => {
    const { success, data, error } = payload.safeParse(value, { reportInput: true });
    if (success) return data;
    throw mismatchOf("f.json", error);
  };
}
