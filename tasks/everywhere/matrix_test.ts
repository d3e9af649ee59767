import assert from "node:assert/strict";
import { excess } from "./bundle_sizes.ts";
import { firstProgram, misprint, printedLine } from "./lone_programs.ts";
import { matrixOf, type Outcomes } from "./matrix.ts";
import { readmeExamples } from "./readme_examples.ts";
import { supportTable, withTable, yesInTable } from "./support_table.ts";

Deno.test("matrixOf() tells what worked, what failed and what is not for a runtime", () => {
  const { table, failures } = matrixOf(
    new Map<string, Outcomes>([["node 20", { one: null, two: "TypeError: no" }], ["browser", {
      one: null,
    }]]),
  );
  assert.deepEqual(table.split("\n"), [
    "     node 20  browser",
    "one  ok       ok",
    "two  FAILED   -",
  ]);
  assert.deepEqual(failures, ["two in node 20: TypeError: no"]);
});

Deno.test("readmeExamples() finds the blocks of TypeScript that import", () => {
  const block = (kind: string, code: string) => `\`\`\`${kind}\n${code}\n\`\`\`\n`;
  const text = block("ts", 'import "a";\nb();') + block("sh", "import c") + block("ts", "d();");
  assert.deepEqual(readmeExamples(`# Title\n\n${text}`), ['import "a";\nb();\n']);
});

Deno.test("firstProgram() is the one block of JavaScript of a README", () => {
  const block = (kind: string) => `\`\`\`${kind}\n${kind}();\n\`\`\`\n`;
  assert.equal(firstProgram(block("ts") + block("js") + block("sh")), "js();\n");
  for (const text of [block("ts"), block("js") + block("js")]) {
    assert.throws(() => firstProgram(text), SyntaxError);
  }
});

Deno.test("misprint() holds what a program prints against what it says at its end", () => {
  const text = "const x = 4; // 5\nconsole.log(x, f(1)); // 4 2\n";
  const program = { name: "alone/one", prints: printedLine(text) };
  assert.equal(program.prints, "4 2");
  assert.equal(misprint(program, "4 2\n"), null);
  assert.equal(misprint(program, "4 3\n"), 'printed "4 3\\n", not 4 2');
  assert.throws(() => printedLine("console.log(4);\n"), SyntaxError);
});

Deno.test("excess() holds a program's first load against its limit", () => {
  assert.equal(excess("auroc", 2_000), null);
  assert.match(excess("auroc", 2_001)!, /2001 bytes load first, at most 2000 may/);
  assert.equal(excess("kMeans", "Error: not found"), "Error: not found");
});

Deno.test("supportTable() says yes of packages whose program and examples all worked", () => {
  const fine = { one: null, two_parts: null, "readme/two-parts-1": null, threads: null };
  const table = supportTable(
    new Map<string, Outcomes>([
      ["Node 20", fine],
      ["Bun", { ...fine, "readme/two-parts-1": "TypeError: no", threads: "none" }],
    ]),
  );
  assert.deepEqual(table.split("\n"), [
    "|                      | Node 20 | Bun |",
    "| -------------------- | ------- | --- |",
    "| `@mixtape/one`       | yes     | yes |",
    "| `@mixtape/two-parts` | yes     | no  |",
    "| threads              | yes     | no  |",
  ]);
});

Deno.test("yesInTable() counts the runtimes that a package works in", () => {
  const row = "| `@mixtape/two-parts` | yes     | no  | yes |";
  const text = `| [\`@mixtape/two-parts\`](a) | yes |\n\n${row}\n| \`@mixtape/two\` | yes |\n`;
  assert.equal(yesInTable(text, "@mixtape/two-parts"), 2);
  assert.equal(yesInTable(text, "@mixtape/two"), 1);
  assert.equal(yesInTable(text, "@mixtape/three"), 0);
});

Deno.test("withTable() puts a table between its marks, and nowhere else", () => {
  const [start, end] = [
    "<!-- Written by deno task test:everywhere --write. -->",
    "<!-- End of what is written. -->",
  ];
  const text = withTable(`a\n\n${start}\n\nold\n\n${end}\n\nb\n`, "new");
  assert.equal(text, `a\n\n${start}\n\nnew\n\n${end}\n\nb\n`);
  assert.equal(withTable(text, "new"), text);
  for (const lacking of ["a", start, end, `${end}${start}`]) {
    assert.throws(() => withTable(lacking, "new"), SyntaxError);
  }
});
