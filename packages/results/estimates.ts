import type { Interval } from "./intervals.ts";
import type { Result } from "./registry.ts";

/** A number of a result that carries its uncertainty. */
export interface Estimate {
  /** Where it is in the payload: `byWeightDecay[0].testAccuracy`. */
  readonly path: string;
  /** The number. */
  readonly value: number;
  /** Its confidence interval. */
  readonly interval: Interval;
}

/**
 * Every number of a result that carries a confidence interval: proportions and areas under curves.
 *
 * @param result A result.
 * @returns The numbers, in the order of the fields.
 */
export function estimatesOf(result: Result): readonly Estimate[] {
  const found: Estimate[] = [];
  collect(result.payload, "", found);
  return found;
}

function collect(value: unknown, path: string, found: Estimate[]): void {
  if (typeof value !== "object" || value === null) return;
  const fields = value as Readonly<Record<string, unknown>>;
  add(fields.value, fields.interval, path);
  add(fields.auroc, fields.aurocInterval, `${path}.auroc`.replace(/^\./, ""));
  for (const [key, inner] of Object.entries(fields)) {
    const step = Array.isArray(value) ? `[${key}]` : path === "" ? key : `.${key}`;
    collect(inner, `${path}${step}`, found);
  }

  function add(number: unknown, interval: unknown, at: string): void {
    if (typeof number !== "number" || typeof interval !== "object" || interval === null) return;
    found.push({ path: at, value: number, interval: interval as Interval });
  }
}
