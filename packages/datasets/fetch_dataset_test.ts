import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DownloadError, fetchDataset, type FetchOptions } from "./fetch_dataset.ts";
import { HashMismatchError } from "./hash.ts";
import { writeIdx } from "./idx.ts";
import { partialPath } from "./partial_file.ts";
import {
  gzip,
  serveTiny,
  startMirror,
  temporaryFolder,
  tinyFiles,
  tinyManifest,
  tinyNames,
} from "./testing/tiny_dataset.ts";

const [FIRST] = tinyNames;
const FIRST_GZ = gzip(tinyFiles.get(FIRST)!);
const BAD = gzip(writeIdx({ shape: [4, 2, 3], values: new Uint8Array(24) }));

function optionsFor(cacheDir: string, ...mirrors: string[]): FetchOptions {
  return { manifest: tinyManifest({ tiny: { mirrors } }), cacheDir, timeoutMs: 2000 };
}

/** Tells whether a request is for the first file, which alone is served badly: each one takes its time. */
function isForFirst({ url }: Request): boolean {
  return url.endsWith(`/${FIRST}.gz`);
}

/** A body of which only the beginning arrives before the connection breaks or falls silent. */
function beginningOf(bytes: Uint8Array, end: "break" | "stall"): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, 20));
      if (end === "break") controller.close();
    },
  });
  return new Response(body, { headers: { "content-length": String(bytes.length) } });
}

/** A body that would take a long time to arrive although something of it always does. */
function trickle(bytes: Uint8Array): Response {
  let timer: ReturnType<typeof setInterval>;
  let sent = 0;
  const body = new ReadableStream({
    start(controller) {
      timer = setInterval(() => controller.enqueue(bytes.slice(sent, ++sent)), 50);
    },
    cancel: () => clearInterval(timer),
  });
  return new Response(body, { headers: { "content-length": String(bytes.length) } });
}

Deno.test("fetchDataset() downloads all files, tells how far it is, and asks once only", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror();
  const seen = new Set<string>();
  const options: FetchOptions = {
    ...optionsFor(folder.path, mirror.url),
    onProgress: ({ file, position: [i, n], receivedBytes, totalBytes }) => {
      assert.ok(totalBytes === undefined || receivedBytes <= totalBytes);
      seen.add(`${i}/${n} ${file}`);
    },
  };
  const fetched = await fetchDataset("tiny", options);
  assert.deepEqual(
    fetched.map(({ url }) => url),
    tinyNames.map((name) => `${mirror.url}${name}.gz`),
  );
  assert.deepEqual([...seen], tinyNames.map((name, i) => `${i + 1}/4 ${name}`));
  assert.deepEqual((await readdir(join(folder.path, "tiny"))).sort(), [
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
  ]);
  const again = await fetchDataset("tiny", options);
  assert.deepEqual(again.map(({ url }) => url), [undefined, undefined, undefined, undefined]);
  assert.equal(mirror.requests.length, 4);
});

Deno.test("fetchDataset() takes the next mirror when one fails, stalls or lies", async () => {
  const failures: Record<string, () => Response | Promise<Response>> = {
    missing: () => new Response(null, { status: 404 }),
    busy: () => new Response(null, { status: 503 }),
    page: () => new Response("<html>not found</html>"),
    damaged: () => new Response(FIRST_GZ.slice(0, -4)),
    endless: () => new Response(new Uint8Array(200_000)),
    another: () => new Response(BAD),
    stalled: () => beginningOf(FIRST_GZ, "stall"),
    trickling: () => trickle(FIRST_GZ),
    "out of range": () => new Response(null, { status: 416 }),
    "a part": () => new Response(FIRST_GZ.slice(20), { status: 206 }),
  };
  await Promise.all(
    Object.entries(failures).map(async ([name, answer]) => {
      await using folder = await temporaryFolder();
      await using bad = startMirror((request) =>
        isForFirst(request) ? answer() : serveTiny(request)
      );
      await using good = startMirror();
      const options = { ...optionsFor(folder.path, bad.url, good.url), attempts: 1 };
      Object.assign(options, { minBytesPerSecond: 100, rateWindowMs: 1000 });
      const fetched = await fetchDataset("tiny", options);
      assert.equal(fetched[0].url, `${good.url}${FIRST}.gz`, name);
      assert.equal((await readdir(join(folder.path, "tiny"))).length, 4, `${name} left something`);
    }),
  );
});

