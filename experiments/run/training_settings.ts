/** The rows and batches that networks are trained with, by profile, and on the embedded sample. */
export const training = {
  quick: { trainRows: 20000, testRows: 5000, batchSize: 256, epochs: 4 },
  full: { trainRows: null, testRows: null, batchSize: 1024, epochs: 20 },
  sample: { trainRows: null, testRows: null, batchSize: 32, epochs: 30 },
};

/** The numbers of components that mixtures are tried with, by profile. */
export const componentCounts = {
  quick: [1, 2, 5, 10],
  full: Array.from({ length: 20 }, (_, i) => i + 1),
};
