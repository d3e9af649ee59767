import assert from "node:assert/strict";
import { equivalents } from "./equivalents.ts";
import { findEquivalent } from "./find_equivalent.ts";
import type { Mutant } from "./mutant.ts";

const text = "const one = 1;\n\n  if (left <  right) swap();\n";
const mutant: Mutant = {
  file: "a.ts",
  start: 22,
  end: 35,
  line: 3,
  operator: "EqualityOperator",
  original: "left <  right",
  replacement: "left <= right",
};
const entry = {
  file: "a.ts",
  line: "if (left <  right) swap();",
  original: "left < right",
  replacement: "left <= right",
  because: "equal ones may be swapped",
};

Deno.test("findEquivalent() finds a mutant by its text, wherever it stands", () => {
  assert.equal(findEquivalent(mutant, text, [entry]), entry);
  const { file, line, because } = entry;
  assert.deepEqual(findEquivalent(mutant, text, [{ file, line, because }]), {
    file,
    line,
    because,
  });
  assert.equal(findEquivalent({ ...mutant, line: 5 }, `\n\n${text}`, [entry]), entry);
});

Deno.test("findEquivalent() finds nothing for another change, line or file", () => {
  const others = [
    { ...entry, file: "b.ts" },
    { ...entry, line: "if (left < right) sort();" },
    { ...entry, replacement: "left >= right" },
  ];
  assert.equal(findEquivalent(mutant, text, others), undefined);
});

Deno.test("every equivalent is of a line that is there, and says why", () => {
  const root = new URL("../../", import.meta.url);
  for (const { file, line, because } of equivalents) {
    const lines = Deno.readTextFileSync(new URL(file, root)).split("\n").map((one) => one.trim());
    assert.ok(lines.includes(line.trim()), `${file} has no line ${line}`);
    assert.ok(because.length > 10, `${file}: ${line}`);
  }
});
