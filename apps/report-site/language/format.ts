import type { Interval } from "@mixtape/results";
import type { Language } from "./language.ts";

/** The formats of numbers, dates and lists in a language. */
export interface Format {
  /** A whole number: `60,000`. */
  count(value: number): string;
  /** True where a noun is in the singular beside this whole number: `1 row`, but `0 rows` in English only. */
  isSingular(value: number): boolean;
  /** A number with a fixed number of decimals: `0.98`. */
  decimal(value: number, digits?: number): string;
  /** A number with so many significant digits, in powers of ten if large or small. */
  significant(value: number, digits?: number): string;
  /** A power of ten by which to divide values for an axis, and how it is written: `× 10¹⁰`. */
  powerOfTen(values: readonly number[]): { readonly divisor: number; readonly text: string };
  /** A share in per cent: `97.2%`. */
  percent(share: number, digits?: number): string;
  /** A share in per cent on an axis; `digits` are those of the share. */
  percentTick(share: number, digits: number): string;
  /** A confidence interval of a share: `96.9–97.5%`. */
  percentInterval(interval: Interval, digits?: number): string;
  /** A time span: `2 min 5 s`. */
  duration(milliseconds: number): string;
  /** A moment in UTC. */
  moment(iso: string): string;
  /** A moment in UTC to the second, the same in every language: `2026-01-02 03:04:05`. */
  stamp(iso: string): string;
  /** Words joined: `a, b and c`. */
  list(words: readonly string[]): string;
  /** A weight: `0`, `0.01`, `10⁻⁴`, `2.5 × 10⁻⁴`. */
  weight(value: number): string;
}

/** Making the formats of a language takes as long as a page of numbers. */
const made = new Map<Language, Format>();

/** The formats of numbers, dates and lists in `language`. */
export function formatFor(language: Language): Format {
  const format = made.get(language) ?? makeFormat(language);
  made.set(language, format);
  return format;
}

function makeFormat(language: Language): Format {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const plain = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const plural = new Intl.PluralRules(language);
  const words = new Intl.ListFormat(language, { type: "conjunction" });
  const moments = new Intl.DateTimeFormat(language, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  });
  const decimals = eachOnce((digits) => new Intl.NumberFormat(language, fraction(digits)));
  const decimal = (value: number, digits = 2): string =>
    minus(decimals(digits).format(noNegativeZero(value, digits)));
  const percent = (share: number, digits = 1): string => `${decimal(share * 100, digits)}%`;
  const significant = (value: number, digits = 3): string => {
    if (value === 0) return "0";
    // That of the rounded value: 9.996 is written 10.0.
    const magnitude = Number(value.toExponential(digits - 1).split("e")[1]);
    if (Math.abs(value) >= 1e6 || magnitude < -3) {
      const mantissa = decimal(value / 10 ** magnitude, digits - 1);
      return `${mantissa} × 10${superscript(magnitude)}`;
    }
    return decimal(value, Math.max(0, digits - 1 - magnitude));
  };
  const powerOfTen = (values: readonly number[]) => {
    const exponent = Math.floor(Math.log10(Math.max(...values.map(Math.abs), 1)));
    return exponent < 5
      ? { divisor: 1, text: "" }
      : { divisor: 10 ** exponent, text: `× 10${superscript(exponent)}` };
  };
  return {
    powerOfTen,
    count: (value) => minus(whole.format(value)),
    isSingular: (value) => plural.select(value) === "one",
    decimal,
    significant,
    percent,
    percentTick: (share, digits) => percent(share, Math.max(0, digits - 2)),
    percentInterval: ({ low, high }, digits = 1) =>
      `${decimal(low * 100, digits)}–${percent(high, digits)}`,
    duration: (milliseconds) => duration(milliseconds, decimal),
    moment: (iso) => `${moments.format(new Date(iso)).replaceAll("\u202f", " ")} UTC`,
    stamp: (iso) => new Date(iso).toISOString().slice(0, 19).replace("T", " "),
    list: (items) => words.format(items),
    weight: (value) => {
      if (value <= 0 || value >= 0.001) return plain.format(value);
      const exponent = Math.round(Math.log10(value));
      const isPower = Math.abs(value / 10 ** exponent - 1) < 1e-9;
      return isPower ? `10${superscript(exponent)}` : significant(value, 2);
    },
  };
}

function fraction(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

/** Making a formatter takes far longer than formatting, and a page has thousands of numbers. */
function eachOnce(make: (digits: number) => Intl.NumberFormat): typeof make {
  const made = new Map<number, Intl.NumberFormat>();
  return (digits) => {
    const format = made.get(digits) ?? make(digits);
    made.set(digits, format);
    return format;
  };
}

function noNegativeZero(value: number, digits: number): number {
  return Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value;
}

function minus(text: string): string {
  return text.replace("-", "−");
}

function superscript(exponent: number): string {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const text = String(Math.round(Math.abs(exponent)));
  return (exponent < 0 ? "⁻" : "") + [...text].map((digit) => digits[Number(digit)]).join("");
}

function duration(
  milliseconds: number,
  decimal: (value: number, digits: number) => string,
): string {
  if (milliseconds < 0.995) return `${decimal(milliseconds, 2)} ms`;
  if (milliseconds < 999.5) return `${decimal(milliseconds, 0)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${decimal(seconds, 1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
  return `${Math.floor(rounded / 3600)} h ${Math.floor((rounded % 3600) / 60)} min`;
}
