import { auroc, outlierDetector } from "@mixtape/ood";
import assert from "node:assert/strict";

assert.equal(auroc([4, 5, 6], [1, 2, 3]), 1);
const rows = Array.from({ length: 90 }, (_, i) => [(i * 7 % 90) / 90, (i * 11 % 90) / 90]);
const detector = await outlierDetector(rows);
const [near, far] = await detector.pValues([[0.5, 0.5], [40, -40]]);
assert.ok(near > far);
