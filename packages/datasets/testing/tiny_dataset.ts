/**
 * A data set of a few 2×3 images, and a server on loopback that offers it, for tests.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeIdx } from "../idx.ts";
import { type DatasetEntry, type Manifest, parseManifest } from "../manifest.ts";

const TRAIN = 4;
const TEST = 2;
const HEIGHT = 2;
const WIDTH = 3;

function images(count: number, seed: number): Uint8Array {
  const values = Uint8Array.from(
    { length: count * HEIGHT * WIDTH },
    (_, i) => (i * 37 + seed) % 256,
  );
  return writeIdx({ shape: [count, HEIGHT, WIDTH], values });
}

function labels(count: number): Uint8Array {
  return writeIdx({ shape: [count], values: Uint8Array.from({ length: count }, (_, i) => i % 2) });
}

/** Files of the data set, not compressed, by name. */
export const tinyFiles: ReadonlyMap<string, Uint8Array> = new Map([
  ["train-images-idx3-ubyte", images(TRAIN, 1)],
  ["train-labels-idx1-ubyte", labels(TRAIN)],
  ["t10k-images-idx3-ubyte", images(TEST, 2)],
  ["t10k-labels-idx1-ubyte", labels(TEST)],
]);

/** Names of the files. */
export const tinyNames: readonly string[] = [...tinyFiles.keys()];

/** Returns the SHA-256 of bytes, in hexadecimal, by another implementation than the package's. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Compresses bytes as a mirror would. */
export function gzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(bytes));
}

/** Changes that {@linkcode tinyManifest} makes to an entry. */
export interface TinyChanges extends Partial<Omit<DatasetEntry, "splits">> {
  /** True if the manifest has hashes; `true` by default. */
  readonly hashed?: boolean;
}

/**
 * Returns a manifest in which every name stands for the same small data set, apart from `changes`.
 */
export function tinyManifest(
  changes: Readonly<Record<string, TinyChanges>> = { tiny: {} },
): Manifest {
  const datasets = Object.fromEntries(
    Object.entries(changes).map(([name, { hashed = true, ...rest }]) => {
      const file = (name: string) => ({
        file: name,
        ...hashed ? { sha256: sha256(tinyFiles.get(name)!) } : {},
      });
      const split = (count: number, prefix: string) => ({
        count,
        images: file(`${prefix}-images-idx3-ubyte`),
        labels: file(`${prefix}-labels-idx1-ubyte`),
      });
      return [name, {
        title: `Tiny ${name}`,
        homepage: "https://example.org/",
        attribution: "Nobody",
        licence: { name: "CC0-1.0", url: "https://creativecommons.org/publicdomain/zero/1.0/" },
        image: { height: HEIGHT, width: WIDTH, maxValue: 255 },
        classNames: ["even", "odd"],
        mirrors: [],
        splits: { train: split(TRAIN, "train"), test: split(TEST, "t10k") },
        ...rest,
      }];
    }),
  );
  const [inDistribution, outOfDistribution = inDistribution, inside, outside] = Object.keys(
    changes,
  );
  return parseManifest({
    datasets,
    pairs: {
      mnist: { inDistribution, outOfDistribution },
      sample: {
        inDistribution: inside ?? inDistribution,
        outOfDistribution: outside ?? outOfDistribution,
      },
    },
  });
}

/** Makes a folder that is removed when it goes out of scope. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "mixtape-datasets-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

/** Writes the data set into a folder, as `--data-dir` would hold it. */
export async function writeTiny(
  root: string,
  name: string,
  { compressed = true, changed = {} }: {
    compressed?: boolean;
    changed?: Readonly<Record<string, Uint8Array | undefined>>;
  } = {},
): Promise<void> {
  await mkdir(join(root, name), { recursive: true });
  for (const [file, bytes] of Object.entries({ ...Object.fromEntries(tinyFiles), ...changed })) {
    if (bytes === undefined) continue;
    const path = join(root, name, compressed ? `${file}.gz` : file);
    await writeFile(path, compressed ? gzip(bytes) : bytes);
  }
}

/** A mirror on loopback, with a record of its requests. */
export interface Mirror extends AsyncDisposable {
  /** Address of its folder. */
  readonly url: string;
  /** Requests in order, as `GET name.gz` followed by the range if one was asked for. */
  readonly requests: string[];
}

/** Answers as a working mirror does: with the file, or the part of it that was asked for. */
export function serveTiny(request: Request): Response {
  const file = new URL(request.url).pathname.slice(1).replace(/\.gz$/, "");
  const content = tinyFiles.get(file);
  if (content === undefined) return new Response(null, { status: 404 });
  const bytes = gzip(content);
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
  if (start === 0) return new Response(bytes);
  if (start >= bytes.length) return new Response(null, { status: 416 });
  const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
  return new Response(bytes.slice(start), { status: 206, headers: { "content-range": range } });
}

/** Starts a mirror. */
export function startMirror(
  answer: (request: Request) => Response | Promise<Response> = serveTiny,
): Mirror {
  const requests: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const range = request.headers.get("range");
    const name = new URL(request.url).pathname.slice(1);
    requests.push([request.method, name, range].filter((part) => part !== null).join(" "));
    return answer(request);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
