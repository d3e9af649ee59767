/** Texts of the page on the data. */
export const words = {
  name: "Data",
  asked: "What do the data look like?",
  description: "The images that the experiments run on: samples, class means and class counts.",
  question:
    "Which images does everything else run on, how many of each class are there, and what does an average one look like?",
  findingCounts: (
    name: string,
    rows: string,
    shape: string,
    classes: string,
  ): string => `${name} has ${rows} images of ${shape} pixels in ${classes} classes.`,
  findingBalance: (
    name: string,
    least: string,
    leastNames: string,
    most: string,
    mostNames: string,
  ): string =>
    `The classes of ${name} have from ${least} (${leastNames}) to ${most} images (${mostNames}).`,
  classNamed: (name: string): string => `class ${name}`,
  findingBalanced: (name: string, count: string): string =>
    `In ${name}, every class has the same number of images (${count}).`,
  findingDensity: (name: string, share: string): string =>
    `${share} of the pixels of ${name} are not black.`,
  method: `
The files were checked against the SHA-256 of the manifest and read as they are: no scaling, no
augmentation.

A class mean is the pixel-wise average of the training images of a class (of the test images where
a set has no others). It is the best single image of a class in the sense of squared distance, and
one of the three starts of k-means.
`,
  samplesTitle: (name: string): string => `Nine images of ${name}`,
  samplesCaption: "The first nine images of the set, as they are stored.",
  samplesAlt: (name: string, classes: string): string =>
    `Nine small grey images from ${name}, whose classes are ${classes}.`,
  meansTitle: (name: string): string => `The average image of each class of ${name}`,
  meansCaption: "A sharp mean says that the images of a class resemble each other pixel by pixel.",
  meansAlt: (label: string): string => `Average image of class ${label}`,
  countsTitle: (name: string): string => `How many images of each class ${name} has`,
  countsCaption: "Images by class, in each of the splits that were read.",
  countsAxis: "images",
  classColumn: "Class",
  splits: { train: "training", test: "test" },
  headline: (rows: string, classes: string): string =>
    `training images in ${classes} classes; ${rows} more to test on`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
