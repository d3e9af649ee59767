/**
 * The behaviour that all tasks share: one line on stderr instead of a stack trace, exit codes, Ctrl-C,
 * and the nearest name for a misspelt one.
 *
 * @module
 */
import { closest, distance } from "fastest-levenshtein";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { describeFileError } from "./file_errors.ts";

/** The error for a wrong command line: an unknown flag, a missing value, a name that does not exist. */
export class UsageError extends TypeError {
  /** The name of the class, to recognise the error without `instanceof`. */
  override readonly name = "UsageError";
}

/** The end of a task: its exit code and its last message. */
export interface Ending {
  /** Exit code: 0 for success, 1 for a failure, 2 for a wrong command line, 130 after Ctrl-C. */
  readonly code: number;
  /** Message for stderr. */
  readonly message: string;
}

/** Signals that end a task: Ctrl-C, and what supervisors and `kill` send, which Windows does not have. */
const endings: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM"];

/**
 * Runs a task's `main` with the command line and a signal that Ctrl-C aborts; ends the process if it
 * fails.
 *
 * An expected failure (a `TypeError`, `RangeError`, `SyntaxError`, an error of the file system or the
 * network) prints one line on stderr and exits with 1, a {@linkcode UsageError} with 2, and Ctrl-C or
 * SIGTERM, after `main` has cleaned up, with 130. Anything else is a bug and keeps its stack trace. A second
 * Ctrl-C does not wait for `main`.
 *
 * @param main The task; it should stop soon after `signal` aborts.
 */
export async function run(
  main: (args: string[], signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) Deno.exit(130);
    controller.abort(new DOMException("Interrupted", "AbortError"));
  };
  for (const name of endings) Deno.addSignalListener(name, interrupt);
  try {
    await main(Deno.args, controller.signal);
  } catch (error) {
    const { code, message } = ending(error, controller.signal.aborted);
    printError(message);
    Deno.exit(code);
  } finally {
    for (const name of endings) Deno.removeSignalListener(name, interrupt);
  }
}

/**
 * Returns the exit code and message for a task that failed.
 *
 * @param error The error that `main` threw.
 * @param interrupted True if Ctrl-C was pressed before.
 * @returns The exit code and the message: one line, unless the error is a bug.
 */
export function ending(error: unknown, interrupted: boolean): Ending {
  if (interrupted) return { code: 130, message: "Interrupted" };
  if (!(error instanceof Error)) return { code: 1, message: `error: ${String(error)}` };
  const ofFile = describeFileError(error);
  if (ofFile !== undefined) return { code: 1, message: `error: ${ofFile}` };
  if (!isExpected(error)) return { code: 1, message: error.stack ?? String(error) };
  const code = error instanceof UsageError ? 2 : 1;
  return { code, message: `error: ${error.message.replace(/\s*\n\s*/g, " ").trim()}` };
}

const expectedClasses: readonly (new (...args: never[]) => Error)[] = [
  TypeError,
  RangeError,
  SyntaxError,
  DOMException,
  ...Object.values(Deno.errors),
];

// The engine throws TypeErrors of its own for a mistake in the program; those need their stack.
const engineMessage =
  /^(Cannot (read|set) propert|Cannot destructure|Assignment to constant)|is not (a function|a constructor|iterable|async iterable)/;

function isExpected(error: Error): boolean {
  if (engineMessage.test(error.message)) return false;
  // Errors of node:fs are plain ones that carry the name of the system call.
  return "syscall" in error || expectedClasses.some((expected) => error instanceof expected);
}

/**
 * Parses a command line as `parseArgs` of `node:util` does in strict mode, with an error that names the
 * nearest flag.
 *
 * @param config The argument of `parseArgs`: `args`, `options`, `allowPositionals`.
 * @returns The result of `parseArgs`: `values` and `positionals`.
 * @throws {UsageError} If a flag is unknown, lacks a value, or has one that it does not take.
 */
export function readFlags<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const flag = /^Unknown option '(-[^']*)'/.exec(error.message)?.[1];
    if (flag === undefined) throw new UsageError(error.message, { cause: error });
    const flags = Object.keys(config.options ?? {}).map((name) => `--${name}`);
    throw unknownName("flag", flag, flags, { cause: error });
  }
}

