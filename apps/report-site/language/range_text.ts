import type { Interval } from "@mixtape/results";
import type { Format } from "./format.ts";

/** An interval of a number with three decimals: `0.951–0.973`. */
export function rangeText({ low, high }: Pick<Interval, "low" | "high">, format: Format): string {
  return `${format.decimal(low, 3)}–${format.decimal(high, 3)}`;
}
