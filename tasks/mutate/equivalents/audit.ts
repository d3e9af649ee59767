import type { Equivalent } from "../find_equivalent.ts";

/** Mutants of the audit package that behave like the original. */
export const inAudit: readonly Equivalent[] = [
  ...[
    "let hash = 0;",
    "hash = Math.imul(hash ^ words[0], 0x9e3779b1);",
    "hash = Math.imul(hash ^ hash >>> 15 ^ words[1], 0x85ebca6b);",
    "return hash ^ hash >>> 13;",
  ].map((line) => ({
    file: "packages/audit/identical_rows.ts",
    line,
    because: "rows of one hash are compared by their values, so another hash only costs time",
  })),
  ...[
    "const off = values[i * d + j] - means[j];",
    "means[j] += off / (i + 1);",
    "variances[j] += off * (values[i * d + j] - means[j]);",
    "return [...variances.keys()].sort((a, b) => variances[b] - variances[a]);",
    "if (high[j] - low[j] > high[widest] - low[widest]) widest = j;",
  ].map((line) => ({
    file: "packages/audit/row_search.ts",
    line,
    because:
      "rows are found alike by columns in any order and by parts along any column, only later",
  })),
  {
    file: "packages/audit/row_search.ts",
    line: "if (middle <= j) high = j;",
    original: "middle <= j",
    replacement: "middle < j",
    because: "parts that are divided elsewhere are searched alike, only later",
  },
  {
    file: "packages/audit/row_search.ts",
    line: "const off = points[i] - points[j];",
    original: "points[i] - points[j]",
    replacement: "points[j] - points[i]",
    because: "the difference is squared",
  },
  {
    file: "packages/audit/kolmogorov_smirnov.ts",
    line: "for (let k = 1; k <= 9; k += 2) sum += Math.exp(-((k * Math.PI / t) ** 2) / 8);",
    original: "9",
    replacement: "10",
    because: "the sum is over odd numbers",
  },
  {
    file: "packages/audit/row_search.ts",
    line: "if (toLeft <= toRight) {",
    original: "toLeft <= toRight",
    because: "either half may be searched first",
  },
  ...[
    "for (let i = at, j = other * d; i < at + d && sum < limit; i++, j++) {",
    "for (let j = 0; j < bounded && sum < limit; j++) {",
  ].flatMap((line) =>
    ["true", "sum <= limit"].map((replacement) => ({
      file: "packages/audit/row_search.ts",
      line,
      original: "sum < limit",
      replacement,
      because: "a sum that has reached the limit does not fall again",
    }))
  ),
  ...[["if (value < low[j]) sum += (low[j] - value) ** 2;", "value < low[j]"], [
    "else if (value > high[j]) sum += (value - high[j]) ** 2;",
    "value > high[j]",
  ]].map(([line, original]) => ({
    file: "packages/audit/row_search.ts",
    line,
    original,
    replacement: "false",
    because: "a part that seems nearer is searched in vain, and nothing else changes",
  })),
  {
    file: "packages/audit/row_search.ts",
    line:
      "await partition(order, { start, end, middle }, (row) => points[row * d + widest], pace);",
    original: "row * d",
    because: "parts that are divided elsewhere are searched alike, only later",
  },
  {
    file: "packages/audit/column_drift.ts",
    line: "tests.push(await kolmogorovSmirnov(a, b, signal));",
    original: "kolmogorovSmirnov(a, b, signal)",
    because: "the test treats both samples alike",
  },
  {
    file: "packages/audit/failing_groups.ts",
    line: "const logFactorials = new Float64Array(n + 1);",
    original: "1",
    replacement: "2",
    because: "the number behind the last is not read",
  },
];
