/**
 * The check of options, as an entry point of its own for packages that do not need TensorFlow.js.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { givenOptions } from "@mixtape/tensor-utils/options";
 *
 * const names = { seed: true } as const;
 * assert.deepEqual(givenOptions({ seed: 3 }, names, "draw"), { seed: 3 });
 * ```
 *
 * @module
 */
import { closest } from "fastest-levenshtein";
import { throwIfAborted } from "./abort.ts";
import { describeValue } from "./describe_value.ts";

/** Names of all options of a function; the compiler requires each of them and allows no other. */
export type OptionNames<Options extends object> = { readonly [Name in keyof Options]-?: true };

/**
 * Checks the options of a public function: every name must be known, a callback (`on…`) must be a
 * function, and `signal` an `AbortSignal`. The range of other options is for their own checks.
 *
 * @example A slip of the pen
 * ```ts
 * import assert from "node:assert/strict";
 * import { givenOptions } from "@mixtape/tensor-utils";
 *
 * interface Options {
 *   readonly seed?: number;
 *   readonly tolerance?: number;
 * }
 * const names = { seed: true, tolerance: true } as const;
 * assert.deepEqual(givenOptions<Options>({ seed: 1, tolerance: undefined }, names, "fit"), { seed: 1 });
 *
 * const slip = JSON.parse('{ "tolerence": 0 }');
 * assert.throws(() => givenOptions<Options>(slip, names, "fit"), {
 *   message: "Cannot use the option tolerence: fit has none of that name, the nearest is tolerance",
 * });
 * ```
 *
 * @param options The options, as given by the caller; undefined stands for none.
 * @param names Names of all options.
 * @param of Name of the function in error messages.
 * @returns A copy without undefined options, so that later changes to the caller's object have no
 * effect.
 * @throws {TypeError} If `options` is not an object, has an unknown name, an option that is null, or
 * a signal or callback of another kind.
 */
export function givenOptions<Options extends object>(
  options: Options | undefined,
  names: OptionNames<Options>,
  of: string,
): Options {
  const given: Record<string, unknown> = {};
  if (options === undefined) return given as Options;
  if (
    typeof options !== "object" || options === null || Array.isArray(options) ||
    ArrayBuffer.isView(options)
  ) {
    throw new TypeError(
      `Cannot use the options of ${of}: ${
        describeValue(options)
      } was given, an object of options is needed, ` +
        `such as { ${Object.keys(names)[0]}: … }`,
    );
  }
  const entries = options as Record<string, unknown>;
  for (const name in entries) {
    if (!Object.hasOwn(names, name)) throw unknownOption(name, Object.keys(names), of);
    const value = entries[name];
    if (value === undefined) continue;
    if (value === null) throw nullOption(name);
    if (name === "signal") checkSignal(value);
    if (/^on[A-Z]/.test(name)) checkCallback(value, name);
    given[name] = value;
  }
  return given as Options;
}

/** Options of work that can be aborted and has no others. */
export interface Abortable {
  /** Aborts the work; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Checks the options of a public function that has no other than `signal`.
 *
 * @param options The options, as given by the caller; undefined stands for none.
 * @param of Name of the function in error messages.
 * @returns The signal, if one was given.
 * @throws {TypeError} As {@link givenOptions}.
 * @throws The signal's reason, if it was aborted.
 */
export function givenSignal(options: Abortable | undefined, of: string): AbortSignal | undefined {
  const { signal } = givenOptions<Abortable>(options, { signal: true }, of);
  throwIfAborted(signal);
  return signal;
}

function nullOption(name: string): TypeError {
  return new TypeError(
    `Cannot use ${name}: null was given, leave it out or give undefined for the default`,
  );
}

function unknownOption(name: string, names: readonly string[], of: string): TypeError {
  const known = names.length === 0 ? "it has none" : `the nearest is ${closest(name, names)}`;
  return new TypeError(`Cannot use the option ${name}: ${of} has none of that name, ${known}`);
}

/**
 * A signal of another realm, or of a library with its own class, is as good as one of this realm.
 */
function checkSignal(signal: unknown): void {
  const { aborted, throwIfAborted } = (signal ?? {}) as Partial<AbortSignal>;
  if (typeof aborted === "boolean" && typeof throwIfAborted === "function") return;
  const { signal: inner } = (signal ?? {}) as { signal?: unknown };
  throw new TypeError(
    `Cannot use signal: ${describeValue(signal)} was given, an AbortSignal is needed, ` +
      (inner === undefined ? `such as new AbortController().signal` : `pass its property signal`),
  );
}

function checkCallback(value: unknown, name: string): void {
  if (typeof value === "function") return;
  throw new TypeError(
    `Cannot use ${name}: ${describeValue(value)} was given, a function is needed`,
  );
}
