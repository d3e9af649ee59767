/** Joins what `write` returns for 0 … count − 1, in one line. */
export function times(count: number, write: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => write(i)).join(" ");
}

/** Joins what `write` returns for 0 … count − 1, a line each. */
export function lines(count: number, write: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => write(i)).join("\n");
}
