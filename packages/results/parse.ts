import type { z } from "zod";
import type { Result } from "./envelope.ts";
import { type PayloadSchemas, resultSchema } from "./schemas.ts";

/** The origin of a text to parse. */
export interface FileOrigin {
  /** Path of the file, to be named in errors. */
  readonly file: string;
}

/** The origin of a result, and the schemas of the payloads that it may have. */
export interface ResultOrigin extends FileOrigin {
  /** Schemas of the known payloads, by the name of the experiment. */
  readonly schemas: PayloadSchemas;
}

/** The error for a file that does not conform to its schema. */
export class ResultMismatchError extends SyntaxError {
  /** Path of the file. */
  readonly file: string;
  /** Path of the value in the file, such as `payload.runs[3].inertia`. */
  readonly path: string;
  /** The value that the schema expects there. */
  readonly expected: string;
  /** The name of the class. */
  override readonly name = "ResultMismatchError";

  /**
   * Makes an error that names a place in the file.
   *
   * @param file Path of the file.
   * @param path Path of the value in the file, such as `payload.runs[3].inertia`.
   * @param expected The value that the schema expects there, as a clause: `expected a number`.
   */
  constructor(file: string, path: string, expected: string) {
    super(`Cannot read ${file}: at ${path}, ${expected}`);
    this.file = file;
    this.path = path;
    this.expected = expected;
  }
}

/**
 * Parses a result.
 *
 * @param json Text of the file.
 * @param origin The file, to be named in errors, and the schemas to check against.
 * @returns The result, checked; its field `experiment` names its payload.
 * @throws {ResultMismatchError} If the text is JSON that does not conform; the message has the file, the
 * path in it and what was expected there.
 * @throws {SyntaxError} If the text is not JSON.
 */
export function parseResult(json: string, origin: ResultOrigin): Result {
  return checkResult(jsonValue(json, origin.file), origin);
}

/** Parses a text whose schema does not depend on what it says. */
export function checkText<T>(json: string, schema: z.ZodType<T>, file: string): T {
  const parsed = schema.safeParse(jsonValue(json, file), { reportInput: true });
  if (parsed.success) return parsed.data;
  throw mismatchOf(file, parsed.error);
}

function jsonValue(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new SyntaxError(`Cannot read ${file}: not JSON, ${(error as SyntaxError).message}`);
  }
}

/**
 * Checks a value against the schema of the experiment that it names, for example before writing it.
 *
 * @param value The value to check.
 * @param origin The file, to be named in errors, and the schemas to check against.
 * @returns The same value, typed.
 * @throws {ResultMismatchError} If the value does not conform.
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

/** Makes the error that names the first place that does not conform to a schema. */
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
