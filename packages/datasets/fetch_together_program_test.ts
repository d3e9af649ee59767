/** Several processes that share a folder of downloads, and processes that were killed. */
import assert from "node:assert/strict";
import { readdir, readFile, utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { fetchDataset, type FetchOptions } from "./fetch_dataset.ts";
import {
  gzip,
  serveTiny,
  startMirror,
  temporaryFolder,
  tinyFiles,
  tinyManifest,
  tinyNames,
} from "./testing/tiny_dataset.ts";

/** Number of times a race is run; without file names of their own, 2 processes failed 8 times out of 8. */
const TRIALS = 4;

const [FIRST] = tinyNames;
const FIRST_GZ = gzip(tinyFiles.get(FIRST)!);

function optionsFor(cacheDir: string, mirror: string): FetchOptions {
  return { manifest: tinyManifest({ tiny: { mirrors: [mirror] } }), cacheDir };
}

/** The answer of a mirror, a few bytes at a time, so that downloads overlap. */
function inPieces(request: Request): Response {
  const { body, headers, status } = serveTiny(request);
  const pieces = body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      async transform(chunk, controller) {
        for (let at = 0; at < chunk.length; at += 10) {
          controller.enqueue(chunk.slice(at, at + 10));
          await wait(5);
        }
      },
    }),
  );
  return new Response(pieces, { headers, status });
}

function startFetch(cacheDir: string, mirror: string): Deno.ChildProcess {
  const module = fileURLToPath(new URL("testing/fetch_tiny.ts", import.meta.url));
  const allowed = ["--allow-read", "--allow-write", "--allow-env", "--allow-net=127.0.0.1"];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...allowed, module, cacheDir, mirror],
    stderr: "piped",
  }).spawn();
}

async function assertWhole(cacheDir: string): Promise<void> {
  const folder = join(cacheDir, "tiny");
  assert.deepEqual((await readdir(folder)).sort(), tinyNames.map((name) => `${name}.gz`).sort());
  for (const name of tinyNames) {
    const bytes = new Uint8Array(await readFile(join(folder, `${name}.gz`)));
    assert.deepEqual(bytes, gzip(tinyFiles.get(name)!), name);
  }
}

Deno.test("fetchDataset() succeeds in two processes that share a folder", async () => {
  for (let trial = 0; trial < TRIALS; trial++) {
    await using cache = await temporaryFolder();
    await using mirror = startMirror(inPieces);
    const children = [1, 2].map(() => startFetch(cache.path, mirror.url));
    for (const { code, stderr } of await Promise.all(children.map((child) => child.output()))) {
      assert.equal(code, 0, `trial ${trial}: ${new TextDecoder().decode(stderr)}`);
    }
    await assertWhole(cache.path);
  }
});

Deno.test("fetchDataset() succeeds in all of many calls at once", async () => {
  for (let trial = 0; trial < TRIALS; trial++) {
    await using cache = await temporaryFolder();
    await using mirror = startMirror(inPieces);
    const options = optionsFor(cache.path, mirror.url);
    await Promise.all(Array.from({ length: 8 }, () => fetchDataset("tiny", options)));
    await assertWhole(cache.path);
  }
});

Deno.test("fetchDataset() goes on from what a process left that was killed", async () => {
  await using cache = await temporaryFolder();
  const stalled = new ReadableStream({ start: (to) => to.enqueue(FIRST_GZ.slice(0, 20)) });
  await using mirror = startMirror((request) =>
    mirror.requests.length === 1 ? new Response(stalled) : serveTiny(request)
  );
  const folder = join(cache.path, "tiny");
  const child = startFetch(cache.path, mirror.url);
  let left: string[] = [];
  while (left.length === 0 || (await readFile(join(folder, left[0]))).length < 20) {
    await wait(20);
    left = await readdir(folder).catch(() => []);
  }
  child.kill("SIGKILL");
  await child.output();
  const longAgo = new Date(Date.now() - 120_000);
  await utimes(join(folder, left[0]), longAgo, longAgo);
  await fetchDataset("tiny", optionsFor(cache.path, mirror.url));
  assert.equal(mirror.requests[1], `GET ${FIRST}.gz bytes=20-`);
  await assertWhole(cache.path);
});
