/** Makes the arguments anew: the same numbers in arrays that nobody else has. */
type Make<Args> = () => Args;

/** A call that is made twice: with arguments left alone, and with arguments overwritten as soon as it returns. */
export interface UndisturbedCase {
  /** What is called. */
  readonly name: string;
  /** The results of both. */
  run(): Promise<{ disturbed: unknown; calm: unknown }>;
}

/**
 * A case of a function that is to read its arguments before it returns its promise.
 *
 * @param name What is called.
 * @param make Makes the arguments.
 * @param call Calls it.
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

/** What can be compared of a result: models as JSON or bytes. */
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
