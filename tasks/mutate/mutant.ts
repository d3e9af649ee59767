/** One change of one place in a source file, small enough that a test should notice it. */
export interface Mutant {
  /** Path of the file from the root of the workspace. */
  readonly file: string;
  /** Offset of the first character that is replaced. */
  readonly start: number;
  /** Offset behind the last character that is replaced. */
  readonly end: number;
  /** Line of the first character, from 1. */
  readonly line: number;
  /** Name of the kind of change, such as `EqualityOperator`. */
  readonly operator: string;
  /** Text that is replaced. */
  readonly original: string;
  /** Text that replaces it. */
  readonly replacement: string;
}

/** Name of a mutant that is the same in every run over the same text. */
export function mutantKey({ file, start, end, operator, replacement }: Mutant): string {
  return [file, start, end, operator, replacement].join("\0");
}

/** Returns the text of a file with the change of a mutant. */
export function applyMutant(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
