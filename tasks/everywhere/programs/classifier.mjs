import { mlpClassifier } from "@mixtape/classifier";
import assert from "node:assert/strict";

const x = Array.from({ length: 60 }, (_, i) => [i % 3 === 0 ? -2 : 2, i % 3 === 1 ? -2 : 2]);
const labels = x.map((_, i) => ["a", "b", "c"][i % 3]);
const model = await mlpClassifier(x, labels, { epochs: 30, batchSize: 20, seed: 1 });
assert.equal(await model.accuracy(x, labels), 1);
