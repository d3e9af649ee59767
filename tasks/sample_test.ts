import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeSample, reduce, SOURCES } from "./sample.ts";

const missing = SOURCES.filter((path) => !existsSync(path));

Deno.test({
  name: "makeSample() reproduces data/sample byte for byte" +
    (missing.length > 0 ? ` (ignored: ${missing.join(" and ")} not installed)` : ""),
  ignore: missing.length > 0,
  async fn() {
    const sample = fileURLToPath(new URL("../data/sample", import.meta.url));
    const folder = await Deno.makeTempDir();
    try {
      const hashes = await makeSample(folder);
      assert.equal(hashes.size, 8);
      for (const path of hashes.keys()) {
        const [made, kept] = [folder, sample].map((root) => Deno.readFileSync(join(root, path)));
        assert.deepEqual(made, kept, path);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("reduce() counts lit pixels in blocks of 4×4 of the image padded to 32×32", () => {
  const white = reduce(new Uint8Array(28 * 28).fill(255), 28);
  const [corner, edge, inside] = [4, 8, 16];
  assert.deepEqual([...white.subarray(0, 8)], [corner, ...new Array(6).fill(edge), corner]);
  assert.deepEqual([...white.subarray(8, 16)], [edge, ...new Array(6).fill(inside), edge]);
});

Deno.test("reduce() counts a grey pixel as its share of white and rounds the sum", () => {
  const image = new Uint8Array(28 * 28);
  image[10 * 28 + 10] = 127;
  assert.equal(reduce(image, 28).reduce((sum, value) => sum + value, 0), 0);
  image[10 * 28 + 10] = 128;
  const reduced = reduce(image, 28);
  assert.equal(reduced[3 * 8 + 3], 1);
  assert.equal(reduced.reduce((sum, value) => sum + value, 0), 1);
});
