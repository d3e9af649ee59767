import { arrayKind } from "./array_kind.ts";
import { describeValue } from "./describe_value.ts";
import { isNumeric } from "./host_values.ts";

/** Returns the error for a row that is not a list of numbers. */
export function notARow(row: unknown, index: number, name: string): TypeError {
  const code = spelled(name);
  const inner = isFlat(row) ? undefined : rowCode(row);
  const written = isFlat(row)
    ? `{ values: ${code}, shape: [n, d] }`
    : `${code}.map((row) => ${inner})`;
  return new TypeError(
    `Cannot read ${name}: its row ${index} is ${
      describeValue(row)
    }, an array of numbers is needed` +
      (isFlat(row) || inner ? `, write ${written}` : ""),
  );
}

/**
 * Returns the error for an entry that is not a number; `values` is the name of its list in the
 * caller's program.
 */
export function notANumber(
  entry: unknown,
  { row, column, name, values }: { row: number; column: number; name: string; values?: string },
): TypeError {
  return new TypeError(
    `Cannot read ${name}: in row ${row}, column ${column} is ${describeValue(entry)}, ` +
      `a number is needed${entryRemedy(entry, spelled(name), values)}`,
  );
}

/**
 * Returns the error for a value that is not a matrix, or whose values are not a list of numbers.
 */
export function notAMatrix(x: unknown, name: string): TypeError {
  const { values, shape, blocks } = Object(x) as Record<string, unknown>;
  const code = spelled(name);
  if (typeof blocks === "function") {
    return new TypeError(
      `Cannot read ${name}: it is a source of rows, a matrix is needed here`,
    );
  }
  if (values !== undefined && isNumeric(shape)) {
    const written = numbersCode(values, `${code}.values`);
    return new TypeError(
      `Cannot read ${name}: its values are ${
        describeValue(values)
      }, a typed array or an array of numbers ` +
        `is needed${written ? `, write ${written}` : ""}`,
    );
  }
  const written = matrixCode(x, code);
  return new TypeError(
    `Cannot read ${name}: ${
      describeValue(x)
    } was given, a tensor of shape [n, d], an array of rows or ` +
      `{ values, shape: [n, d] } is needed${written ? `, write ${written}` : ""}`,
  );
}

/** Returns the name of some data as it can appear in code. */
export function spelled(name: string): string {
  return /^[\w.]+$/.test(name) ? name : "x";
}

function isFlat(row: unknown): boolean {
  return typeof row === "number";
}

/** Returns code that makes numbers from a row; undefined if there is none. */
function rowCode(row: unknown): string | undefined {
  const isRecord = Object.prototype.toString.call(row) === "[object Object]";
  return numbersCode(row, "row") ?? (isRecord ? "Object.values(row)" : undefined);
}

/** Returns code that makes a matrix from a value that holds one in another form. */
function matrixCode(x: unknown, code: string): string | undefined {
  const { values, data, width, height } = Object(x) as Record<string, unknown>;
  if (isNumeric(x)) return `{ values: ${code}, shape: [n, d] }`;
  if (isNumeric(values)) return `{ values: ${code}.values, shape: [n, d] }`;
  if (isNumeric(data) && typeof width === "number" && typeof height === "number") {
    return `{ values: ${code}.data, shape: [${code}.width * ${code}.height, 4] }`;
  }
  if (isNumeric(data)) return `{ values: ${code}.data, shape: ${code}.shape }`;
  return numbersCode(x, code);
}

/** Returns code that makes a list of numbers from another value. */
export function numbersCode(values: unknown, code: string): string | undefined {
  const { then, [Symbol.iterator]: iterate } = Object(values) as {
    then?: unknown;
    [Symbol.iterator]?: unknown;
  };
  if (arrayKind(values) !== undefined) return `Float64Array.from(${code}, Number)`;
  const tag = Object.prototype.toString.call(values);
  if (/ArrayBuffer\]$/.test(tag)) return `new Float32Array(${code}) if it holds float32`;
  if (tag === "[object DataView]") return `new Float32Array(${code}.buffer) if it holds float32`;
  if (typeof then === "function") return `await ${code}`;
  return typeof values === "object" && typeof iterate === "function"
    ? `Array.from(${code})`
    : undefined;
}

function entryRemedy(entry: unknown, code: string, values?: string): string {
  if (entry === null || entry === undefined) {
    return ", NaN stands for a missing entry where a method takes them";
  }
  if (isNumeric(entry)) return values ? `, write ${values}.flat()` : "";
  if (typeof entry === "object" || typeof entry === "function" || typeof entry === "symbol") {
    return "";
  }
  return `, write ${
    values ? `Array.from(${values}, Number)` : `${code}.map((row) => Array.from(row, Number))`
  }`;
}
