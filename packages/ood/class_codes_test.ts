import assert from "node:assert/strict";
import { compactLabels, type Label } from "@mixtape/tensor-utils";
import { classCodes } from "./class_codes.ts";

const codes = (labels: Label[], classes?: Label[], rows = labels.length) =>
  classCodes(compactLabels(labels), rows, classes);

Deno.test("classCodes() takes whole numbers from 0 to 65,535 for columns, all other labels for names", () => {
  assert.deepEqual(codes([2, 0, 65535, 2]), { codes: Int32Array.of(2, 0, 65535, 2) });
  const named: [Label[], number[], Label[]][] = [
    [[2, 65536, 0], [1, 2, 0], [0, 2, 65536]],
    [[2, -1], [1, 0], [-1, 2]],
    [[0.5, 2, 0], [1, 2, 0], [0, 0.5, 2]],
    [["b", "a", "b"], [1, 0, 1], ["a", "b"]],
    [[1n, 0n], [1, 0], [0n, 1n]],
    [[true, false], [1, 0], [false, true]],
  ];
  for (const [labels, numbers, names] of named) {
    assert.deepEqual(codes(labels), { codes: Int32Array.from(numbers), names });
  }
});

Deno.test("classCodes() follows the order of the classes given, numbers too", () => {
  assert.deepEqual(codes([0, 2, 0], [2, 1, 0]), {
    codes: Int32Array.of(2, 0, 2),
    names: [2, 1, 0],
  });
  const classes = ["z", "a", "m"];
  assert.deepEqual(codes(["a", "z"], classes), { codes: Int32Array.of(1, 0), names: classes });
});

Deno.test("classCodes() refuses labels without a column, and another number of labels than rows", () => {
  assert.throws(() => codes(["a", "b", "x", "x", "y"], ["b", "a"]), {
    name: "RangeError",
    message: "Cannot use labels: row 2 has x, which is none of the 2 classes of the evidence",
  });
  assert.throws(() => codes(["a", "b"], undefined, 3), {
    name: "RangeError",
    message: "Cannot use labels: 2 were given for 3 rows, one per row is needed",
  });
});
