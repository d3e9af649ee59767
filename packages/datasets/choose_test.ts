import assert from "node:assert/strict";
import { join } from "node:path";
import { chooseDataset, type ChooseOptions } from "./choose.ts";
import { DownloadError } from "./fetch_dataset.ts";
import { HashMismatchError } from "./hash.ts";
import { writeIdx } from "./idx.ts";
import {
  gzip,
  serveTiny,
  startMirror,
  temporaryFolder,
  tinyManifest,
  writeTiny,
} from "./testing/tiny_dataset.ts";

async function prepared(root: string, mirrors: string[] = []): Promise<ChooseOptions> {
  const debianDir = join(root, "debian");
  await writeTiny(debianDir, "inside");
  await writeTiny(debianDir, "outside");
  return {
    manifest: tinyManifest({
      digits: { mirrors },
      clothes: { mirrors },
      inside: {},
      outside: {},
    }),
    cacheDir: join(root, "cache"),
    debianDir,
    probeMs: 300,
    timeoutMs: 300,
  };
}

Deno.test("chooseDataset() takes MNIST from the folder that was given", async () => {
  await using root = await temporaryFolder();
  const options = { ...await prepared(root.path), dataDir: join(root.path, "given") };
  await writeTiny(options.dataDir, "digits");
  await writeTiny(options.debianDir!, "clothes");
  const chosen = await chooseDataset("auto", options);
  assert.equal(chosen.used, "mnist");
  assert.equal(chosen.reason, "found-in-data-dir");
  assert.equal(
    chosen.explanation,
    "Tiny digits (from the folder that was given) and Tiny clothes (as Debian installed it)",
  );
  assert.equal(chosen.inDistribution.name, "digits");
  assert.equal(chosen.outOfDistribution.name, "clothes");
});

Deno.test("chooseDataset() downloads what is missing", async () => {
  await using root = await temporaryFolder();
  await using mirror = startMirror();
  const options = await prepared(root.path, [mirror.url]);
  await writeTiny(options.cacheDir, "clothes");
  const chosen = await chooseDataset("auto", options);
  assert.deepEqual([chosen.used, chosen.reason], ["mnist", "downloaded"]);
  assert.match(
    chosen.explanation,
    /^Tiny digits \(downloaded now\) and Tiny clothes \(downloaded before/,
  );
  const again = await chooseDataset("auto", options);
  assert.deepEqual([again.used, again.reason], ["mnist", "found-in-cache"]);
});

Deno.test("chooseDataset() gets on with the sample at once when no mirror answers", async () => {
  await using root = await temporaryFolder();
  const gone = startMirror();
  await gone[Symbol.asyncDispose]();
  const chosen = await chooseDataset("auto", await prepared(root.path, [gone.url]));
  assert.deepEqual([chosen.used, chosen.reason], ["sample", "mnist-unavailable"]);
  assert.equal(
    chosen.explanation,
    "The embedded sample (Tiny inside and Tiny outside), because Tiny digits and Tiny clothes are " +
      "not on this machine, and no mirror can be reached",
  );
  assert.equal(chosen.inDistribution.name, "inside");
  assert.equal(chosen.outOfDistribution.name, "outside");
});

Deno.test("chooseDataset() does not wait for a mirror that says nothing", async () => {
  await using root = await temporaryFolder();
  const { promise: silence, resolve } = Promise.withResolvers<Response>();
  await using mirror = startMirror(() => silence);
  const start = performance.now();
  const chosen = await chooseDataset("auto", await prepared(root.path, [mirror.url]));
  resolve(new Response());
  assert.equal(chosen.reason, "mnist-unavailable");
  assert.ok(performance.now() - start < 2000);
});

Deno.test("chooseDataset() uses the sample when mirrors lie, unless MNIST was asked for", async () => {
  await using root = await temporaryFolder();
  const zeros = gzip(writeIdx({ shape: [4, 2, 3], values: new Uint8Array(24) }));
  await using mirror = startMirror((request) =>
    request.url.includes("train-images") ? new Response(zeros) : serveTiny(request)
  );
  const options = await prepared(root.path, [mirror.url]);
  const chosen = await chooseDataset("auto", options);
  assert.equal(chosen.reason, "mnist-unavailable");
  assert.match(chosen.explanation, /could not be downloaded \(Cannot use http/);
  await assert.rejects(chooseDataset("mnist", options), HashMismatchError);
});

Deno.test("chooseDataset() fails when MNIST was asked for and cannot be had", async () => {
  await using root = await temporaryFolder();
  await using mirror = startMirror(() => new Response(null, { status: 404 }));
  const options = await prepared(root.path, [mirror.url]);
  await assert.rejects(chooseDataset("mnist", options), DownloadError);
});

Deno.test("chooseDataset() takes the embedded sample, whatever lies in the folder given", async () => {
  await using root = await temporaryFolder();
  const options = { ...await prepared(root.path), dataDir: join(root.path, "given") };
  await writeTiny(options.dataDir, "digits");
  await writeTiny(options.dataDir, "inside", { changed: { "t10k-labels-idx1-ubyte": undefined } });
  const chosen = await chooseDataset("sample", options);
  assert.deepEqual([chosen.used, chosen.reason], ["sample", "asked-for"]);
  assert.match(chosen.explanation, /, because it was asked for$/);
  assert.equal(chosen.inDistribution.location, "debian");
});

Deno.test("chooseDataset() stops when it is aborted", async () => {
  await using root = await temporaryFolder();
  await using mirror = startMirror();
  const options = await prepared(root.path, [mirror.url]);
  const reason = new DOMException("Interrupted", "AbortError");
  await assert.rejects(
    chooseDataset("auto", { ...options, signal: AbortSignal.abort(reason) }),
    (error) => error === reason,
  );
});
