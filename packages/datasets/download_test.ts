import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { download } from "./download.ts";
import { startMirror, temporaryFolder } from "./testing/tiny_dataset.ts";

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
  await using mirror = startMirror(() => new Response(drip(10, 60)));
  const partial = join(folder.path, "slow.partial");
  await download(mirror.url, partial, { maxBytes: 100, timeoutMs: 300, attempts: 1 });
  assert.deepEqual([...await readFile(partial)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("download() gives up a mirror that falls silent, and says so", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror(() => new Response(drip(10, 300)));
  const partial = join(folder.path, "silent.partial");
  await assert.rejects(
    download(mirror.url, partial, { maxBytes: 100, timeoutMs: 100, attempts: 1 }),
    { message: "sent nothing for 0.1 s" },
  );
});

Deno.test("download() stops a mirror that sends too much, and keeps nothing of it", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror(() => new Response(drip(Infinity, 1)));
  const partial = join(folder.path, "endless.partial");
  await assert.rejects(
    download(mirror.url, partial, { maxBytes: 5, timeoutMs: 1000, attempts: 3 }),
    { name: "RangeError", message: "sends more than the 5 bytes that were expected at most" },
  );
  assert.equal(existsSync(partial), false);
  assert.equal(mirror.requests.length, 1);
});

Deno.test("download() tries again what may pass, and not what will not", async () => {
  for (const [status, requests] of [[503, 2], [429, 2], [404, 1], [403, 1]]) {
    await using folder = await temporaryFolder();
    await using mirror = startMirror(() => new Response(null, { status }));
    await assert.rejects(
      download(mirror.url, join(folder.path, "x"), { maxBytes: 5, timeoutMs: 1000, attempts: 2 }),
      { name: "TypeError", message: new RegExp(`^answered ${status}`) },
    );
    assert.equal(mirror.requests.length, requests, `${status}`);
  }
});
