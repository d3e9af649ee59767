import assert from "node:assert/strict";
import type { Tried } from "./mutate.ts";
import { mutantLine, scoreTable } from "./report.ts";

function tried(file: string, kind: Tried["verdict"]["kind"], line = 7): Tried {
  const mutant = {
    file,
    line,
    operator: "EqualityOperator",
    original: "a\n  < b",
    replacement: "a <= b",
  };
  return { mutant, verdict: { kind } } as Tried;
}

const some: readonly Tried[] = [
  ...Array.from({ length: 5 }, () => tried("packages/ood/a.ts", "noticed")),
  tried("packages/ood/b.ts", "survived"),
  tried("packages/ood/b.ts", "not reached"),
  tried("packages/mixture/c.ts", "noticed"),
  tried("packages/mixture/c.ts", "undecided"),
];

Deno.test("scoreTable() counts per part and in all, undecided mutants as a range", () => {
  const { table, share } = scoreTable(some);
  assert.deepEqual(table.split("\n").map((line) => line.trimEnd().split(/ {2,}/)), [
    ["part", "noticed", "share", "not reached", "undecided"],
    ["packages/mixture", "1 of 2", "50–100%", "0", "1"],
    ["packages/ood", "5 of 7", "71%", "1", "0"],
    ["all", "6 of 9", "66–77%", "1", "1"],
  ]);
  assert.deepEqual(share, { low: 6 / 9, high: 7 / 9 });
});

Deno.test("scoreTable() accepts that there is nothing to change", () => {
  assert.deepEqual(scoreTable([]).share, { low: 1, high: 1 });
});

Deno.test("mutantLine() says where a mutant is, what became of it and what it changes", () => {
  assert.equal(
    mutantLine(tried("packages/ood/b.ts", "survived", 12)),
    "packages/ood/b.ts:12  survived  EqualityOperator\n    a < b\n  → a <= b",
  );
});
