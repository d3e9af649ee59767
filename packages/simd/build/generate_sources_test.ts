import assert from "node:assert/strict";
import { generatedSources } from "./build_kernel.ts";

Deno.test("generatedSources() returns the files in kernels/generated/", () => {
  const sources = generatedSources();
  for (const [path, text] of sources) {
    assert.ok(Deno.readTextFileSync(path) === text, `${path}: run \`deno task simd:build\``);
  }
  const folder = `${import.meta.dirname}/../kernels/generated`;
  assert.equal([...Deno.readDirSync(folder)].length, sources.size);
});
