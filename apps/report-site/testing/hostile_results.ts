import { schemas } from "@mixtape/experiments";
import { checkResult, type Result } from "@mixtape/results";
import { exampleBenchmarks } from "./example_benchmarks.ts";

/** Text that has broken pages somewhere: markup, mathematics, formulas, controls, paths, lengths. */
export const hostileTexts: readonly string[] = [
  "$",
  "$\\frac{$ of `both` $x$",
  "$x_1$ and $$",
  "</title><script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "' onmouseover='alert(1)",
  "&amp;&lt;b&gt;",
  "]]><!--",
  "=HYPERLINK(1)",
  "-1+1|cmd",
  "@sum",
  "שלום עולם",
  "\u202Egnp.exe\u2066",
  "a\0b\x07c\x1b[31m",
  "\uFDD0\uFDD1\uFFFE",
  "half \uD83D of a pair",
  "😀👩‍👩‍👧🏳️‍🌈",
  "long ".repeat(400),
  "x".repeat(3000),
  "../../../../etc/passwd",
  "..\\..\\x%2e%2e%2f",
  "__proto__",
  "javascript:alert(1)",
  "line\nbreak\ttab\r\n",
  "\u2028\u2029\u200B",
  " ",
];

/**
 * Puts other text wherever a result may hold any text, the same for the same; for tests only.
 *
 * @param result A result.
 * @param texts The texts to insert, in turn.
 */
export function withTexts<One extends Result>(result: One, texts: readonly string[]): One {
  let changed = result;
  [...new Set(textsIn(result))].forEach((text, at) => {
    const candidate = replaced(changed, text, texts[at % texts.length]) as One;
    try {
      changed = checkResult(candidate, { file: "changed", schemas }) as One;
    } catch (error) {
      // Not every text is free: an identifier, a hash, a path.
      if (!(error instanceof SyntaxError)) throw error;
    }
  });
  return changed;
}

/** Benchmarks with other text where they may hold any; for tests only. */
export function benchmarksWithTexts(texts: readonly string[]): unknown {
  let changed: unknown = exampleBenchmarks;
  const kept = new Set(["seconds", ...textsIn(exampleBenchmarks).filter(isMoment)]);
  [...new Set(textsIn(exampleBenchmarks))].filter((text) => !kept.has(text))
    .forEach((text, at) => changed = replaced(changed, text, texts[at % texts.length]));
  return changed;
}

function isMoment(text: string): boolean {
  return /^\d{4}-/.test(text);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function replaced(value: unknown, from: string, to: string): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => replaced(item, from, to));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replaced(item, from, to)]),
  );
}