Deno.test("fetchDataset() goes on where the connection broke", async () => {
  await using folder = await temporaryFolder();
  let broken = false;
  await using mirror = startMirror((request) => {
    if (broken) return serveTiny(request);
    broken = true;
    return beginningOf(FIRST_GZ, "break");
  });
  await fetchDataset("tiny", optionsFor(folder.path, mirror.url));
  assert.deepEqual(mirror.requests.slice(0, 2), [
    `GET ${FIRST}.gz`,
    `GET ${FIRST}.gz bytes=20-`,
  ]);
  assert.deepEqual(
    new Uint8Array(await readFile(join(folder.path, "tiny", `${FIRST}.gz`))),
    FIRST_GZ,
  );
});

Deno.test("fetchDataset() begins again when the mirror cannot send the rest alone", async () => {
  await using folder = await temporaryFolder();
  let broken = false;
  await using mirror = startMirror((request) => {
    const whole = serveTiny(new Request(request.url));
    if (broken) return whole;
    broken = true;
    return beginningOf(FIRST_GZ, "break");
  });
  const [first] = await fetchDataset("tiny", optionsFor(folder.path, mirror.url));
  assert.deepEqual(new Uint8Array(await readFile(first.path)), FIRST_GZ);
});

Deno.test("fetchDataset() asks the next mirror when one breaks off and goes on with other bytes for ever", async () => {
  await using folder = await temporaryFolder();
  await using bad = startMirror((request) => {
    if (!isForFirst(request)) return serveTiny(request);
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
    if (start === 0) return beginningOf(FIRST_GZ, "break");
    const range = `bytes ${start}-${FIRST_GZ.length - 1}/${FIRST_GZ.length}`;
    const body = new Uint8Array(FIRST_GZ.length - start);
    return new Response(body, { status: 206, headers: { "content-range": range } });
  });
  await using good = startMirror();
  const options = { ...optionsFor(folder.path, bad.url, good.url), attempts: 2 };
  const [first] = await fetchDataset("tiny", options);
  assert.equal(first.url, `${good.url}${FIRST}.gz`);
  const asked = bad.requests.filter((asked) => asked === `GET ${FIRST}.gz`);
  assert.equal(asked.length, 3);
});

Deno.test("fetchDataset() keeps what arrived when it is aborted, and goes on from there", async () => {
  await using folder = await temporaryFolder();
  let stalling = true;
  await using mirror = startMirror((request) =>
    stalling ? beginningOf(FIRST_GZ, "stall") : serveTiny(request)
  );
  const options = optionsFor(folder.path, mirror.url);
  const controller = new AbortController();
  const reason = new DOMException("Interrupted", "AbortError");
  await assert.rejects(
    fetchDataset("tiny", {
      ...options,
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    }),
    (error) => error === reason,
  );
  const [partial, ...others] = await readdir(join(folder.path, "tiny"));
  assert.match(partial, /^train-images-idx3-ubyte\.[0-9a-f]{8}\.partial$/);
  assert.deepEqual(others, []);
  stalling = false;
  await fetchDataset("tiny", options);
  assert.equal(mirror.requests[1], `GET ${FIRST}.gz bytes=20-`);
  assert.equal((await readdir(join(folder.path, "tiny"))).length, 4);
});

