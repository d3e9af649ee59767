import { random } from "@mixtape/tensor-utils";
import { encodeNpy } from "../core/npy.ts";
import { gaussianBlobs } from "./gaussian_blobs.ts";
import { inertia } from "./inertia.ts";
import assert from "node:assert/strict";

Deno.test("gaussianBlobs() draws the same data from the same seed, with standard deviation 1", () => {
  const sizes = { rows: 4000, columns: 2, centres: 1 };
  const { values } = gaussianBlobs(sizes, random(3));
  assert.deepEqual(gaussianBlobs(sizes, random(3)).values, values);
  const first = values.filter((_, i) => i % 2 === 0);
  const mean = first.reduce((a, b) => a + b, 0) / first.length;
  const variance = first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / first.length;
  assert.ok(Math.abs(variance - 1) < 0.1, `${variance}`);
});

Deno.test("inertia() sums squared distances to the nearest centroid", async () => {
  const path = await Deno.makeTempFile();
  const values = new Uint8Array([0, 0, 10, 10, 20, 20]);
  await Deno.writeFile(path, encodeNpy({ values, shape: [3, 2] }));
  assert.equal(inertia(path, [1, 0, 19, 18]), 1 + 145 + 5);
  await Deno.remove(path);
});

Deno.test("inertia() returns 0 when the rows are the centroids", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, encodeNpy({ values: new Float32Array([1, 2]), shape: [1, 2] }));
  assert.equal(inertia(path, [1, 2, 3, 4]), 0);
  await Deno.remove(path);
});
