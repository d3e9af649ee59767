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
  {
    file: "experiments/compare.ts",
    line: 'if (!runsSuffice(a.length, b.length, options)) return "open";',
    original: "runsSuffice(a.length, b.length, options)",
    replacement: "runsSuffice(b.length, a.length, options)",
    because: "the number of orders of n and m runs is the same for m and n",
  },
  {
    file: "experiments/kmeans_init/findings.ts",
    line:
      "open: runsSuffice(plus.length, random.length) ? t.findingPlusPlusOpen : t.findingPlusPlusFew,",
    original: "runsSuffice(plus.length, random.length)",
    replacement: "runsSuffice(random.length, plus.length)",
    because: "the number of orders of n and m runs is the same for m and n",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line:
      "if (!others.some((one) => runsSuffice(best.values.length, one.values.length, options))) {",
    original: "runsSuffice(best.values.length, one.values.length, options)",
    replacement: "runsSuffice(one.values.length, best.values.length, options)",
    because: "the number of orders of n and m runs is the same for m and n",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line: "const enough = runsSuffice(zero.values.length, centred.values.length, options);",
    original: "runsSuffice(zero.values.length, centred.values.length, options)",
    replacement: "runsSuffice(centred.values.length, zero.values.length, options)",
    because: "the number of orders of n and m runs is the same for m and n",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line: 'const differ = compareRuns(zero.values, centred.values, options) !== "open";',
    original: "compareRuns(zero.values, centred.values, options)",
    replacement: "compareRuns(centred.values, zero.values, options)",
    because: "numbers that differ do so whichever comes first",
  },
  {
    file: "experiments/gmm_ood/findings.ts",
    line: 'compareIntervals(outcome.testAccuracy.interval, best.testAccuracy.interval) === "open"',
    original: "compareIntervals(outcome.testAccuracy.interval, best.testAccuracy.interval)",
    replacement: "compareIntervals(best.testAccuracy.interval, outcome.testAccuracy.interval)",
    because: "numbers that differ do so whichever comes first",
  },
  {
    file: "experiments/ood_detectors/findings.ts",
    line: 'compareIntervals(interval, widestInterval(one, group)) === "open"',
    original: "compareIntervals(interval, widestInterval(one, group))",
    replacement: "compareIntervals(widestInterval(one, group), interval)",
    because: "numbers that differ do so whichever comes first",
  },
  {
    file: "experiments/ood_detectors/findings.ts",
    line: 'one !== lowest && compareIntervals(lowest.interval, one.interval) === "open"',
    original: "compareIntervals(lowest.interval, one.interval)",
    replacement: "compareIntervals(one.interval, lowest.interval)",
    because: "numbers that differ do so whichever comes first",
  },
  {
    file: "experiments/kmeans_clusters/findings.ts",
    line: "inertia.get(`${seed} ${clusters + step}`)",
    original: "clusters + step",
    replacement: "clusters - step",
    because: "a second difference is the same from either side",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line: "const chosen = [Math.min(...rates), middleRate(result), Math.max(...rates)];",
    original: "[Math.min(...rates), middleRate(result), Math.max(...rates)]",
    replacement: "[middleRate(result), Math.min(...rates), Math.max(...rates)]",
    because: "it is only asked what is among them",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line: "const chosen = [Math.min(...rates), middleRate(result), Math.max(...rates)];",
    original: "[Math.min(...rates), middleRate(result), Math.max(...rates)]",
    replacement: "[Math.min(...rates), Math.max(...rates), middleRate(result)]",
    because: "it is only asked what is among them",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line:
      'const measures = ["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"];',
    original: '["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"]',
    replacement: '["ari", "nmi", "nmiToComplete", "ariToComplete", "centroidError", "iterations"]',
    because: "all of them are compared, in any order",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line:
      'const measures = ["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"];',
    original: '["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"]',
    replacement: '["nmi", "nmiToComplete", "ari", "ariToComplete", "centroidError", "iterations"]',
    because: "all of them are compared, in any order",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line:
      'const measures = ["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"];',
    original: '["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"]',
    replacement: '["nmi", "ari", "ariToComplete", "nmiToComplete", "centroidError", "iterations"]',
    because: "all of them are compared, in any order",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line:
      'const measures = ["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"];',
    original: '["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"]',
    replacement: '["nmi", "ari", "nmiToComplete", "centroidError", "ariToComplete", "iterations"]',
    because: "all of them are compared, in any order",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line:
      'const measures = ["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"];',
    original: '["nmi", "ari", "nmiToComplete", "ariToComplete", "centroidError", "iterations"]',
    replacement: '["nmi", "ari", "nmiToComplete", "ariToComplete", "iterations", "centroidError"]',
    because: "all of them are compared, in any order",
  },
  {
    file: "experiments/kmeans_missing/findings.ts",
    line: 'const both = [elapsed(rate, "feature-mean-prior"), elapsed(rate, "mean-imputation")];',
    original: '[elapsed(rate, "feature-mean-prior"), elapsed(rate, "mean-imputation")]',
    replacement: '[elapsed(rate, "mean-imputation"), elapsed(rate, "feature-mean-prior")]',
    because: "only the larger and the smaller are asked for",
  },
  {
    file: "experiments/ood_detectors/standings.ts",
    line:
      'const nearSets: ReadonlySet<OodSetName> = new Set(["rotated", "blended", "held-out-classes"]);',
    original: '["rotated", "blended", "held-out-classes"]',
    replacement: '["blended", "rotated", "held-out-classes"]',
    because: "it is only asked what is among them",
  },
  {
    file: "experiments/ood_detectors/standings.ts",
    line:
      'const nearSets: ReadonlySet<OodSetName> = new Set(["rotated", "blended", "held-out-classes"]);',
    original: '["rotated", "blended", "held-out-classes"]',
    replacement: '["rotated", "held-out-classes", "blended"]',
    because: "it is only asked what is among them",
  },
];
