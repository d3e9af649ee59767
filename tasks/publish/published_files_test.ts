import assert from "node:assert/strict";
import { filesByPackage, warningsIn } from "./published_files.ts";

const said = `Checking for slow types in the public API...
warning[unanalyzable-dynamic-import]: unable to analyze dynamic import
 --> /work/packages/a/mod.ts:3:23

Simulating publish of @mixtape/a@0.1.0 with files:
   file:///work/packages/a/LICENSE (1.08KB)
   file:///work/packages/a/deno.json (120B)
   file:///work/packages/a/parts/a%20b.ts (2.5KB)
Simulating publish of @mixtape/b@0.1.0 with files:
   file:///work/packages/b/deno.json (120B)
Success Dry run complete
`;

Deno.test("filesByPackage() reads the files that deno publish lists", () => {
  assert.deepEqual([...filesByPackage(said, "/work")], [
    ["packages/a", new Set(["LICENSE", "deno.json", "parts/a b.ts"])],
    ["packages/b", new Set(["deno.json"])],
  ]);
});

Deno.test("warningsIn() returns what deno publish warns of", () => {
  const warning = "warning[unanalyzable-dynamic-import]: unable to analyze dynamic import";
  assert.deepEqual(warningsIn(said), [warning]);
  assert.deepEqual(warningsIn(said.replace(/^warning.*\n.*\n/m, "")), []);
});
