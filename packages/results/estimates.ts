import type { Result } from "./envelope.ts";
import type { Interval } from "./intervals.ts";

/** A number of a result that carries its uncertainty. */
export interface Estimate {
  /**
   * Where it is in the payload: `byWeightDecay[0.01].testAccuracy`. Entries of lists are told by what they are about, so
   * that the same number has the same path in runs of other sizes.
   */
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

/** The fields that tell what an entry of a list is about. */
const identifying = [
  "classifier",
  "detector",
  "set",
  "normalization",
  "weightDecay",
  "components",
];

/** How the entries of a list are called; those that are about the same are numbered. */
function namesOf(entries: readonly unknown[]): string[] {
  const seen = new Map<string, number>();
  return entries.map((entry, at) => {
    const fields = Object(entry) as Readonly<Record<string, unknown>>;
    const name = identifying.flatMap((key) => Object.hasOwn(fields, key) ? [fields[key]] : []);
    if (name.length === 0) return String(at);
    const times = (seen.get(name.join(" ")) ?? 0) + 1;
    seen.set(name.join(" "), times);
    return [...name, ...times > 1 ? [`#${times}`] : []].join(" ");
  });
}

function collect(value: unknown, path: string, found: Estimate[]): void {
  if (typeof value !== "object" || value === null) return;
  const names = Array.isArray(value) ? namesOf(value) : undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  add(fields.value, fields.interval, path);
  add(fields.auroc, fields.aurocInterval, `${path}.auroc`.replace(/^\./, ""));
  for (const [key, inner] of Object.entries(fields)) {
    const step = names ? `[${names[Number(key)]}]` : path === "" ? key : `.${key}`;
    collect(inner, `${path}${step}`, found);
  }

  function add(number: unknown, interval: unknown, at: string): void {
    if (typeof number !== "number" || typeof interval !== "object" || interval === null) return;
    found.push({ path: at, value: number, interval: interval as Interval });
  }
}
