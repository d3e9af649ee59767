import type { omittedReasons } from "../result.ts";

/** Texts of the page on the table. */
export const words = {
  name: "Table",
  asked: "What is in the table?",
  description:
    "The columns, rows and classes of the table that was given, and what may cause trouble.",
  question:
    "Which columns are there, in what range and with how many gaps, which columns and rows are the same, and how many rows does each class have?",
  method: `
All numbers are computed from the cells as they stand in the file; cells without a value are left
out. Columns and rows count as copies if they are equal in every cell, where two cells without a
value are equal. A correlation is taken over the rows in which both columns have a value.
`,
  rowsText: (count: string, one: boolean): string => `${count} ${one ? "row" : "rows"}`,
  columnsText: (count: string, one: boolean): string => `${count} ${one ? "column" : "columns"}`,
  firstColumnsText: (count: string): string => `the first ${count} columns`,
  imagesText: (count: string, one: boolean): string => `${count} ${one ? "image" : "images"}`,
  findingSize: (name: string, rows: string, columns: string): string =>
    `${name}: ${rows}, ${columns} of numbers.`,
  findingImages: (name: string, images: string, width: string, height: string, colour: string) =>
    `${name}: ${images} of ${width} × ${height} pixels, ${colour}.`,
  colours: { grey: "in grey", colour: "in colour" },
  findingDrawn: (rows: string, all: string): string =>
    `Rows drawn from the file: ${rows} of ${all}.`,
  findingWhole: "Every cell has a value.",
  findingMissing: (share: string, columns: string, all: string): string =>
    `Cells without a value: ${share}, in ${columns} of ${all}.`,
  lessThan: (share: string): string => `less than ${share}`,
  findingConstant: (columns: string): string =>
    `Columns with a single value: ${columns}. They tell no rows apart.`,
  findingConstantPixels: (pixels: string): string =>
    `Pixels that are the same in every image: ${pixels}.`,
  findingCopied: (columns: string): string =>
    `Columns that are copies of an earlier one: ${columns}. With them, a full covariance matrix has no inverse.`,
  findingRepeated: (rows: string, share: string): string =>
    `Rows that equal an earlier one: ${rows} (${share}). Repeated rows make clusters look tighter, and tests more certain, than they are.`,
  findingRepeatedImages: (images: string, share: string): string =>
    `Images that equal an earlier one: ${images} (${share}). Repeated images make clusters look tighter, and tests more certain, than they are.`,
  findingDistinct: "No two rows are equal.",
  findingDistinctImages: "No two images are equal.",
  findingCorrelated: (
    columns: string,
    least: string,
    pairs: string,
    rows: string,
    strongest: string,
  ): string =>
    `Among ${columns}, pairs with a correlation of at least ${least} in absolute value: ${pairs}, over ${rows}; the strongest is ${strongest}. Such pairs make covariances hard to estimate.`,
  correlatedPair: (first: string, second: string, value: string): string =>
    `${first} with ${second} (${value})`,
  findingUncorrelated: (columns: string, least: string, rows: string): string =>
    `Among ${columns}, no two have a correlation of at least ${least} in absolute value, over ${rows}.`,
  findingOmitted: (columns: string): string =>
    `Columns left out because their cells are not numbers: ${columns}.`,
  findingClasses: (
    classes: string,
    smallest: string,
    smallestNames: string,
    largest: string,
    largestNames: string,
  ): string =>
    `Number of classes: ${classes}, from ${smallest} (${smallestNames}) to ${largest} (${largestNames}).`,
  findingClassesEqual: (classes: string, rows: string, one: boolean): string =>
    `Number of classes: ${classes}, ${one ? "with" : "each with"} ${rows}.`,
  classNamed: (name: string): string => `class ${name}`,
  classesText: (count: string): string => `${count} classes`,
  columnsTitle: "The columns",
  columnsIntro: (listed: string, all: string): string =>
    `These are the first ${listed} of ${all}; the table of quartiles covers all of them.`,
  columnsLabels: {
    name: "Column",
    missing: "No value",
    missingShare: "Share",
    distinct: "Distinct",
    min: "Smallest",
    mean: "Mean",
    max: "Largest",
    deviation: "Standard deviation",
  },
  histogramsTitle: "How the values are distributed",
  histogramsCaption: (bins: string): string =>
    `Cells of each column in ${bins} bins of equal width, from the smallest to the largest value; the highest bar of each is as high as the picture.`,
  histogramAlt: (name: string, low: string, high: string): string =>
    `Histogram of ${name}, from ${low} to ${high}`,
  bin: (number: string): string => `Bin ${number}`,
  spreadTitle: "All columns in summary",
  spreadCaption: "Quartiles over all columns: each number is that of one of them.",
  statistic: "Statistic",
  statistics: {
    missing: "Share without a value",
    mean: "Mean",
    deviation: "Standard deviation",
  },
  quartiles: {
    least: "The smallest",
    lower: "First quartile",
    middle: "Median",
    upper: "Third quartile",
    most: "The largest",
  },
  copiesTitle: "Columns that add nothing",
  copiesColumns: { name: "Column", what: "What it is" },
  isConstant: "the same in every row",
  isCopy: (of: string): string => `the same as ${of}`,
  repeatedTitle: "Rows that are equal",
  repeatedColumns: { rows: "Rows", first: "The first of them" },
  rowName: (row: string, id: string | null): string => id === null ? row : `${row} (${id})`,
  repeatedIntro: "Rows are numbered from 0, as in rows.csv; their ids are in parentheses.",
  correlationsTitle: "Strongly correlated columns",
  correlationsColumns: {
    first: "Column",
    second: "Other column",
    correlation: "Correlation",
    low: "95% from",
    high: "95% to",
    rows: "Rows",
  },
  omittedTitle: "Columns left out",
  omittedColumns: { name: "Column", reason: "Reason" },
  reasons: {
    text: "its cells are text",
    date: "its cells are dates",
    nested: "its cells are lists or objects",
    empty: "no cell has a value",
    identifier: "its whole numbers are too large for exact arithmetic",
  } satisfies Record<typeof omittedReasons[number], string>,
  someOf: (shown: string, all: string): string => `Shown here: ${shown} of ${all}.`,
  imagesTitle: "Some of the images",
  imagesCaption: "Images drawn at random, class by class where there are labels.",
  imagesAlt: (label: string): string => `Image of ${label}`,
  imageLabel: "an image",
  classesTitle: "The classes",
  classesCaption: "Number of rows of each class, the largest first.",
  classColumn: "Class",
  rowsColumn: "Rows",
  shareColumn: "Share of rows",
  classesX: "number of rows",
  headline: (isOneRow: boolean, columns: string, cells: string): string =>
    `${isOneRow ? "row" : "rows"} of ${columns}; cells without a value: ${cells}`,
  headlineImages: (isOne: boolean, width: string, height: string): string =>
    `${isOne ? "image" : "images"} of ${width} × ${height} pixels`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
