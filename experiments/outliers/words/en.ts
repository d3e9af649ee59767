/** Texts of the page on outliers. */
export const words = {
  name: "Outliers",
  asked: "Which rows do not belong?",
  description:
    "The rows that do not fit the density of the others, and the columns that make them odd.",
  question:
    "Which rows lie where the others hardly ever do, how many would by chance, and which columns make them odd?",
  method: (fitted: string, rate: string): string => `
A density was fitted to ${fitted} rows: Gaussian mixtures, weighted by the likelihood that they give to
rows that they were not fitted to. The score of a row is minus the logarithm of the density there, in
nats; the higher, the odder. No row took part in the density by which it is scored.

A p-value is the share of ordinary rows that chance makes as odd. It holds if ordinary rows follow the
fitted density: the scores of rows drawn from it were moved and stretched to the median and the 90th
percentile of the rows' own, and continued beyond their 99th percentile by an exponential tail, the
heavier the fewer rows tell how far to stretch. A file cannot be tested against itself without such an assumption. Discoveries keep the share of false ones at
${rate} on average (Benjamini and Hochberg), under that density: heavy tails count as outliers.
`,
  methodForeign: (compared: string): string => `
The rows of the other file took no part in the density. Their p-values are conformal: the share, among
${compared} rows of the table scored by a density that they took no part in, of those that are as odd.
They hold whatever the density.
`,
  methodFilled: (share: string): string => `
The ${share} of the cells that have no value count as the median of their column. That makes columns look
narrower than they are, and rows with values in them odder: the more cells are missing, the less p-values hold.
`,
  methodSpace: (components: string, share: string): string => `
There are many columns, so the density is one of ${components} principal components, with ${share} of the
variance, and of the distance from them. One half of the rows chose the components, the other half is
that of the density. A column is charged with half of the slope of the score along it, times its
distance from its mean.
`,
  findingNone: (rows: string, rate: string): string =>
    `Of ${rows} rows, none is a discovery at a false discovery rate of ${rate}.`,
  findingSome: (count: string, rows: string, rate: string, one: boolean): string =>
    `${count} of ${rows} rows ${
      one ? "is a discovery" : "are discoveries"
    } at a false discovery rate of ${rate}, under the fitted density.`,
  findingOddest: (row: string, chance: string): string =>
    `The oddest is ${row}; the number of rows as odd that chance gives is ${chance} on average.`,
  findingReason: (
    column: string,
    value: string,
    low: string,
    high: string,
    expected: string,
  ): string =>
    `It stands out most in ${column}: ${value}, where 90% of the rows have ${low} to ${high}, and ${expected} would be expected from its other columns.`,
  findingCharged: (column: string, value: string, low: string, high: string): string =>
    `It stands out most in ${column}: ${value}, where 90% of the rows have ${low} to ${high}.`,
  findingForeign: (count: string, rows: string, name: string, one: boolean, rate: string): string =>
    `${count} of ${rows} rows of ${name} ${
      one ? "is a discovery" : "are discoveries"
    } at a false discovery rate of ${rate}, by conformal p-values.`,
  findingNeeded: (compared: string, needed: string): string =>
    `With ${compared} rows to compare with, no fewer than ${needed} could be discoveries: a p-value is never below one in that many rows plus one.`,
  findingLess: (name: string, auroc: string, low: string, high: string): string =>
    `The rows of ${name} are less odd than those of the table: AUROC ${auroc} (95% interval ${low} to ${high}) is below 0.5, as for rows that the density was fitted to.`,
  findingApart: (name: string, auroc: string, low: string, high: string): string =>
    `The score tells the rows of ${name} from those of the table with an AUROC of ${auroc} (95% interval ${low} to ${high}).`,
  findingNotApart: (name: string, auroc: string, low: string, high: string): string =>
    `No difference is shown between the scores of ${name} and those of the table: AUROC ${auroc} (95% interval ${low} to ${high}) includes 0.5.`,
  rowNamed: (row: string): string => `row ${row}`,
  ownTitle: "The rows of the table",
  coverCaption:
    "Outlier scores of the rows beside those that chance gives: the farther to the right, the odder.",
  scoresTitle: "How odd the rows are",
  scoresCaption: (score: string, pValue: string): string =>
    `Scores of the rows, each by a density that it took no part in, beside those that chance gives: of rows drawn from the density, moved and stretched. The line marks the score from which rows are discoveries, ${score}, a p-value of ${pValue}.`,
  scoresAxis: "outlier score, in nats",
  shareAxis: "share of rows",
  threshold: "discoveries",
  rowsKey: "rows",
  drawsKey: "by chance",
  listedTitle: "The oddest rows",
  reasonsTitle: "What makes them odd",
  reasonsExplanation:
    "Values as they are in the file. A value may lie among those of other rows and still be odd beside the rest of its own.",
  picturesTitle: "What they look like",
  picturesCaption: "The oddest rows, in the order of the table.",
  pictureAlt: (row: string): string => `The image of ${row}`,
  pictureScore: (score: string): string => `score ${score}`,
  foreignTitle: "The rows of the other file",
  foreignScoresTitle: "Both files by their scores",
  foreignScoresCaption: "Scores of the rows of both files, none of which took part in the density.",
  foreignListedTitle: "The oddest rows of the other file",
  foreignReasonsTitle: "What makes those of the other file odd",
  foreignPicturesTitle: "What those of the other file look like",
  columnsLabels: {
    row: "Row, from 0",
    id: "Id",
    score: "Score",
    pValue: "p-value",
    byChance: "As odd by chance",
    discovery: "Discovery",
    column: "Column",
    value: "Value",
    expected: "Expected",
    low: "5%",
    median: "Median",
    high: "95%",
    nats: "Nats",
  },
  binColumns: { from: "From", to: "To", rows: (name: string): string => `Number: ${name}` },
  yes: "yes",
  no: "no",
  below: (bound: string): string => `< ${bound}`,
  headline: (rows: string, rate: string, one: boolean): string =>
    `of ${rows} rows found to be ${
      one ? "an outlier" : "outliers"
    }, at a false discovery rate of ${rate}`,
  headlineSure: (chance: string): string => `by chance, at most ${chance} on average`,
  headlineNone: "under the fitted density",
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
