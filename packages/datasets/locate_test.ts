import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { manifest } from "./embedded/manifest.ts";
import type { Manifest } from "./manifest.ts";
import { type DatasetSource, locateDataset, type LocateOptions } from "./locate.ts";
import { temporaryFolder, tinyManifest, writeTiny } from "./testing/tiny_dataset.ts";

function foldersIn(root: string): LocateOptions & { readonly cacheDir: string } {
  return {
    manifest: tinyManifest(),
    dataDir: join(root, "given"),
    cacheDir: join(root, "cache"),
    debianDir: join(root, "debian"),
  };
}

Deno.test("locateDataset() prefers the folder given, then downloads, then Debian's", async () => {
  await using root = await temporaryFolder();
  const options = foldersIn(root.path);
  await mkdir(options.dataDir!);
  assert.equal(await locateDataset("tiny", options), undefined);
  const order: [DatasetSource, string][] = [
    ["debian", options.debianDir!],
    ["cache", options.cacheDir],
    ["data-dir", options.dataDir!],
  ];
  for (const [source, folder] of order) {
    await writeTiny(folder, "tiny");
    const location = await locateDataset("tiny", options);
    assert.equal(location?.source, source);
    assert.equal(location?.folder, join(folder, "tiny"));
  }
});

Deno.test("locateDataset() finds files compressed or not", async () => {
  await using root = await temporaryFolder();
  const options = { manifest: tinyManifest(), dataDir: root.path };
  await writeTiny(root.path, "tiny", { compressed: true });
  const file = "t10k-labels-idx1-ubyte";
  const compressed = await locateDataset("tiny", options);
  assert.equal(compressed?.files.get(file), join(root.path, "tiny", `${file}.gz`));
  await writeTiny(root.path, "tiny", { compressed: false });
  const plain = await locateDataset("tiny", options);
  assert.equal(plain?.files.get(file), join(root.path, "tiny", file));
});

Deno.test("locateDataset() names the files that a given folder lacks", async () => {
  await using root = await temporaryFolder();
  const changed = { "train-labels-idx1-ubyte": undefined, "t10k-labels-idx1-ubyte": undefined };
  await writeTiny(root.path, "tiny", { changed });
  await assert.rejects(locateDataset("tiny", { manifest: tinyManifest(), dataDir: root.path }), {
    name: "RangeError",
    message: `Cannot use ${join(root.path, "tiny")}: it lacks train-labels-idx1-ubyte, ` +
      "t10k-labels-idx1-ubyte (each may end in .gz)",
  });
  // Among the downloads, an incomplete set is one that is still to be fetched.
  const options = { manifest: tinyManifest(), cacheDir: root.path };
  assert.equal(await locateDataset("tiny", options), undefined);
});

Deno.test("locateDataset() refuses a given folder that does not exist", async () => {
  await using root = await temporaryFolder();
  const dataDir = join(root.path, "typo");
  await assert.rejects(locateDataset("tiny", { manifest: tinyManifest(), dataDir }), {
    name: "RangeError",
    message: `Cannot look for tiny in ${dataDir}: there is no such folder`,
  });
});

Deno.test("locateDataset() finds the sample in this package, unless a folder given has it", async () => {
  await using root = await temporaryFolder();
  const found = await locateDataset("digits-8x8", { debianDir: root.path });
  assert.deepEqual(found, { source: "sample", files: new Map() });
  const incomplete = { dataDir: root.path };
  await mkdir(join(root.path, "digits-8x8"));
  await assert.rejects(locateDataset("digits-8x8", incomplete), /it lacks train-images/);
});

Deno.test("locateDataset() does not take the sample for another set of its name", async () => {
  await using root = await temporaryFolder();
  // One other hash, or one other name of a file, is enough.
  const { images, labels } = manifest.datasets["digits-8x8"].splits.test;
  for (const other of [{ sha256: "0".repeat(64) }, { file: "other-labels" }]) {
    const changed = structuredClone(manifest) as {
      datasets: Record<string, { splits: { test: object } }>;
    };
    changed.datasets["digits-8x8"].splits.test = {
      count: 596,
      images,
      labels: { ...labels, ...other },
    };
    const options = { manifest: changed as unknown as Manifest, debianDir: root.path };
    assert.equal(await locateDataset("digits-8x8", options), undefined);
  }
  const given = tinyManifest({ "digits-8x8": {} });
  assert.equal(
    await locateDataset("digits-8x8", { manifest: given, debianDir: root.path }),
    undefined,
  );
});
