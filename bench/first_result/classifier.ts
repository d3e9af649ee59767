/** Trains a classifier and predicts 1,000 rows; timed from the start of Deno. */
import { mlpClassifier } from "@mixtape/classifier";
import { readArray, readMatrix } from "../peers/read_array.ts";

const [images, classes] = Deno.args;
const x = readMatrix(images);
const labels = Int32Array.from(readArray(classes).values);
using model = await mlpClassifier(x, labels, { epochs: 1, inputScale: 1 / 255 });
if (!(await model.accuracy(x, labels) > 0)) Deno.exit(1);
