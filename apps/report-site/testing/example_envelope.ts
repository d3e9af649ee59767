import type {
  Envelope,
  Separation,
  Sprite,
  StoredFile,
  UsedImages,
  UsedTable,
} from "@mixtape/results";
import { encode } from "fast-png";
import { createHash } from "node:crypto";

/** Side of an image of the example data, in pixels. */
export const side = 6;

/** The classes of the example data. */
export const classNames: readonly string[] = ["zero", "one", "two", "three"];

const inside: UsedImages = {
  kind: "images",
  role: "in-distribution",
  name: "shapes",
  title: "Example shapes",
  source: "made for tests",
  licence: "MIT",
  files: [{ name: "train-images-idx3-ubyte", sha256: "ab".repeat(32) }],
  rows: { train: 400, test: 200 },
  imageShape: { height: side, width: side },
  classNames,
  maxValue: 255,
};

const outside: UsedImages = {
  ...inside,
  role: "out-of-distribution",
  name: "clothes",
  title: "Example clothes",
  rows: { train: 0, test: 150 },
};

/** A sprite of the example data. */
export function exampleSprite(file: string, columns: number, count: number): Sprite {
  const size = { tile: { width: side, height: side }, columns, count };
  const png = exampleImage(size);
  const sha256 = createHash("sha256").update(png).digest("hex");
  return { file, byteLength: png.length, sha256, ...size };
}

/** The PNG file of a sprite of the example data. */
export function exampleImage({ tile, columns, count }: Omit<Sprite, keyof StoredFile>): Uint8Array {
  const width = columns * tile.width;
  const height = Math.ceil(count / columns) * tile.height;
  const data = Uint8Array.from({ length: width * height }, (_, pixel) => (37 * pixel) % 256);
  return encode({ width, height, data, channels: 1 });
}

/** Makes the separation of a made-up score. */
export function exampleSeparation(auroc: number): Separation {
  return {
    auroc,
    aurocInterval: { low: Math.max(0, auroc - 0.02), high: Math.min(1, auroc + 0.02), level: 0.95 },
    auprIn: auroc,
    auprOut: auroc,
    fprAtIdTpr95: 1 - auroc,
  };
}

/** The bytes of an example file: not what its name says, so that a page must cope with what it cannot read. */
export function exampleBytes(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, at) => (31 * at) % 251);
}

/** A result around an example payload; for tests only. */
export function exampleEnvelope<Id extends string, Payload>(
  experiment: Id,
  payload: Payload,
): Envelope<Id, Payload> {
  return {
    schemaVersion: 3,
    experiment,
    key: "00112233445566778899",
    options: {
      profile: "quick",
      seed: 7,
      dataset: { requested: "auto", used: "sample", reason: "mnist-unavailable" },
      parameters: { epochs: 3, rates: [0, 0.5], note: "for tests", limit: null },
    },
    data: [inside, outside],
    provenance: {
      commit: "0123456789abcdef0123456789abcdef01234567",
      dirty: true,
      packageVersions: { "@mixtape/results": "0.1.0" },
      deno: "2.9.6",
      v8: "15.0",
      backend: "cpu",
      adapter: null,
      threads: 1,
      processor: { model: "Example processor", count: 2 },
      os: "linux x86_64",
      startedAt: "2026-01-02T03:04:05.000Z",
    },
    stages: [{ name: "reading", elapsedMs: 12.5 }, { name: "computing", elapsedMs: 61_000 }],
    columns: [],
    models: [],
    payload,
  };
}

const table: UsedTable = {
  kind: "table",
  role: "in-distribution",
  name: "measurements.csv",
  title: "measurements.csv",
  files: [{ name: "measurements.csv", sha256: "cd".repeat(32) }],
  rows: 120,
  fileRows: 300,
  columns: 3,
  missing: 9,
  classes: 2,
  classNames: ["cat", "dog"],
  imageShape: null,
  scale: "standard",
  reading: { label: "species", sampleRows: 120 },
};

/** A result on data of one's own around an example payload; for tests only. */
export function exampleTableEnvelope<Id extends string, Payload>(
  experiment: Id,
  payload: Payload,
): Envelope<Id, Payload, UsedTable> {
  const envelope = exampleEnvelope(experiment, payload);
  const { options } = envelope;
  return {
    ...envelope,
    options: { ...options, dataset: { requested: "own", used: "own", reason: "asked-for" } },
    data: [table],
  };
}
