import type { FillMethod } from "../result.ts";

const methods: Record<FillMethod, string> = {
  "column-mean": "column means",
  "column-median": "column medians",
  "complete-rows": "complete rows",
  "mean-imputation": "mean imputation",
  "median-imputation": "median imputation",
  "k-pod": "k-POD",
};

/** Texts of the page on cells without a value. */
export const words = {
  name: "Missing cells",
  asked: "Which cells have no value, and does it matter how they are filled?",
  description:
    "Where cells have no value, how well methods restore values that were hidden, and how their clusters differ.",
  question:
    "Which cells have no value, which columns miss values together, and what do methods make of that?",
  methods,
  method: (compared: string, clusters: string, seeds: string, share: string): string => `
Methods are compared on ${compared} rows, in the scale on which models work. k-means made ${clusters}
clusters: of the complete rows only, to which the others were then assigned; of all rows, with gaps filled
by the mean or the median of their column; and, as k-POD does, by distances over the cells that have a
value. It fills a cell with the mean of its cluster.

With each of ${seeds} seeds, ${share} of the cells that have a value were hidden, each with the same
chance; values that are missing for a reason may be harder to restore. The error is the root mean squared
difference between what a method fills in and what was hidden, in standard deviations of the column: the
mean of a column errs by about 1.

Intervals are Student's t over the seeds, at 95%, for this table: they do not say what other rows would
give. Methods face the same cells and starts, so differences are taken seed by seed.
`,
  fromClasses: "The number of clusters is that of the classes.",
  findingGaps: (share: string, complete: string, rows: string): string =>
    `${share} of the cells have no value; ${complete} of ${rows} rows have all of theirs.`,
  findingMost: (column: string, share: string): string =>
    `The column with the most gaps is ${column}: ${share} of its cells.`,
  findingTogether: (columns: string, rows: string): string =>
    `The columns that most often miss values together: ${columns} (rows: ${rows}).`,
  findingBest: (method: string, error: string, low: string, high: string): string =>
    `The smallest error on hidden values is that of ${method}: ${error} standard deviations (95% interval ${low} to ${high}).`,
  findingLevel: (methods: string): string => `No difference from that is shown for ${methods}.`,
  findingWorse: (method: string, error: string): string =>
    `The largest error is that of ${method}: ${error}.`,
  findingNotHidden: "No column has enough cells with a value to hide some of them.",
  findingFails: "The method of complete rows fails with some seed: too few rows are complete.",
  findingApart: (
    one: string,
    other: string,
    agreement: string,
    low: string,
    high: string,
  ): string =>
    `Clusters differ most between ${one} and ${other}: ARI ${agreement} (95% interval ${low} to ${high}), less than either has with itself between seeds.`,
  findingAlike: (agreement: string, low: string, high: string): string =>
    `Clusters are not shown to differ more between methods than between seeds of one method: lowest ARI ${agreement} (95% interval ${low} to ${high}).`,
  findingClasses: (method: string, ari: string, low: string, high: string): string =>
    `The highest agreement with the classes is that of the clusters of ${method}: ARI ${ari} (95% interval ${low} to ${high}).`,
  gapsTitle: "Where values are missing",
  columnsTitle: "By column",
  patternsTitle: "Columns that miss values together",
  patternsCaption: (shown: string, all: string): string =>
    `${shown} of ${all} patterns, those with the most rows first.`,
  fillsTitle: "How well hidden values are restored",
  errorTitle: "Error on hidden values",
  errorCaption: (hidden: string): string =>
    `Root mean squared error on ${hidden} hidden values, in standard deviations of the column: mean over the seeds and its 95% interval.`,
  errorAxis: "error, in standard deviations",
  groupsTitle: "How the clusters differ",
  agreementTitle: "Agreement of the clusters",
  agreementCaption:
    "ARI between the clusters of two methods, mean over the seeds; on the diagonal, of a method with itself, each seed against the next.",
  classesTitle: "Agreement with the classes",
  classesCaption: "ARI of the clusters with the classes: mean over the seeds and its 95% interval.",
  methodAxis: "method",
  columnsLabels: {
    column: "Column",
    missing: "No value",
    share: "Share",
    columns: "Columns",
    rows: "Rows",
    method: "Method",
    error: "Error",
    low: "95% from",
    high: "95% to",
    behind: "Behind the best",
    behindLow: "Behind, 95% from",
    behindHigh: "Behind, 95% to",
    fittedRows: "Rows fitted",
    ari: "ARI",
  },
  headline: (method: string, error: string): string =>
    `of the cells have no value; the smallest error on hidden values is that of ${method}, ${error} standard deviations`,
  headlineLevel: (methods: string): string => ` (no difference is shown from ${methods})`,
  headlineMeans: (error: string): string =>
    `of the cells have no value; no method is shown to restore hidden values better than column means, with an error of ${error} standard deviations`,
  headlineBare: "of the cells have no value",
  headlineInterval: (low: string, high: string): string =>
    `95% interval of the error ${low} to ${high}`,
  headlineCounted: "counted in the file",
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
