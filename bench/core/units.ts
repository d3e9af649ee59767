/**
 * A time with the digits it deserves.
 *
 * @param seconds The time.
 * @returns For example "31 ms".
 */
export function formatSeconds(seconds: number): string {
  if (seconds < 1e-3) return `${digits(seconds * 1e6)} µs`;
  if (seconds < 1) return `${digits(seconds * 1e3)} ms`;
  return `${digits(seconds)} s`;
}

/** Bytes in MB. */
export function formatBytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** A ratio with the digits it deserves, for example "10.3×". */
export function formatRatio(ratio: number): string {
  return `${digits(ratio)}×`;
}

/** Three significant digits, without an exponent. */
function digits(value: number): string {
  const decimals = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(decimals, 4));
}
