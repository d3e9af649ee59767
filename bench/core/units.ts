/**
 * Formats a time with three significant digits.
 *
 * @param seconds The time in seconds.
 * @returns The text, such as "31.0 ms".
 */
export function formatSeconds(seconds: number): string {
  if (seconds < 1e-3) return `${digits(seconds * 1e6)} µs`;
  if (seconds < 1) return `${digits(seconds * 1e3)} ms`;
  return `${digits(seconds)} s`;
}

/** Formats a number of bytes in MB. */
export function formatBytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** Formats a ratio with three significant digits, such as "10.3×". */
export function formatRatio(ratio: number): string {
  return `${digits(ratio)}×`;
}

/** Formats a number with three significant digits, without an exponent. */
function digits(value: number): string {
  const decimals = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(decimals, 4));
}
