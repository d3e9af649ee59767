import { parseArgs } from "@std/cli/parse-args";

/** Flags of the server. */
export interface Flags {
  /** Folder of the report. */
  readonly out: string;
  /** Port to listen at, 0 for any that is free. */
  readonly port: number;
  /** True if the flags are to be explained instead. */
  readonly help: boolean;
}

/**
 * Reads the flags of a command line.
 *
 * @param args The command line.
 * @returns The flags, or their defaults.
 * @throws {TypeError} If a flag is unknown.
 * @throws {RangeError} If the value of one cannot be used.
 */
export function readFlags(args: readonly string[]): Flags {
  const { out, port, help } = parseArgs([...args], {
    string: ["out", "port"],
    boolean: ["help"],
    default: { out: "report", port: "8000" },
    unknown(arg) {
      throw new TypeError(`Unknown argument ${arg}: --help lists all flags`);
    },
  });
  if (out === "") throw new RangeError('Cannot use --out "": it must name a file or folder');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new RangeError(`Cannot listen at port ${port}: --port must be between 0 and 65535`);
  }
  return { out, port: Number(port), help };
}