/**
 * Parses the value of a flag that takes a whole number.
 *
 * @param text The value.
 * @param flag The flag, with its dashes, for the message.
 * @param range The smallest and the largest number allowed.
 * @returns The number.
 * @throws {UsageError} If `text` is no whole number in that range.
 */
export function readInteger(
  text: string,
  flag: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): number {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `between ${min} and ${max}`;
  throw new UsageError(`Cannot use ${flag} ${text}: it must be a whole number, ${range}`);
}

/**
 * Parses the value of a flag that takes a number.
 *
 * @param text The value, such as `1e-4`.
 * @param flag The flag, with its dashes, for the message.
 * @param range The smallest number allowed.
 * @returns The number.
 * @throws {UsageError} If `text` is no finite number in that range.
 */
export function readNumber(text: string, flag: string, { min }: { min: number }): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(value) && value >= min) return value;
  throw new UsageError(
    `Cannot use ${flag} ${JSON.stringify(text)}: it must be a number, ${min} or more`,
  );
}

/**
 * Checks the value of a flag that takes a path.
 *
 * @param text The value.
 * @param flag The flag, with its dashes, for the message.
 * @returns The path.
 * @throws {UsageError} If `text` is empty, as when a shell expands an unset variable, or cannot name a file.
 */
export function readPath(text: string, flag: string): string {
  if (text !== "" && !text.includes("\0")) return text;
  throw new UsageError(`Cannot use ${flag} ${JSON.stringify(text)}: it must name a file or folder`);
}

/**
 * Parses the value of a flag that takes the address of a folder on the web.
 *
 * @param text The value.
 * @param flag The flag, with its dashes, for the message.
 * @returns The address, with a slash at its end.
 * @throws {UsageError} If `text` is no address that begins with `http://` or `https://`, or has a query or an anchor.
 */
export function readFolderUrl(text: string, flag: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "") {
    return url.href.replace(/\/?$/, "/");
  }
  throw new UsageError(
    `Cannot use ${flag} ${
      JSON.stringify(text)
    }: it must be the address of a folder, such as https://example.org/report/`,
  );
}

/**
 * Checks that a word is one of the names that exist.
 *
 * @param kind The kind of name, such as "experiment" or "--profile", for the message.
 * @param word The word that the user typed.
 * @param names The names that exist.
 * @returns `word`, as one of `names`.
 * @throws {UsageError} If it is none of them; the message names the nearest and lists all.
 */
export function readName<Name extends string>(
  kind: string,
  word: string,
  names: readonly Name[],
): Name {
  const found = names.find((name) => name === word);
  if (found === undefined) throw unknownName(kind, word, names);
  return found;
}

function unknownName(
  kind: string,
  word: string,
  names: readonly string[],
  options?: ErrorOptions,
): UsageError {
  const nearest = suggest(word, names);
  const remedy = nearest === undefined ? "" : `did you mean ${nearest}? `;
  return new UsageError(
    `Unknown ${kind} ${word}: ${remedy}It can be ${names.join(", ")}`,
    options,
  );
}

/**
 * Finds the candidate nearest to a misspelt word, by edit distance.
 *
 * @param word The word that the user typed.
 * @param candidates The words that exist.
 * @returns The nearest candidate, or `undefined` if none is near enough to have been meant.
 */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const lower = word.toLowerCase();
  const nearest = closest(lower, candidates);
  const prefix = candidates.find((candidate) => lower.length >= 3 && candidate.startsWith(lower));
  const tolerated = Math.max(2, Math.floor(nearest.length / 3));
  return distance(lower, nearest) <= tolerated ? nearest : prefix;
}

/**
 * Prints a line on stdout: the output of the task.
 *
 * @param line The line, without its line break.
 */
export function print(line = ""): void {
  // deno-lint-ignore no-console -- the one place where tasks write to stdout
  console.log(printable(line));
}

/**
 * Prints a line on stderr: progress, warnings, errors.
 *
 * @param line The line, without its line break.
 */
export function printError(line: string): void {
  // deno-lint-ignore no-console -- the one place where tasks write to stderr
  console.error(printable(line));
}

/** Replaces control characters, which a terminal would obey: a message may quote a file or a server. */
function printable(line: string): string {
  return line.replace(/[^\P{Cc}\n\t]/gu, "\uFFFD");
}
