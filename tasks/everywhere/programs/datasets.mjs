import { readTable } from "@mixtape/datasets/table";
import assert from "node:assert/strict";

const csv = new Blob(["length;weight;species\n1,5;2;cat\n3;4;dog\n"]);
const { x, labels } = await readTable(csv, { label: "species" });
assert.deepEqual([...x.values], [1.5, 2, 3, 4]);
assert.deepEqual([...labels], ["cat", "dog"]);
