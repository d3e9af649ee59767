/** Folders of downloads that cannot be written to, and files that must not stay in them. */
import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CacheError } from "./cache_error.ts";
import { fetchDataset, type FetchOptions } from "./fetch_dataset.ts";
import { writeIdx } from "./idx.ts";
import { partialPath } from "./partial_file.ts";
import {
  gzip,
  serveTiny,
  startMirror,
  temporaryFolder,
  type TinyChanges,
  tinyFiles,
  tinyManifest,
  tinyNames,
} from "./testing/tiny_dataset.ts";

const [IMAGES, LABELS] = tinyNames;

function optionsFor(cacheDir: string, mirror: string, changes: TinyChanges = {}): FetchOptions {
  const manifest = tinyManifest({ tiny: { mirrors: [mirror], ...changes } });
  return { manifest, cacheDir, allowUnverified: true };
}

Deno.test("fetchDataset() keeps no file of an unverified set with values out of range", async () => {
  const labels = (...values: number[]) =>
    gzip(writeIdx({ shape: [values.length], values: Uint8Array.from(values) }));
  const image = { height: 2, width: 3, maxValue: 16, transposed: false };
  const cases: [string, TinyChanges, Uint8Array<ArrayBuffer>, RegExp][] = [
    [LABELS, {}, labels(0, 1, 2, 0), /label 2 is 2, it must be between 0 and 1/],
    [LABELS, { firstLabel: 1 }, labels(1, 2, 1, 0), /label 3 is 0, it must be between 1 and 2/],
    [LABELS, {}, labels(0, 1, 0), /12 bytes were expected, it decompresses to 11/],
    [
      IMAGES,
      { image },
      gzip(writeIdx({ shape: [4, 2, 3], values: new Uint8Array(24).fill(17, 5) })),
      /pixel 5 is 17, it must be between 0 and 16/,
    ],
    [
      IMAGES,
      {},
      gzip(writeIdx({ shape: [4, 3, 2], values: new Uint8Array(24) })),
      /its shape is \[4,3,2\], \[4,2,3\] was expected/,
    ],
  ];
  for (const [file, changes, bytes, message] of cases) {
    await using cache = await temporaryFolder();
    await using mirror = startMirror((request) =>
      request.url.endsWith(`${file}.gz`) ? new Response(bytes) : serveTiny(request)
    );
    const options = optionsFor(cache.path, mirror.url, { hashed: false, ...changes });
    await assert.rejects(fetchDataset("tiny", options), { name: "DownloadError", message });
    const kept = await readdir(join(cache.path, "tiny"));
    assert.deepEqual(kept.filter((name) => name.startsWith(file)), []);
  }
});

Deno.test("fetchDataset() joins no parts of which nothing tells that they are of one file", async () => {
  await using cache = await temporaryFolder();
  const whole = tinyFiles.get(IMAGES)!.slice();
  await using mirror = startMirror((request) => {
    if (!request.url.endsWith(`${IMAGES}.gz`)) return serveTiny(request);
    if (!request.headers.has("range")) return new Response(whole);
    const range = `bytes 20-${whole.length - 1}/${whole.length}`;
    return new Response(whole.slice(20), { status: 206, headers: { "content-range": range } });
  });
  const folder = join(cache.path, "tiny");
  await mkdir(folder);
  const former = whole.slice(0, 20).with(19, 99);
  await writeFile(await partialPath(folder, IMAGES, `${mirror.url}${IMAGES}.gz`), former);
  await fetchDataset("tiny", optionsFor(cache.path, mirror.url, { hashed: false }));
  assert.deepEqual(mirror.requests.slice(0, 2), [`GET ${IMAGES}.gz bytes=20-`, `GET ${IMAGES}.gz`]);
  const kept = Deno.readFileSync(join(folder, IMAGES));
  assert.deepEqual(kept, whole);
});

Deno.test("fetchDataset() names the path when downloads cannot be kept, and blames no mirror", async () => {
  await using folder = await temporaryFolder();
  await using mirror = startMirror();
  const file = join(folder.path, "file");
  await writeFile(file, "");
  const cacheDirs: [string, string][] = [
    [file, "there is a file instead of a folder"],
    [join(folder.path, "x".repeat(300)), "the name is too long"],
  ];
  for (const [cacheDir, why] of cacheDirs) {
    await assert.rejects(fetchDataset("tiny", optionsFor(cacheDir, mirror.url)), (error) => {
      assert(error instanceof CacheError);
      assert.ok(error.path.startsWith(join(cacheDir, "tiny")));
      assert.equal(
        error.message,
        `Cannot keep downloads in ${error.path}: ${why}, fix that ` +
          "or choose another folder of downloads (cacheDir)",
      );
      return true;
    });
  }
  assert.deepEqual(mirror.requests, []);
  await assert.rejects(fetchDataset("tiny", optionsFor("", mirror.url)), {
    name: "RangeError",
    message: "Cannot fetch tiny: cacheDir is empty, the path of a folder is needed",
  });
});

Deno.test("fetchDataset() says that no more can be written, and leaves nothing empty", async () => {
  await using folder = await temporaryFolder();
  // A limit on the size of files stands in for a full disk; the process is told instead of ended.
  await using mirror = startMirror(() => new Response(new Uint8Array(60_000)));
  const module = fileURLToPath(new URL("testing/fetch_tiny.ts", import.meta.url));
  const command = new Deno.Command("sh", {
    args: [
      "-c",
      `trap '' XFSZ; ulimit -f 0; exec "$0" "$@"`,
      Deno.execPath(),
      "run",
      "--no-prompt",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-net=127.0.0.1",
      module,
      folder.path,
      mirror.url,
    ],
  });
  const { code, stderr } = await command.output();
  const said = new TextDecoder().decode(stderr);
  assert.equal(code, 1, said);
  assert.match(
    said,
    /^CacheError: Cannot keep downloads in \S+tiny: the file exceeds the size limit, [^\n]*\n$/,
  );
  assert.deepEqual(await readdir(join(folder.path, "tiny")), []);
});
