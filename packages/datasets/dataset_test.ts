import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { loadDataset, type LoadOptions } from "./dataset.ts";
import { HashMismatchError } from "./hash.ts";
import { writeIdx } from "./idx.ts";
import {
  sha256,
  temporaryFolder,
  tinyFiles,
  tinyManifest,
  writeTiny,
} from "./testing/tiny_dataset.ts";

const LABELS = "train-labels-idx1-ubyte";

Deno.test("loadDataset() returns both splits, one image per row", async () => {
  await using root = await temporaryFolder();
  await writeTiny(root.path, "tiny");
  const options = { manifest: tinyManifest(), dataDir: root.path };
  const { train, test, files, ...rest } = await loadDataset("tiny", options);
  assert.deepEqual(train.images.shape, [4, 6]);
  assert.deepEqual(test.images.shape, [2, 6]);
  assert.deepEqual([...train.images.values.subarray(0, 4)], [1, 38, 75, 112]);
  assert.deepEqual(train.labels, Int32Array.of(0, 1, 0, 1));
  assert.deepEqual(test.labels, Int32Array.of(0, 1));
  assert.deepEqual(
    files,
    [...tinyFiles].map(([name, bytes]) => ({ name, sha256: sha256(bytes) })),
  );
  assert.deepEqual(rest, {
    name: "tiny",
    title: "Tiny tiny",
    imageShape: { height: 2, width: 3 },
    classNames: ["even", "odd"],
    maxValue: 255,
    verified: true,
    source: "Nobody, https://example.org/",
    licence: "CC0-1.0",
    location: "data-dir",
  });
});

Deno.test("loadDataset() gives images whose copies are copies, compressed or not", async () => {
  for (const compressed of [true, false]) {
    await using root = await temporaryFolder();
    await writeTiny(root.path, "tiny", { compressed });
    const { train } = await loadDataset("tiny", { manifest: tinyManifest(), dataDir: root.path });
    train.images.values.slice().fill(7);
    assert.deepEqual([...train.images.values.subarray(0, 4)], [1, 38, 75, 112]);
  }
});

Deno.test("loadDataset() rejects a file with another hash, and removes it if it was downloaded", async () => {
  await using root = await temporaryFolder();
  const bytes = tinyFiles.get(LABELS)!.slice();
  bytes[10] ^= 1;
  await writeTiny(root.path, "tiny", { changed: { [LABELS]: bytes } });
  const path = join(root.path, "tiny", `${LABELS}.gz`);
  for (const place of ["dataDir", "cacheDir"] as const) {
    const options: LoadOptions = { manifest: tinyManifest(), [place]: root.path };
    await assert.rejects(loadDataset("tiny", options), (error) => {
      assert.ok(error instanceof HashMismatchError);
      assert.equal(error.file, path);
      assert.equal(error.actual, sha256(bytes));
      assert.equal(error.expected, sha256(tinyFiles.get(LABELS)!));
      return true;
    });
    const kept = await readdir(join(root.path, "tiny"));
    assert.equal(kept.includes(`${LABELS}.gz`), place === "dataDir");
  }
});

Deno.test("loadDataset() rejects files that are too large, of another shape, or damaged", async () => {
  const three = writeIdx({ shape: [3], values: new Uint8Array(3) });
  const cases: [Uint8Array, boolean, RegExp][] = [
    [new Uint8Array(1e6), false, /it has 1000000 bytes, at most \d+ were expected$/],
    [new Uint8Array(1e6), true, /12 bytes were expected, it decompresses to more$/],
    [three, false, /its shape is \[3\], \[4\] was expected$/],
    [tinyFiles.get(LABELS)!.slice(0, -1), false, /announces 12 bytes, it has 11 \(cut short\)$/],
  ];
  for (const [bytes, compressed, message] of cases) {
    await using root = await temporaryFolder();
    await writeTiny(root.path, "tiny", { compressed, changed: { [LABELS]: bytes } });
    const options = { manifest: tinyManifest(), dataDir: root.path };
    await assert.rejects(loadDataset("tiny", options), (error) => {
      assert.ok(error instanceof SyntaxError || error instanceof RangeError);
      assert.match(error.message, message);
      assert.ok(error.message.includes(join(root.path, "tiny", LABELS)), error.message);
      return true;
    });
  }
});

Deno.test("loadDataset() says where it looked", async () => {
  const options = { manifest: tinyManifest(), cacheDir: "nowhere" };
  await assert.rejects(loadDataset("tiny", options), {
    name: "RangeError",
    message: "Cannot find tiny: it is not in nowhere, fetch it first (fetchDataset, or deno " +
      "task data tiny) or name a folder that has it (dataDir, or --data-dir)",
  });
});

Deno.test("loadDataset() refuses an unverified set unless that is allowed, and says so", async () => {
  await using root = await temporaryFolder();
  await writeTiny(root.path, "tiny");
  const options = { manifest: tinyManifest({ tiny: { hashed: false } }), dataDir: root.path };
  await assert.rejects(loadDataset("tiny", options), /the manifest has no hash to verify it with/);
  const { verified, files } = await loadDataset("tiny", { ...options, allowUnverified: true });
  assert.equal(verified, false);
  assert.equal(files[1].sha256, sha256(tinyFiles.get(LABELS)!));
});

Deno.test("loadDataset() turns images upright that are held column by column", async () => {
  await using root = await temporaryFolder();
  await writeTiny(root.path, "tiny");
  const image = { height: 2, width: 3, maxValue: 255, transposed: true };
  const options = { manifest: tinyManifest({ tiny: { image } }), dataDir: root.path };
  const { train } = await loadDataset("tiny", options);
  const [a, b, c, d, e, f] = tinyFiles.get("train-images-idx3-ubyte")!.subarray(16);
  assert.deepEqual([...train.images.values.subarray(0, 6)], [a, c, e, b, d, f]);
});

Deno.test("loadDataset() counts classes from zero and rejects a label that is none", async () => {
  await using root = await temporaryFolder();
  const from = (labels: number[]) =>
    writeIdx({ shape: [labels.length], values: Uint8Array.from(labels) });
  const changed = { [LABELS]: from([1, 2, 1, 2]), "t10k-labels-idx1-ubyte": from([2, 1]) };
  await writeTiny(root.path, "tiny", { changed });
  const manifest = (firstLabel: number) => tinyManifest({ tiny: { firstLabel, hashed: false } });
  const options = { dataDir: root.path, allowUnverified: true };
  const { train } = await loadDataset("tiny", { ...options, manifest: manifest(1) });
  assert.deepEqual(train.labels, Int32Array.of(0, 1, 0, 1));
  await assert.rejects(loadDataset("tiny", { ...options, manifest: manifest(0) }), {
    name: "SyntaxError",
    message: `Cannot use ${join(root.path, "tiny", `${LABELS}.gz`)}: label 1 is 2, ` +
      "it must be between 0 and 1",
  });
});

Deno.test({
  name: "loadDataset() has the sample without any permission",
  permissions: "none",
  async fn() {
    const digits = await loadDataset("digits-8x8");
    const fashion = await loadDataset("fashion-8x8");
    for (const { verified, location } of [digits, fashion]) {
      assert.deepEqual({ verified, location }, { verified: true, location: "sample" });
    }
    assert.deepEqual(digits.train.images.shape, [1201, 64]);
    assert.deepEqual(fashion.test.images.shape, [500, 64]);
  },
});
