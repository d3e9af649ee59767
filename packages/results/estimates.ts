import type { Result } from "./envelope.ts";
import type { Interval } from "./intervals.ts";

/** A number in a result that has a confidence interval. */
export interface Estimate {
  /**
   * Path in the payload, such as `byWeightDecay[0.01].testAccuracy`. Entries of lists are named by what identifies them
   * (a weight decay, a detector) where they have such a field, so that a number keeps its path in runs of other sizes.
   */
  readonly path: string;
  /** The number. */
  readonly value: number;
  /** Its confidence interval. */
  readonly interval: Interval;
}

/**
 * Lists every number of a result that has a confidence interval: proportions and areas under ROC curves.
 *
 * @param result A result.
 * @returns The numbers, in the order of the fields.
 */
export function estimatesOf(result: Result): readonly Estimate[] {
  const found: Estimate[] = [];
  collect(result.payload, "", found);
  return found;
}

/** The fields that identify an entry of a list. */
const identifying = [
  "classifier",
  "detector",
  "set",
  "normalization",
  "weightDecay",
  "components",
];

/** Names for the entries of a list; entries with the same name are numbered. */
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
