import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { download, type DownloadOptions } from "./download.ts";
import { keepPartial } from "./partial_file.ts";
import { startMirror, temporaryFolder } from "./testing/tiny_dataset.ts";
import { withoutSignals } from "./testing/without_signals.ts";

/** Limits under which one attempt is made, and no rate is too low. */
const limits: DownloadOptions = {
  maxBytes: 100,
  timeoutMs: 1000,
  minBytesPerSecond: 0,
  rateWindowMs: 60_000,
  attempts: 1,
};

/** A body that sends a byte every few milliseconds. */
function drip(bytes: number, everyMs: number): ReadableStream<Uint8Array> {
  let timer: ReturnType<typeof setInterval>;
  let sent = 0;
  return new ReadableStream({
    start(controller) {
      timer = setInterval(() => {
        controller.enqueue(Uint8Array.of(sent++));
        if (sent === bytes) {
          clearInterval(timer);
          controller.close();
        }
      }, everyMs);
    },
    cancel: () => clearInterval(timer),
  });
}

Deno.test("download() waits for a slow mirror as long as something arrives", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror(() => new Response(drip(5, 150)));
  const partial = join(folder.path, "slow.partial");
  await download(mirror.url, partial, { ...limits, timeoutMs: 600 });
  assert.deepEqual([...await readFile(partial)], [0, 1, 2, 3, 4]);
});

Deno.test("download() gives up a mirror that falls silent, and says so", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror(() => new Response(drip(10, 300)));
  const partial = join(folder.path, "silent.partial");
  await assert.rejects(
    download(mirror.url, partial, { ...limits, timeoutMs: 100 }),
    { message: "sent nothing for 0.1 s" },
  );
});

Deno.test("download() stops a mirror that sends too much, and keeps nothing of it", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror(() => new Response(drip(Infinity, 1)));
  const partial = join(folder.path, "endless.partial");
  await assert.rejects(
    download(mirror.url, partial, { ...limits, maxBytes: 5, attempts: 3 }),
    { name: "RangeError", message: "sends more than 5 bytes, the most that were expected" },
  );
  assert.equal(existsSync(partial), false);
  assert.equal(mirror.requests.length, 1);
});

Deno.test("keepPartial() keeps what has arrived, and nothing if nothing has", async () => {
  await using folder = await temporaryFolder();
  for (const size of [undefined, 0, 1]) {
    const [path, kept] = ["one", "kept"].map((name) => join(folder.path, `${size}.${name}`));
    if (size !== undefined) await writeFile(path, new Uint8Array(size));
    await keepPartial({ path, kept });
    assert.deepEqual([existsSync(path), existsSync(kept)], [false, size === 1], `${size}`);
  }
});

Deno.test("download() tries again what may pass, and not what will not", async () => {
  const cases = [[500, 2], [503, 2], [429, 2], [404, 1], [403, 1]];
  await Promise.all(cases.map(async ([status, requests]) => {
    await using folder = await temporaryFolder();
    await using mirror = startMirror(() => new Response(null, { status }));
    await assert.rejects(
      download(mirror.url, join(folder.path, "x"), { ...limits, attempts: 2 }),
      { name: "TypeError", message: new RegExp(`^answered ${status}`) },
    );
    assert.equal(mirror.requests.length, requests, `${status}`);
  }));
});

Deno.test("download() gives up a mirror that sends too little to ever end, at once", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror(() => new Response(drip(100, 50)));
  const partial = join(folder.path, "trickle.partial");
  const options = { ...limits, minBytesPerSecond: 100, rateWindowMs: 300, attempts: 3 };
  await assert.rejects(download(mirror.url, partial, options), {
    name: "TypeError",
    message: /^sent \d bytes in 0\.3 s, at least 100 per second were expected$/,
  });
  assert.equal(mirror.requests.length, 1);
});

Deno.test("download() gives up what is too slow or aborted although the request has lost its signal", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror(() => new Response(drip(20, 50)));
  const partial = join(folder.path, "trickle.partial");
  await withoutSignals(async () => {
    const slow = { ...limits, minBytesPerSecond: 100, rateWindowMs: 200 };
    await assert.rejects(download(mirror.url, partial, slow), {
      message: /^sent \d bytes in 0\.2 s/,
    });
    const silent = { ...limits, timeoutMs: 20 };
    await assert.rejects(download(mirror.url, partial, silent), { message: /^sent nothing for/ });
    const controller = new AbortController();
    const reason = new RangeError("enough");
    await assert.rejects(
      download(mirror.url, partial, {
        ...limits,
        signal: controller.signal,
        onBytes: () => controller.abort(reason),
      }),
      reason,
    );
  });
});

