import assert from "node:assert/strict";
import { z } from "zod";
import { count, list, record, share, text } from "./checks.ts";
import type { Envelope } from "./envelope.ts";
import { spritesOf } from "./images.ts";
import type { PayloadSchemas } from "./schemas.ts";
import { type Sprite, sprite } from "./sprite.ts";

interface ExampleSet {
  readonly name: string;
  readonly rows: number;
  readonly density: number;
  readonly samples: Sprite;
  readonly classMeans: Sprite;
}

interface ExamplePayload {
  readonly sets: readonly ExampleSet[];
}

/** Payloads of two experiments, for the tests of this package. */
export const exampleSchemas: PayloadSchemas = {
  "data": record<ExamplePayload>({
    sets: list(
      record<ExampleSet>({
        name: text,
        rows: count,
        density: share,
        samples: sprite,
        classMeans: sprite,
      }),
      1,
    ),
  }),
  "other": z.strictObject({ share }),
};

function exampleSprite(file: string, columns: number, count: number): Sprite {
  const tile = { width: 8, height: 8 };
  return { file, byteLength: 90, sha256: "1".repeat(64), tile, columns, count };
}

/** A small result that conforms, for the tests of this package. */
export const exampleResult: Envelope<"data", ExamplePayload> = {
  schemaVersion: 3,
  experiment: "data",
  key: "0123456789abcdef",
  options: {
    profile: "quick",
    seed: 0,
    dataset: { requested: "auto", used: "sample", reason: "mnist-unavailable" },
    parameters: { samples: 9 },
  },
  data: [{
    kind: "images",
    role: "in-distribution",
    name: "digits",
    title: "Digits",
    source: "a test",
    licence: "CC-BY-4.0",
    files: [{ name: "train-images-idx3-ubyte", sha256: "0".repeat(64) }],
    rows: { train: 10, test: 5 },
    imageShape: { height: 8, width: 8 },
    classNames: ["0", "1"],
    maxValue: 16,
  }],
  provenance: {
    commit: null,
    dirty: null,
    packageVersions: { "@mixtape/results": "0.1.0" },
    deno: "2.9.6",
    v8: "15.0",
    backend: "cpu",
    adapter: null,
    threads: 1,
    processor: { model: "A processor", count: 2 },
    os: "linux x86_64",
    startedAt: "2026-01-01T00:00:00.000Z",
  },
  stages: [{ name: "reading", elapsedMs: 1.5 }],
  columns: [],
  models: [],
  payload: {
    sets: [{
      name: "digits",
      rows: 10,
      density: 0.5,
      samples: exampleSprite("data/samples.png", 3, 9),
      classMeans: exampleSprite("data/means.png", 2, 2),
    }],
  },
};

Deno.test("spritesOf() lists every image of a result once", () => {
  assert.deepEqual(spritesOf(exampleResult).map((sprite) => sprite.file), [
    "data/samples.png",
    "data/means.png",
  ]);
});
