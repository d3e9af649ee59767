import type { z } from "zod";
import type { Result } from "./envelope.ts";
import { type PayloadSchemas, resultSchema } from "./schemas.ts";

/** Source of what is read. */
export interface FileOrigin {
  /** File to name in an error. */
  readonly file: string;
}

/** Source of a result, and the payloads that it may have. */
export interface ResultOrigin extends FileOrigin {
  /** Payloads that are known, by the experiment that writes them. */
  readonly schemas: PayloadSchemas;
}

/** A result that is not what the schema says: where, and what was expected. */
export class ResultMismatchError extends SyntaxError {
  /** File that was read. */
  readonly file: string;
  /** Path of the value in the file: `payload.runs[3].inertia`. */
  readonly path: string;
  /** What the schema expects there. */
  readonly expected: string;
  /** `ResultMismatchError`. */
  override readonly name = "ResultMismatchError";

  /**
   * An error that names the place in the file.
   *
   * @param file File that was read.
   * @param path Path of the value in the file: `payload.runs[3].inertia`.
   * @param expected What the schema expects there.
   */
  constructor(file: string, path: string, expected: string) {
    super(`Cannot read ${file}: at ${path}, ${expected}`);
    this.file = file;
    this.path = path;
    this.expected = expected;
  }
}

/**
 * Reads the text of a result.
 *
 * @param json Text of the file.
 * @param origin Names the file in errors, and the payloads to check against.
 * @returns The result, checked; `experiment` tells which one it is.
 * @throws {ResultMismatchError} If the text is JSON of another shape; the message has the file, the
 * path in it and what was expected.
 * @throws {SyntaxError} If the text is not JSON.
 */
export function parseResult(json: string, origin: ResultOrigin): Result {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new SyntaxError(
      `Cannot read ${origin.file}: not JSON, ${(error as SyntaxError).message}`,
    );
  }
  return checkResult(value, origin);
}

/**
 * Checks a value against the schema of the experiment that it names, as before writing it.
 *
 * @param value What to check.
 * @param origin Names the file in errors, and the payloads to check against.
 * @returns The same value, typed.
 * @throws {ResultMismatchError} If it does not conform.
 */
export function checkResult(value: unknown, { file, schemas }: ResultOrigin): Result {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ResultMismatchError(file, "the top", "expected an object");
  }
  const id = (value as { experiment?: unknown }).experiment;
  if (typeof id !== "string" || !Object.hasOwn(schemas, id)) {
    const known = Object.keys(schemas).join(", ");
    const expected = `expected one of ${known}, got ${JSON.stringify(id)}`;
    throw new ResultMismatchError(file, "experiment", expected);
  }
  const parsed = resultSchema(id, schemas[id]).safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw mismatchOf(file, parsed.error);
}

/** The error that tells the first thing that is not what a schema says. */
export function mismatchOf(file: string, { issues: [issue] }: z.ZodError): ResultMismatchError {
  return new ResultMismatchError(file, pathText(issue.path), expectedText(issue));
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the top";
  const steps = path.map((key) => typeof key === "number" ? `[${key}]` : `.${String(key)}`);
  return steps.join("").replace(/^\./, "");
}

function expectedText(issue: z.core.$ZodIssue): string {
  const said = issue.message.replace(/^Invalid[^:]*: /, "");
  const expected = said.charAt(0).toLowerCase() + said.slice(1);
  if (issue.input === undefined) return `${expected}, got nothing`;
  return typeof issue.input === "object"
    ? expected
    : `${expected}, got ${JSON.stringify(issue.input)}`;
}
