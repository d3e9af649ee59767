import type { TryItKind } from "@mixtape/results";

/** Texts of the page on which readers try the models. */
export const tryIt = {
  title: "Try it",
  description:
    "Draw something: the classifier, the detector and the clusters of this run judge it in the page.",
  heading: "Draw something. Does it belong?",
  question:
    "The models of this run judge what you draw, pick or upload: which class it is, whether it belongs to the data at all, and which images it resembles.",
  findingAccuracy: (share: string, rows: string): string =>
    `The classifier of this page classifies ${share} of ${rows} test images correctly.`,
  findingOther: (share: string, title: string, alpha: string): string =>
    `Its detector finds ${share} of the images of ${title} out of distribution, at a p-value of at most ${alpha}.`,
  findingAlarms: (share: string, interval: string, rows: string): string =>
    `At the same level it calls ${share} (${interval}) of ${rows} test images out of distribution, although they belong: false alarms.`,
  findingLetters: (drawn: string, found: string, passed: string): string =>
    `Of ${drawn} capital letters, A to Z in Hershey's alphabet of one stroke, it calls ${found} out of distribution and takes ${passed} for what belongs.`,
  findingDigits: (drawn: string, classified: string, accepted: string): string =>
    `Of ${drawn} digits in the same alphabet, 0 to 9 as they are, narrower and wider, the classifier gets ${classified} right, and the detector takes ${accepted} for what belongs.`,
  method: (
    neighbors: string,
    detector: string,
    heldOut: string,
    least: string,
    box: string,
    side: string,
  ): string => `
Nothing leaves the page: classifier, detector, clusters and ${neighbors} training images are loaded
with it, and the published packages of Mixtape compute everything here, without a server.

The detector is one density per class (\`${detector}\`): an image has the score of the class that
it fits best. If k of the n = ${heldOut} held-out images score as low as the image or lower, its p-value
is (k + 1) / (n + 1) (split conformal). It is therefore never below ${least}, however odd the
image.

A drawing is treated as the training images were: scaled, in proportion, until its longer side is
${box} of ${side} pixels, then moved until its centre of mass is where theirs is. An uploaded image
may be an unevenly lit photograph: a smooth surface is fitted to the paper, and ink is what stands
out from it.

Nothing to pick was chosen by what the models say of it. The letters are the first of Hershey's
alphabet of one stroke, the scribble joins the first 16 points of Halton's sequence, and the images
are the first of each class of both test sets and one of each way of changing test images.
`,
  tryTitle: "Draw, pick or upload",
  needsScript:
    "Drawing needs a script, which this browser does not run. What the models say of the images below was computed when the report was made.",
  pad: "The pad: draw with mouse, finger or pen",
  undo: "Undo",
  clear: "Clear",
  drawings: "Drawings to put on the pad",
  drawingNames: {
    letterA: "A",
    letterB: "B",
    letterC: "C",
    dot: "Dot",
    scribble: "Scribble",
  },
  images: "Images to pick",
  upload: "Upload an image, paste it or drop it here",
  uploadFailed: (file: string): string =>
    `${file} is not an image that the browser can read, so there is no verdict on it. Every browser reads PNG and JPEG.`,
  uploadIncomplete: (file: string): string =>
    `A part of the picture is missing in ${file}, so there is no verdict on it. Save or copy the file again.`,
  pasteFailed:
    "What was pasted is not an image, so there is no verdict on it. Copy an image or its file first.",
  uploadEmpty: "Nothing is drawn in this image: it looks like empty paper.",
  failed: "The models of this run could not be read, so nothing can be tried here.",
  seen: "What the models see",
  inside: "in distribution",
  outside: "out of distribution",
  verdict: (className: string, belonging: string): string => `${className}, ${belonging}`,
  nothing: "Nothing drawn yet",
  pValue: (p: string, lower: string, heldOut: string): string =>
    `p = ${p}. Held-out images that score as low or lower: ${lower} of ${heldOut}.`,
  leastPValue: (p: string, heldOut: string): string =>
    `p = ${p}, the smallest that ${heldOut} held-out images can give: none of them scores as low.`,
  falseAlarms: (alpha: string, share: string, interval: string, rows: string): string =>
    `“Out of distribution” means p ≤ ${alpha}. False alarms at that level: ${share} (${interval}) of ${rows} test images, which belong.`,
  took: (milliseconds: string): string => `Computed here in ${milliseconds} ms.`,
  probabilities: "Probability of each class",
  classColumn: "Class",
  probabilityColumn: "Probability",
  scoreTitle: "The detector's score",
  scoreDescription: (inside: string, outside: string): string =>
    `Shares of test images of ${inside} and ${outside} by score, with the score of this image`,
  scoreAxis: "score, high for what belongs",
  shareAxis: "share of images",
  thisImage: "this image",
  cluster: "Nearest cluster",
  clusterNote: (cluster: string, className: string): string =>
    `Cluster ${cluster}, mostly ${className}`,
  neighbors: "Nearest training images",
  presetsTitle: "What the models say of these images",
  presetsCaption:
    "The first test image of each class, the first image of each class of the other data set, and test images that were changed, one in each way. Under each: the class that the classifier names, and whether the detector finds that it belongs.",
  kinds: {
    "in-distribution": "Test image",
    "other-data-set": "Other data set",
    "rotated": "Rotated",
    "inverted": "Inverted",
    "shuffled-pixels": "Shuffled pixels",
    "gaussian-noise": "Gaussian noise",
    "uniform-noise": "Uniform noise",
    "blended": "Two blended",
    "held-out-classes": "Held-out class",
  } satisfies Record<TryItKind, string>,
  imageName: (kind: string, className: string): string => `${kind}: ${className}`,
  columns: {
    image: "Image",
    predicted: "Named",
    probability: "Probability",
    score: "Score",
    pValue: "p-value",
    belonging: "Detector says",
    cluster: "Cluster",
    neighbors: "Classes of its nearest",
  },
  histogramTitle: (detector: string): string => `Scores of the detector, one ${detector} per class`,
  histogramCaption: (alpha: string): string =>
    `Test images of both data sets by score. An image is called out of distribution if its p-value is at most ${alpha}.`,
  filesTitle: "The models",
  filesBody:
    "The files that this page computes with, as the packages write and read them: weights in the safetensors format, detector and clusters as JSON, images with one byte per pixel.",
  file: (name: string, size: string): string => `${name} (${size} kB)`,
};
