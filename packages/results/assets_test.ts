import assert from "node:assert/strict";
import { assetsOf } from "./assets.ts";
import type { Result } from "./envelope.ts";
import { spritesOf } from "./images.ts";

const asset = (file: string) => ({ file, byteLength: 3, sha256: "ab".repeat(32) });
const sprite = {
  ...asset("try-it/a.png"),
  tile: { width: 8, height: 8 },
  columns: 3,
  count: 9,
};

function resultOf(payload: unknown): Result {
  return { payload } as Result;
}

Deno.test("assetsOf() lists every file of a result once, and no image", () => {
  const [a, b] = [asset("try-it/a.bin"), asset("try-it/b.json")];
  const result = resultOf({ model: { weights: a, again: [a] }, sprite, other: [{ fitted: b }] });
  assert.deepEqual(assetsOf(result), [a, b]);
  assert.deepEqual(spritesOf(result), [sprite]);
});

Deno.test("assetsOf() ignores a file whose path leads out of the folder", () => {
  for (const file of ["../a.bin", "/a.bin", "try-it/../../a.bin", "try-it/a.exe"]) {
    assert.deepEqual(assetsOf(resultOf({ weights: asset(file) })), [], file);
  }
});

Deno.test("assetsOf() looks beyond what is no file, and takes the last of two with one path", () => {
  const [a, b] = [asset("a.bin"), { ...asset("b.json"), byteLength: 4 }];
  const damaged = { ...a, file: "damaged.bin", byteLength: 0, inner: { again: b } };
  const result = resultOf([null, "a.bin", { ...b, byteLength: 5 }, damaged, a]);
  assert.deepEqual(assetsOf(result), [b, a]);
  assert.deepEqual(assetsOf(resultOf(a)), [a]);
  assert.deepEqual(assetsOf(resultOf(null)), []);
});
