import { kMeans } from "@mixtape/clustering";
import assert from "node:assert/strict";

const model = await kMeans([[1, 2], [1, 4], [9, 2], [9, 4]], { clusters: 2, seed: 42 });
assert.equal(model.inertia, 4);
