/** A description of an example. */
interface ExampleText {
  /** Its name. */
  readonly title: string;
  /** The data, in a sentence or two. */
  readonly about: string;
}

/** Texts of the gallery. */
export const gallery = {
  title: "Gallery",
  description: "Reports of data as people have them: a table, embeddings, a folder of pictures.",
  heading: "What does a report of one's own data look like?",
  question:
    "Each example is a file or a folder, and one command. These are the answers that its report gives.",
  none: "No example has been run yet. To run all of them:",
  data: (name: string, rows: string, columns: string): string =>
    `Data: ${name}. Rows: ${rows}, columns: ${columns}.`,
  open: (title: string): string => `Open the report: ${title}`,
  examples: {
    wine: {
      title: "A table",
      about:
        "Thirteen measurements of 178 wines from three cultivars, a data set of the UCI repository.",
    },
    embeddings: {
      title: "Embeddings",
      about:
        "Penultimate activations of a small network on digits that it was not trained on; the rows that do not belong are its activations on clothes.",
    },
    pictures: {
      title: "Pictures",
      about:
        "Small pictures of digits, in a folder per class; those that do not belong are of clothes.",
    },
  } as Readonly<Record<string, ExampleText>>,
};