const WHOLE = Uint8Array.from({ length: 60 }, (_, i) => i);
const OTHER = WHOLE.map((value) => value + 100);

/** A part of a file as a mirror answers with it. */
function part(bytes: Uint8Array<ArrayBuffer>, start: number, headers: Record<string, string> = {}) {
  const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
  return new Response(bytes.slice(start), {
    status: 206,
    headers: { "content-range": range, ...headers },
  });
}

/** The beginning of a file of which the rest does not come. */
function broken(bytes: Uint8Array, headers: Record<string, string> = {}): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, 20));
      controller.close();
    },
  });
  return new Response(body, { headers: { "content-length": String(bytes.length), ...headers } });
}

/** Downloads from a mirror with the given answers to the first request and to later ones. */
async function downloadedFrom(
  first: Response,
  next: (request: Request) => Response,
): Promise<{ readonly bytes: Uint8Array; readonly requests: readonly string[] }> {
  await using folder = await temporaryFolder();
  let asked = 0;
  await using mirror = startMirror((request) => asked++ === 0 ? first : next(request));
  const partial = join(folder.path, "file.partial");
  await download(mirror.url, partial, { ...limits, attempts: 2 });
  return { bytes: new Uint8Array(await readFile(partial)), requests: mirror.requests };
}

Deno.test("download() goes on only with a part of the same file, from the same place", async () => {
  const answers: Record<string, [Response, Response]> = {
    "another place": [broken(WHOLE), part(WHOLE, 10)],
    "another size": [broken(WHOLE), part(OTHER.slice(0, 50), 20)],
    "another tag": [broken(WHOLE, { etag: '"a"' }), part(OTHER, 20, { etag: '"b"' })],
    "another date": [
      broken(WHOLE, { "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT" }),
      part(OTHER, 20, { "last-modified": "Tue, 02 Jan 2024 00:00:00 GMT" }),
    ],
    "no place": [broken(WHOLE), new Response(OTHER.slice(20), { status: 206 })],
    "not to the end": [
      broken(WHOLE),
      new Response(WHOLE.slice(20, 30), {
        status: 206,
        headers: { "content-range": "bytes 20-29/60" },
      }),
    ],
    "out of range": [broken(WHOLE), new Response(null, { status: 416 })],
  };
  await Promise.all(
    Object.entries(answers).map(async ([name, [first, second]]) => {
      const { bytes, requests } = await downloadedFrom(
        first,
        (request) => request.headers.has("range") ? second : new Response(WHOLE),
      );
      assert.deepEqual(bytes, WHOLE, name);
      assert.deepEqual(requests, ["GET ", "GET  bytes=20-", "GET "], name);
    }),
  );
});

Deno.test("download() begins anew with a whole file that it is sent instead of a part", async () => {
  const { bytes } = await downloadedFrom(broken(WHOLE), () => new Response(OTHER));
  assert.deepEqual(bytes, OTHER);
});

Deno.test("download() asks for the rest only if the file is still the same", async () => {
  const { bytes } = await downloadedFrom(broken(WHOLE, { etag: '"a"' }), (request) => {
    assert.equal(request.headers.get("if-range"), '"a"');
    return part(WHOLE, 20, { etag: '"a"' });
  });
  assert.deepEqual(bytes, WHOLE);
  // A weak tag does not tell whether two files have the same bytes.
  await downloadedFrom(broken(WHOLE, { etag: 'W/"a"' }), (request) => {
    assert.equal(request.headers.get("if-range"), null);
    return part(WHOLE, 20);
  });
});

Deno.test("download() takes no part for a file that it asked for whole", async () => {
  await using folder = await temporaryFolder();
  for (const answer of [part(WHOLE, 20), new Response(WHOLE, { status: 206 })]) {
    await using mirror = startMirror(() => answer);
    await assert.rejects(download(mirror.url, join(folder.path, "x"), limits), {
      name: "TypeError",
      message: "answered 206 Partial Content",
    });
  }
  await using mirror = startMirror(() => new Response(null, { status: 416 }));
  await assert.rejects(download(mirror.url, join(folder.path, "x"), limits), {
    name: "TypeError",
    message: /^answered 416/,
  });
});
