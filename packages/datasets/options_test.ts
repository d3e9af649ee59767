import assert from "node:assert/strict";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import {
  chooseDataset,
  type ChooseOptions,
  fetchDataset,
  loadDataset,
  locateDataset,
  readIdx,
  writeIdx,
} from "./mod.ts";
import { tinyManifest } from "./testing/tiny_dataset.ts";

const options = { manifest: tinyManifest(), cacheDir: "/nowhere" };
const doors = { locateDataset, loadDataset, fetchDataset };

for (const [name, door] of Object.entries(doors)) {
  Deno.test(`${name}() refuses options that no data set has`, async () => {
    const call = (given: unknown): Promise<unknown> => door("tiny", given as typeof options);
    await assert.rejects(call({ ...options, dataDri: "x" }), {
      name: "TypeError",
      message:
        `Cannot use the option dataDri: ${name} has none of that name, the nearest is dataDir`,
    });
    await assert.rejects(call({ ...options, manifest: "data/manifest.json" }), {
      name: "TypeError",
      message: /manifest is "data\/manifest\.json", the result of readManifest is needed, or none /,
    });
    await assert.rejects(call({ ...options, signal: {} }), /an AbortSignal is needed/);
  });
}

Deno.test("chooseDataset() refuses options that no data set has", async () => {
  const given = { ...options, probeMS: 3 } as unknown as ChooseOptions;
  await assert.rejects(chooseDataset("sample", given), /the nearest is probeMs$/);
});

const file = writeIdx({ shape: [2, 2], values: Uint8Array.of(1, 2, 3, 4) });

Deno.test("readIdx() reads the bytes of another realm, compressed or not", async () => {
  for (const bytes of [file, gzipSync(file)]) {
    const foreign = vm.runInNewContext("(bytes) => Uint8Array.from(bytes)")([...bytes]);
    assert.deepEqual([...(await readIdx(foreign)).values], [1, 2, 3, 4]);
  }
});

Deno.test("readIdx() decompresses what its argument held at the call", async () => {
  const bytes = Uint8Array.from(gzipSync(file));
  const reading = readIdx(bytes);
  bytes.fill(0);
  assert.deepEqual([...(await reading).values], [1, 2, 3, 4]);
});

Deno.test("readIdx() says what it cannot read, and which options it has", async () => {
  const read = (bytes: unknown) => readIdx(bytes as Uint8Array);
  await assert.rejects(read(file.buffer), {
    name: "TypeError",
    message:
      /^Cannot read an IDX file: its bytes are of the kind ArrayBuffer, a Uint8Array is need/,
  });
  await assert.rejects(read([...file]), /of the kind Array,/);
  await assert.rejects(readIdx(file, { maxByte: 3 } as object), /the nearest is maxBytes$/);
});
