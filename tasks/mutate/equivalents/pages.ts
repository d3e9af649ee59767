import type { Equivalent } from "../find_equivalent.ts";

/** Mutants of experiments and the site that behave like the original. */
export const inPages: readonly Equivalent[] = [
  {
    file: "apps/report-site/components/charts/line_chart.tsx",
    line: "const heights = points.flatMap((point) => [point.y, point.low, point.high])",
    original: "[point.y, point.low, point.high]",
    replacement: "[point.low, point.y, point.high]",
    because: "a scale reaches from the smallest to the largest of its values, in any order",
  },
  {
    file: "apps/report-site/components/charts/line_chart.tsx",
    line: "const heights = points.flatMap((point) => [point.y, point.low, point.high])",
    original: "[point.y, point.low, point.high]",
    replacement: "[point.y, point.high, point.low]",
    because: "a scale reaches from the smallest to the largest of its values, in any order",
  },
  {
    file: "apps/report-site/components/charts/matrix_chart.tsx",
    line: 'class={`cell${outlined ? " outlined" : ""}${shade < 0 ? " opposite" : ""}`}',
    original: '`cell${outlined ? " outlined" : ""}${shade < 0 ? " opposite" : ""}`',
    replacement: '`cell${shade < 0 ? " opposite" : ""}${outlined ? " outlined" : ""}`',
    because: "the order of an element's classes does not matter",
  },
  {
    file: "experiments/ood_collapse/run/neural_collapse.ts",
    line: "centred.slice(i + 1).map((b, j) => dot(a, b) / (lengths[i] * lengths[i + 1 + j] || 1))",
    original: "dot(a, b)",
    replacement: "dot(b, a)",
    because: "a scalar product is the same in either order",
  },
  {
    file: "experiments/ood_collapse/run/neural_collapse.ts",
    line: "projection += vectors[e * d + j] * (values[row * d + j] - mean[j]);",
    original: "values[row * d + j] - mean[j]",
    replacement: "mean[j] - values[row * d + j]",
    because: "the projection is squared",
  },
  ...[
    "let hash = 2166136261;",
    "hash = Math.imul(hash ^ words[0], 16777619);",
    "hash = Math.imul(hash ^ words[1] ^ hash >>> 15, 16777619);",
  ].map((line) => ({
    file: "experiments/table/run/find_copies.ts",
    line,
    because: "items of one hash are compared cell by cell, so another hash only costs time",
  })),
];
