import assert from "node:assert/strict";
import { referToGlobals } from "./declared_globals.ts";

Deno.test("referToGlobals() refers to what ES2022 lacks, unless only a comment names it", () => {
  const disposable = `export declare class A { [Symbol.dispose](): void; }\n`;
  assert.deepEqual(referToGlobals(disposable, "./"), {
    text: `/// <reference lib="esnext.disposable" />\n${disposable}`,
    web: false,
  });
  const signal = `export interface B { readonly signal?: AbortSignal; }\n`;
  assert.deepEqual(referToGlobals(signal, "../"), {
    text: `/// <reference path="../globals.d.ts" />\n${signal}`,
    web: true,
  });
  const plain = `/**\n * Takes a URL, never a Disposable.\n */\nexport declare const c: 1;\n`;
  assert.deepEqual(referToGlobals(plain, "./"), { text: plain, web: false });
});
