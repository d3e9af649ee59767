import type { CheckName } from "../findings.ts";
import type { IdentifierSign } from "../result.ts";

/** Texts of the page on faults of a table. */
export const words = {
  name: "Audit",
  asked: "Which rows and columns look wrong?",
  description: "Labels, rows and columns of the table that look wrong, each with its evidence.",
  question:
    "Which labels look wrong, which rows are repeated, does the order of the rows matter, and which columns have drifted or are identifiers?",
  checks: {
    labels: "labels that look wrong",
    groups: "clusters in which the network fails",
    duplicates: "repeated rows",
    order: "an order of rows that matters",
    rareClasses: "rare classes",
    identifiers: "identifiers among the columns",
    emptyRows: "rows without any value",
    drift: "columns that differ in the second file",
  } satisfies Record<CheckName, string>,
  findingSuspects: (count: string, share: string): string =>
    `Labels that look wrong, as another one has a probability of at least 90%: ${count} (${share} of the rows).`,
  findingAccuracy: (
    accuracy: string,
    interval: string,
    right: string,
    rows: string,
    largest: string,
  ): string =>
    `Trained on other rows, a network predicts the label of a row in ${accuracy} of the cases (95% interval ${interval}; ${right} of ${rows}); the most frequent class has ${largest} of the rows.`,
  findingUnlearned:
    "That is not shown to be better than guessing, so no label is called wrong: the columns may not tell the classes apart.",
  findingGroups: (
    failing: string,
    clusters: string,
    label: string,
    failures: string,
    rows: string,
    elsewhere: string,
  ): string =>
    `Clusters in which the network is wrong more often than elsewhere: ${failing} of ${clusters}. The first is mostly of class ${label}, with ${failures} of ${rows} rows wrong (elsewhere ${elsewhere}).`,
  findingIdentical: (count: string, rows: string, relabelled: string): string =>
    `Rows that equal an earlier one: ${count} of ${rows} without gaps${relabelled}.`,
  findingNear: (count: string, relabelled: string): string =>
    `Pairs of rows that differ, but are far closer than is usual: ${count}${relabelled}.`,
  relabelled: (count: string): string => ` (with another label: ${count})`,
  findingOrder: (distance: string, expected: string, pValue: string): string =>
    `The order of the rows does not look random: those most like a row are ${distance} rows away from it on average, and would be ${expected} away in random order (p-value ${pValue}).`,
  findingSorted: "The rows of each class stand together in the file, which is one reason for that.",
  findingHalves: (names: string): string =>
    `Columns with another distribution in the second half of the file: ${names}.`,
  findingDrift: (file: string, moved: string, columns: string, names: string): string =>
    `Columns with another distribution in ${file}: ${moved} of ${columns}, namely ${names}.`,
  findingDriftMost: (file: string, moved: string, columns: string, names: string): string =>
    `Columns with another distribution in ${file}: ${moved} of ${columns}, most of all ${names}.`,
  findingRare: (names: string): string => `Classes with few rows: ${names}.`,
  nameAndRows: (name: string, rows: string): string => `class ${name} (rows: ${rows})`,
  more: (count: string): string => `${count} more`,
  findingIdentifiers: (names: string): string =>
    `Columns that look like an identifier or a time, which groups and densities should not use: ${names}.`,
  findingEmpty: (count: string, rows: string): string =>
    `Rows without any value: ${count} of ${rows}.`,
  findingClean: (checks: string): string => `Looked for and not found: ${checks}.`,
  findingNoLabels: "Labels were not checked: there are none, or no two classes have two rows each.",
  findingNoForeign: "No second file was given with which columns could be compared.",
  method: `
Each check stands on its own, and names rows and columns with its evidence; none changes the data.
The table says how each one works. A check that found nothing says so; that does not prove that there
is nothing to find.
`,
  checksTitle: "The checks",
  checkColumns: { check: "Looked for", found: "Found", method: "Method" },
  howTexts: {
    labels:
      "Confident learning: a row is suspect if it is as likely to belong to another class as the rows of that class are on average, and belongs to it with a probability of at least 90%, according to a network that was trained on other rows. Where classes overlap, a label that looks wrong may be right.",
    rareClasses: "Less than a tenth of the rows that each class would have if all had as many.",
    identifiers:
      "Values that only rise or only fall along the file, or whole numbers that never repeat although numbers drawn from their range would.",
    emptyRows: "No value in any column of numbers.",
  },
  howGroups: (clusters: string): string =>
    `Clusters by k-means, ${clusters} of them, and Fisher's exact test with Holm's correction: if the network fails equally often everywhere, the probability that any cluster is named is at most 5%.`,
  howNoGroups: "Needs labels and 40 rows.",
  howDuplicates: (rows: string, dimensions: string, usual: string): string =>
    `Equal rows among ${rows} without gaps, and pairs closer than a tenth of the usual distance, which in ${dimensions} dimensions is ${usual}, if the jump to the next distance is one that evenly spread rows would show with a probability of at most 5%, over all rows.`,
  howEqual: (rows: string, dimensions: string): string =>
    `Equal rows among ${rows} without gaps, in ${dimensions} dimensions; for pairs that are only near, 12 different rows are needed.`,
  howNoDuplicates: "Needs two rows without gaps.",
  howOrder: (rows: string, distance: string, expected: string, pValue: string): string =>
    `Mean distance in the file between each of ${rows} rows and the ten most like it, ${distance}, against ${expected} in random order; permutations of the order give the p-value ${pValue}.`,
  howNoOrder: "Needs 20 rows.",
  yes: "yes",
  no: "no",
  howDrift: (rows: string, foreignRows: string): string =>
    `The Kolmogorov–Smirnov test per column, ${rows} rows against ${foreignRows}, with Holm's correction: if no column differs, the probability that any is named is at most 5%.`,
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
  groupsTitle: "Clusters in which the network fails",
  groupColumns: {
    label: "Most frequent class",
    rows: "Rows",
    failures: "Wrong",
    share: "Share wrong",
    elsewhere: "Share wrong elsewhere",
    adjusted: "p-value, by Holm",
    apart: "Columns that differ most, with their means here and elsewhere",
    examples: "Some of the wrong rows, from 0",
  },
  columnMeans: (column: string, here: string, elsewhere: string): string =>
    `${column} ${here} (${elsewhere})`,
  rowAndId: (row: string, id: string): string => `${row} (${id})`,
  identicalTitle: "Rows that equal an earlier one",
  nearTitle: "Rows that are far closer than is usual",
  pairColumns: {
    first: "Earlier row, from 0",
    firstId: "Id of the earlier row",
    firstLabel: "Label of the earlier row",
    other: "Later row, from 0",
    otherId: "Id of the later row",
    otherLabel: "Label of the later row",
    apart: "Distance",
    adjusted: "p-value, by Holm",
  },
  nearImagesTitle: "The images of these pairs",
  nearImagesCaption: "Two images side by side are a pair; below each is its row.",
  orderTitle: "Columns that differ between the halves of the file",
  halvesColumns: {
    column: "Column",
    distance: "KS distance",
    adjusted: "p-value, by Holm",
    median: "Median in the first half",
    otherMedian: "Median in the second half",
  },
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
    otherMedian: "Median in the second file",
  },
  headline: (checks: string): string => `of ${checks} checks found something`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
