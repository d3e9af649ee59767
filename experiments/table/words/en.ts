/** Texts of the page on the table. */
export const words = {
  name: "Table",
  asked: "What is in the table?",
  title: "Table",
  description: "The columns and classes of the table that was given.",
  heading: "What is in the table",
  question:
    "Which columns are there, in what range, with how many gaps, and how many rows of each class?",
  method: `
Numbers are those of the cells as they are in the file; cells without a value are left out of each.
`,
  findingSize: (name: string, rows: string, columns: string): string =>
    `${name} has ${rows} rows and ${columns} columns of numbers.`,
  findingWhole: "Every cell has a value.",
  findingMissing: (share: string): string => `${share} of the cells have no value.`,
  columnsTitle: "The columns",
  columnsLabels: {
    name: "Column",
    missing: "No value",
    min: "Smallest",
    mean: "Mean",
    max: "Largest",
    deviation: "Standard deviation",
  },
  classesTitle: "The classes",
  classColumn: "Class",
  rowsColumn: "Rows",
  headline: (columns: string, missing: string): string =>
    `rows of ${columns} columns; ${missing} cells have no value`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
