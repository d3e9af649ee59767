/** Makes fresh arguments: the same numbers in new arrays. */
type Make<Args> = () => Args;

/** A call to be made twice: with arguments left alone, and with arguments overwritten as soon as it returns. */
export interface UndisturbedCase {
  /** Name of the function. */
  readonly name: string;
  /** Makes both calls and returns their results. */
  run(): Promise<{ disturbed: unknown; calm: unknown }>;
}

/**
 * Makes a case for a function that must read its arguments before it returns its promise.
 *
 * @param name Name of the function.
 * @param make Makes the arguments.
 * @param call Calls the function.
 */
export function called<Args extends object>(
  name: string,
  make: Make<Args>,
  call: (args: Args) => Promise<unknown>,
): UndisturbedCase {
  return {
    name,
    async run() {
      const calm = plain(await call(make()));
      const args = make();
      const pending = call(args);
      refill(args);
      return { disturbed: plain(await pending), calm };
    },
  };
}

/** Converts a result to a comparable value: models to JSON or bytes. */
export function plain(result: unknown): unknown {
  const { toJSON, toSafetensors } = Object(result) as {
    toJSON?: () => unknown;
    toSafetensors?: () => Uint8Array;
  };
  if (toJSON) return structuredClone(toJSON.call(result));
  if (toSafetensors) return toSafetensors.call(result);
  const { model } = Object(result) as { model?: unknown };
  return model ? plain(model) : structuredClone(result);
}

/** Overwrites every array and every option that can be reached. */
function refill(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (ArrayBuffer.isView(value)) {
    const numbers = value as Float64Array;
    for (let i = 0; i < numbers.length; i++) numbers[i] = 100 * Math.sin(i) ** 2;
    return;
  }
  const entries = value as Record<string, unknown>;
  for (const [name, entry] of Object.entries(entries)) {
    if (typeof entry === "object") refill(entry);
    else if (typeof entry === "number") entries[name] = NaN;
    else if (typeof entry === "string") entries[name] = "refilled";
    else if (typeof entry === "boolean") entries[name] = !entry;
  }
}
