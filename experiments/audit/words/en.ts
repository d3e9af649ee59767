import type { CheckName } from "../findings.ts";
import type { IdentifierSign } from "../result.ts";

/** Texts of the page on faults of a table. */
export const words = {
  name: "Audit",
  asked: "Which rows and columns look wrong?",
  title: "Audit",
  description: "Labels, rows and columns of the table that look wrong, each with its evidence.",
  heading: "Rows and columns that look wrong",
  question:
    "Which labels look wrong, which columns moved or are identifiers, and which rows are empty?",
  checks: {
    labels: "labels that look wrong",
    rareClasses: "rare classes",
    identifiers: "identifiers among the columns",
    emptyRows: "rows without any value",
    drift: "columns that differ in the second file",
  } satisfies Record<CheckName, string>,
  findingSuspects: (count: string, share: string): string =>
    `Labels that look wrong: ${count} (${share} of the rows).`,
  findingAccuracy: (
    accuracy: string,
    interval: string,
    right: string,
    rows: string,
    largest: string,
  ): string =>
    `A network that has not seen a row gives it the label that it has in ${accuracy} of the cases (95% interval ${interval}; ${right} of ${rows}); the most frequent class has ${largest} of the rows.`,
  findingUnlearned:
    "That is not shown to be better than guessing, so no label is called wrong: the columns may not tell the classes.",
  findingDrift: (file: string, moved: string, columns: string, names: string): string =>
    `Columns with another distribution in ${file}: ${moved} of ${columns}, namely ${names}.`,
  findingDriftMost: (file: string, moved: string, columns: string, names: string): string =>
    `Columns with another distribution in ${file}: ${moved} of ${columns}, most of all ${names}.`,
  findingRare: (names: string): string => `Classes with few rows: ${names}.`,
  nameAndRows: (name: string, rows: string): string => `${name} (${rows})`,
  more: (count: string): string => `${count} more`,
  findingIdentifiers: (names: string): string =>
    `Columns that look like an identifier or a time, which groups and densities should not use: ${names}.`,
  findingEmpty: (count: string, rows: string): string =>
    `Rows without any value: ${count} of ${rows}.`,
  findingClean: (checks: string): string => `Looked for and not found: ${checks}.`,
  findingNoLabels:
    "Labels were not looked at: there are none, or no two classes have two rows each.",
  findingNoForeign: "No second file was given with which columns could be compared.",
  method: `
Each check stands on its own, and names rows and columns with its evidence; none changes the data.
The table tells how each one looks. A check that found nothing says so: it is no proof that there is
nothing.
`,
  checksTitle: "The checks",
  checkColumns: { check: "Looked for", found: "Found", method: "Method" },
  howTexts: {
    labels:
      "Confident learning: a row is suspect if it is as likely to belong to another class as the rows of that class are on average, by a network that was trained on other rows.",
    rareClasses: "Less than a tenth of the rows that each class would have if all had as many.",
    identifiers:
      "Values that only rise or only fall along the file, or whole numbers that never repeat although numbers drawn from their range would.",
    emptyRows: "No value in any column of numbers.",
  },
  howDrift: (rows: string, foreignRows: string): string =>
    `The test of Kolmogorov and Smirnov per column, ${rows} rows against ${foreignRows}, with Holm's correction: if none differs, any is named with a probability of at most 5%.`,
  howNoDrift: "Needs a second file.",
  suspectsTitle: "Labels that look wrong",
  rowColumns: { number: "Row, from 0", id: "Id" },
  suspectColumns: {
    given: "Label given",
    likely: "Likelier label",
    givenProbability: "Probability of the label given",
    likelyProbability: "Probability of the likelier label",
  },
  suspectImagesTitle: "The images with these labels",
  suspectImagesCaption: "Below each image its row, the label given, and the likelier label.",
  imageAlt: (label: string): string => `image, ${label}`,
  imageRow: (row: string): string => `row ${row}`,
  imageLabels: (given: string, likely: string): string => `${given}, not ${likely}?`,
  identifiersTitle: "Columns that look like identifiers",
  identifierColumns: { column: "Column", sign: "Sign" },
  signs: {
    ascending: "values rise along the file",
    descending: "values fall along the file",
    "never-repeated": "whole numbers that never repeat",
  } satisfies Record<IdentifierSign, string>,
  rareTitle: "Rare classes",
  rareColumns: { name: "Class", rows: "Rows" },
  emptyTitle: "Rows without any value",
  driftTitle: "Columns that differ in the second file",
  driftColumns: {
    column: "Column",
    distance: "KS distance",
    adjusted: "p-value, by Holm",
    median: "Median here",
    foreignMedian: "Median in the second file",
  },
  headline: (checks: string): string => `of ${checks} checks found something`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
