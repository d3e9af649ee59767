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
  title: "Missing cells",
  description:
    "Where cells have no value, how well methods give back cells that were hidden, and how their groups differ.",
  heading: "Cells without a value",
  question:
    "Which cells have no value, which columns lack them together, and what do methods make of them?",
  methods,
  method: (compared: string, clusters: string, seeds: string, share: string): string => `
Methods are compared on ${compared} rows, in the scale on which models work. k-means made ${clusters}
groups: of the complete rows only, to which the others were then assigned; of all rows, with gaps filled
by the mean or the median of their column; and, as k-POD does, by distances over the cells that have a
value. It fills a cell with the mean of its group.

With each of ${seeds} seeds, ${share} of the cells that have a value were hidden, each with the same
chance; cells that lack one for a reason may be harder. The error is the root mean squared difference of
what a method fills in from what was hidden, in standard deviations of the column: the mean of a column
errs by about 1.

Intervals are Student's over the seeds, at 95%, for this table: what other rows would give, they do not
say. Methods face the same cells and starts, so differences are taken seed by seed.
`,
  fromClasses: "The number of groups is that of the classes.",
  findingGaps: (share: string, complete: string, rows: string): string =>
    `${share} of the cells have no value; ${complete} of ${rows} rows have all of theirs.`,
  findingMost: (column: string, share: string): string =>
    `The column with most gaps is ${column}: ${share} of its cells.`,
  findingTogether: (columns: string, rows: string): string =>
    `The columns that most often lack cells together: ${columns} (rows: ${rows}).`,
  findingBest: (method: string, error: string, low: string, high: string): string =>
    `Hidden cells are given back best by ${method}, with an error of ${error} deviations (95% interval ${low} to ${high}).`,
  findingLevel: (methods: string): string => `No difference from it is shown for ${methods}.`,
  findingWorse: (method: string, error: string): string =>
    `Farthest off are the values of ${method}, with an error of ${error}.`,
  findingNotHidden: "No column has enough cells with a value to hide some of them.",
  findingFails: "The method of complete rows fails with some seed: too few rows are complete.",
  findingApart: (
    one: string,
    other: string,
    agreement: string,
    low: string,
    high: string,
  ): string =>
    `Groups differ most between ${one} and ${other}: ARI ${agreement} (95% interval ${low} to ${high}), less than that of either with itself over seeds.`,
  findingAlike: (agreement: string, low: string, high: string): string =>
    `Between methods groups are not shown to differ more than between seeds of one method: least ARI ${agreement} (95% interval ${low} to ${high}).`,
  findingClasses: (method: string, ari: string, low: string, high: string): string =>
    `The groups of ${method} agree best with the classes: ARI ${ari} (95% interval ${low} to ${high}).`,
  gapsTitle: "Where values are missing",
  columnsTitle: "By column",
  patternsTitle: "Columns that lack together",
  patternsCaption: (shown: string, all: string): string =>
    `${shown} of ${all} patterns, those of most rows first.`,
  fillsTitle: "How well hidden cells are given back",
  errorTitle: "Error on hidden cells",
  errorCaption: (hidden: string): string =>
    `Root mean squared error on ${hidden} hidden cells, in standard deviations of the column: mean over the seeds and its 95% interval.`,
  errorAxis: "error, in deviations",
  groupsTitle: "How the groups differ",
  agreementTitle: "Agreement of the groups",
  agreementCaption:
    "ARI between the groups of two methods, mean over the seeds; on the diagonal, of a method with itself, each seed and the next.",
  classesTitle: "Agreement with the classes",
  classesCaption: "ARI of the groups with the classes: mean over the seeds and its 95% interval.",
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
    `of the cells have no value; hidden ones are given back best by ${method}, with an error of ${error} deviations`,
  headlineMeans: (error: string): string =>
    `of the cells have no value; nothing is shown to give back hidden ones better than column means, with an error of ${error} deviations`,
  headlineBare: "of the cells have no value",
  headlineInterval: (low: string, high: string): string =>
    `95% interval of the error ${low} to ${high}`,
  headlineCounted: "counted in the file",
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
