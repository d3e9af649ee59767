import { columnDrift, holm } from "@mixtape/audit";
import assert from "node:assert/strict";

const before = Array.from({ length: 40 }, (_, i) => [i / 40, i % 7]);
const after = before.map(([first, second]) => [first + 1, second]);
assert.deepEqual((await columnDrift(before, after)).map(({ moved }) => moved), [true, false]);
assert.equal(holm([0.001, 0.9]).length, 2);
