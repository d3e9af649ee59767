import assert from "node:assert/strict";
import { splitCells, splitShown } from "./cells.ts";

Deno.test("splitCells() splits at the lines that name cells, and leaves out what stands before", () => {
  assert.deepEqual(splitCells("/* head */\n\n// %% a\nlet x = 1;\n\n// %% b c\nx;\n// % no\n"), [
    { name: "a", source: "let x = 1;" },
    { name: "b c", source: "x;\n// % no" },
  ]);
});

Deno.test("splitShown() splits off an expression at the end, over several lines as well", () => {
  assert.deepEqual(splitShown("const a = 1;\na;"), { statements: "const a = 1;", shown: "a" });
  assert.deepEqual(splitShown("f(\n  1,\n  2,\n);"), {
    statements: "",
    shown: "f(\n  1,\n  2,\n)",
  });
  for (const source of ["const a = {\n  b: 1,\n};", "console.log(\n  1,\n);", 'import "a";']) {
    assert.deepEqual(splitShown(source), { statements: source });
  }
});
