import assert from "node:assert/strict";
import { compiledImports, importedPackages } from "./imported_packages.ts";
import { acceptedVersions, npmManifest } from "./npm_manifest.ts";

Deno.test("importedPackages() finds imports of code and types, and none of Node.js or of comments", () => {
  const text = [
    'import * as tf from "@tensorflow/tfjs-core";',
    'import type { z } from "zod";',
    'export { a } from "./a.js";',
    'import { join } from "node:path";',
    '    const { simd } = await import("@mixtape/simd");',
    'export { read } from "hyparquet/src/plain.js";',
    ' * import assert from "other";',
    '// import "another";',
    'export declare const f: typeof import("papaparse").parse;',
    'export type Part = Pick<Plan, "from" | "memory">;',
  ].join("\n");
  assert.deepEqual(importedPackages(text).map(({ name }) => name), [
    "@tensorflow/tfjs-core",
    "zod",
    "@mixtape/simd",
    "hyparquet",
    "papaparse",
  ]);
});

Deno.test("compiledImports() renames modules of a declaration file, but not in comments", () => {
  const text = [
    'import type { A } from "./a.ts";',
    ' * import { b } from "./b.ts";',
    'export declare const c: import("../c.ts").C;',
    'export { d } from "@scope/d.ts";',
  ].join("\n");
  assert.equal(
    compiledImports(text),
    text.replace("./a.ts", "./a.js").replace("../c.ts", "../c.js"),
  );
});

Deno.test("acceptedVersions() takes patches, and one version of a package reached into", () => {
  const imported = ["zod", "a/src/b.js", "a"].map((specifier) => ({
    specifier,
    name: specifier.replace(/\/.*/, ""),
  }));
  const versions = new Map([["zod", "4.6.7"], ["a", "1.2.3"], ["unused", "1.0.0"]]);
  assert.deepEqual(acceptedVersions(imported, versions), { a: "1.2.3", zod: "~4.6.7" });
  assert.throws(() => acceptedVersions(imported, new Map()), RangeError);
});

Deno.test("npmManifest() has types and code of every entry point", () => {
  const config = {
    name: "@mixtape/results",
    version: "0.1.0",
    description: "Results",
    license: "MIT",
    exports: { ".": "./mod.ts", "./schema": "./parts/schema.ts" },
  };
  const manifest = npmManifest(config, "results", { zod: "^4.6.7" });
  assert.deepEqual(manifest.exports, {
    ".": { types: "./mod.d.ts", default: "./mod.js" },
    "./schema": { types: "./parts/schema.d.ts", default: "./parts/schema.js" },
    "./package.json": "./package.json",
  });
  assert.deepEqual(manifest.dependencies, { zod: "^4.6.7" });
  assert.deepEqual(
    npmManifest({ ...config, exports: "./mod.ts" }, "results", {}).exports["."],
    manifest.exports["."],
  );
});
