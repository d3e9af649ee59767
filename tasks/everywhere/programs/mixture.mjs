import { gaussianMixture } from "@mixtape/mixture";
import assert from "node:assert/strict";

const x = Array.from({ length: 80 }, (_, i) => [(i % 2) * 9 + (i * 7 % 11) / 11, i * 5 % 13]);
const model = await gaussianMixture(x, { components: 2, seed: 1 });
assert.ok(model.converged);