Deno.test("fetchDataset() starts again when what was kept is no part of the file", async () => {
  for (const kept of [new Uint8Array(20), new Uint8Array(FIRST_GZ.length + 5)]) {
    await using folder = await temporaryFolder();
    await using mirror = startMirror();
    const url = `${mirror.url}${FIRST}.gz`;
    await mkdir(join(folder.path, "tiny"));
    await writeFile(await partialPath(join(folder.path, "tiny"), FIRST, url), kept);
    const [first] = await fetchDataset("tiny", optionsFor(folder.path, mirror.url));
    assert.deepEqual(new Uint8Array(await readFile(first.path)), FIRST_GZ);
    assert.deepEqual(mirror.requests.slice(0, 2), [
      `GET ${FIRST}.gz bytes=${kept.length}-`,
      `GET ${FIRST}.gz`,
    ]);
  }
});

Deno.test("fetchDataset() throws HashMismatchError and keeps nothing when all mirrors lie", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror(() => new Response(BAD));
  await assert.rejects(fetchDataset("tiny", optionsFor(folder.path, mirror.url)), (error) => {
    assert.ok(error instanceof HashMismatchError);
    assert.equal(error.file, `${mirror.url}${FIRST}.gz`);
    assert.match(
      error.message,
      /^Cannot use http.*\.gz: the SHA-256 of .* was expected; it was not/,
    );
    return true;
  });
  assert.deepEqual(await readdir(join(folder.path, "tiny")), []);
});

Deno.test("fetchDataset() says what each mirror did when none gives the file", async () => {
  await using folder = await temporaryFolder();
  await using missing = startMirror(() => new Response(null, { status: 404 }));
  const gone = startMirror();
  await gone[Symbol.asyncDispose]();
  await assert.rejects(
    fetchDataset("tiny", optionsFor(folder.path, missing.url, gone.url)),
    (error) => {
      assert.ok(error instanceof DownloadError);
      assert.match(
        error.message,
        /^Cannot download tiny\/train-images-idx3-ubyte\.gz: 127\.0\.0\.1:\d+ answered 404 Not Found; 127\.0\.0\.1:\d+ cannot be reached \(.*\); without a network, pass a folder/,
      );
      return true;
    },
  );
});

Deno.test("fetchDataset() replaces a damaged file among the downloads", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror();
  await mkdir(join(folder.path, "tiny"));
  await writeFile(join(folder.path, "tiny", `${FIRST}.gz`), BAD);
  const [first] = await fetchDataset("tiny", optionsFor(folder.path, mirror.url));
  assert.equal(first.url, `${mirror.url}${FIRST}.gz`);
});

Deno.test("fetchDataset() accepts a file that the server did not compress", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror((request) => {
    const name = new URL(request.url).pathname.slice(1).replace(/\.gz$/, "");
    return new Response(tinyFiles.get(name)!.slice());
  });
  const fetched = await fetchDataset("tiny", optionsFor(folder.path, mirror.url));
  assert.deepEqual(
    fetched.map(({ path }) => path),
    tinyNames.map((n) => join(folder.path, "tiny", n)),
  );
});

Deno.test("fetchDataset() refuses an unverified set unless that is allowed", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror();
  const manifest = tinyManifest({ tiny: { hashed: false, mirrors: [mirror.url] } });
  const options: FetchOptions = { manifest, cacheDir: folder.path };
  await assert.rejects(fetchDataset("tiny", options), {
    name: "RangeError",
    message: /^Cannot use tiny: the manifest has no hash to verify it with, allow it with/,
  });
  assert.deepEqual(mirror.requests, []);
  const fetched = await fetchDataset("tiny", { ...options, allowUnverified: true });
  assert.equal(fetched.length, 4);
});

Deno.test("fetchDataset() says how to get a set that no mirror has", async () => {
  await using folder = await temporaryFolder();
  const manifest = tinyManifest({ tiny: { byHand: "unpack archive.zip" } });
  await assert.rejects(fetchDataset("tiny", { manifest, cacheDir: folder.path }), {
    name: "RangeError",
    message: "Cannot download tiny: unpack archive.zip, into a folder tiny of --data-dir",
  });
  await assert.rejects(fetchDataset("tyni", { manifest, cacheDir: folder.path }), {
    name: "RangeError",
    message: "Cannot find the data set tyni: the manifest has tiny",
  });
});
