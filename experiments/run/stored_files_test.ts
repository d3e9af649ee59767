import assert from "node:assert/strict";
import { describeFile } from "./stored_files.ts";

Deno.test("describeFile() names a file after what it holds", () => {
  const bytes = new TextEncoder().encode("abc");
  assert.deepEqual(describeFile("kmeans-init/centroids.png", bytes), {
    file: "kmeans-init/ba7816bf8f01/centroids.png",
    byteLength: 3,
    sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  });
});
