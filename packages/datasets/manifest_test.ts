import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  datasetEntry,
  expectedFiles,
  isVerified,
  parseManifest,
  readManifest,
} from "./manifest.ts";
import { temporaryFolder, tinyManifest } from "./testing/tiny_dataset.ts";

function without(key: string): unknown {
  const { [key]: _, ...rest } = tinyManifest().datasets.tiny as unknown as Record<string, unknown>;
  return { ...tinyManifest(), datasets: { tiny: rest } };
}

function changed(changes: object): unknown {
  const manifest = tinyManifest();
  return { ...manifest, datasets: { tiny: { ...manifest.datasets.tiny, ...changes } } };
}

Deno.test("parseManifest() fills in what is usual", () => {
  const { tiny } = tinyManifest().datasets;
  assert.equal(tiny.firstLabel, 0);
  assert.equal(tiny.image.transposed, false);
});

Deno.test("parseManifest() names the first place that does not conform", () => {
  const cases: [unknown, RegExp][] = [
    [[], /^Cannot read the manifest: its top level: .*expected object/],
    [without("licence"), /: datasets\.tiny\.licence: /],
    [changed({ mirrors: ["https://example.org/no-slash"] }), /: datasets\.tiny\.mirrors\.0: /],
    [changed({ mirrors: ["file:///etc/"] }), /: datasets\.tiny\.mirrors\.0: /],
    [changed({ classNames: [] }), /: datasets\.tiny\.classNames: /],
    [changed({ colour: "red" }), /: datasets\.tiny: Unrecognized key/],
    [
      { ...tinyManifest(), pairs: { ...tinyManifest().pairs, mnist: pair("tiny", "other") } },
      /: pairs\.mnist: names other, which is not among the datasets$/,
    ],
  ];
  for (const [json, message] of cases) {
    assert.throws(() => parseManifest(json), { name: "SyntaxError", message });
  }
});

Deno.test("parseManifest() refuses a file name that leaves the folder of the set", () => {
  for (const file of ["../secret", "/etc/passwd", "a/b", ".hidden", "C:\\x"]) {
    const { splits } = tinyManifest().datasets.tiny;
    const train = { ...splits.train, images: { file } };
    const json = changed({ splits: { ...splits, train } });
    assert.throws(() => parseManifest(json), {
      message: /splits\.train\.images\.file: must be a file name without a folder$/,
    });
  }
});

function pair(inDistribution: string, outOfDistribution: string): object {
  return { inDistribution, outOfDistribution };
}

Deno.test("readManifest() reads a file and names it when it is no manifest", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "manifest.json");
  await writeFile(path, JSON.stringify(tinyManifest()));
  assert.deepEqual(await readManifest(path), tinyManifest());
  await writeFile(path, "{ no JSON");
  await assert.rejects(readManifest(path), {
    name: "SyntaxError",
    message: `Cannot read ${path}: it is not JSON`,
  });
});

Deno.test("datasetEntry() finds a set and lists the names when there is none", () => {
  assert.equal(datasetEntry(tinyManifest(), "tiny").title, "Tiny tiny");
  for (const name of ["minst", "toString", "__proto__"]) {
    assert.throws(() => datasetEntry(tinyManifest(), name), {
      name: "RangeError",
      message: `Cannot find the data set ${name}: the manifest has tiny`,
    });
  }
});

Deno.test("isVerified() wants a hash for every file", () => {
  const { tiny } = tinyManifest().datasets;
  assert.equal(isVerified(tiny), true);
  assert.equal(isVerified(tinyManifest({ tiny: { hashed: false } }).datasets.tiny), false);
  const labels = { file: tiny.splits.test.labels.file };
  const splits = { ...tiny.splits, test: { ...tiny.splits.test, labels } };
  assert.equal(isVerified({ ...tiny, splits }), false);
});

Deno.test("parseManifest() takes numbers and names up to their bounds, and nothing beyond", () => {
  const { image, splits, licence } = tinyManifest().datasets.tiny;
  const classNames = (length: number) => Array.from({ length }, (_, i) => `class ${i}`);
  const sized = (count: number) => ({ splits: { ...splits, test: { ...splits.test, count } } });
  const hashed = (sha256: string) => {
    const images = { ...splits.train.images, sha256 };
    return { splits: { ...splits, train: { ...splits.train, images } } };
  };
  const bounds: [good: object, bad: object][] = [
    [{ image: { ...image, maxValue: 1 } }, { image: { ...image, maxValue: 0 } }],
    [{ image: { ...image, maxValue: 255 } }, { image: { ...image, maxValue: 256 } }],
    [{ image: { ...image, height: 1 } }, { image: { ...image, height: 0 } }],
    [{ image: { ...image, width: 1 } }, { image: { ...image, width: 1.5 } }],
    [{ classNames: classNames(1) }, { classNames: ["a", ""] }],
    [{ classNames: classNames(256) }, { classNames: classNames(257) }],
    [{ firstLabel: 3 }, { firstLabel: -1 }],
    [{ title: "T" }, { title: "" }],
    [{ attribution: "A" }, { attribution: "" }],
    [{ licence: { ...licence, name: "L" } }, { licence: { ...licence, name: "" } }],
    [{ homepage: "https://a.org" }, { homepage: "a" }],
    [{ mirrors: ["http://a.org/", "https://b.org/c/"] }, { mirrors: ["ftp://a.org/"] }],
    [{ byHand: "Ask for it" }, { byHand: 1 }],
    [sized(1), sized(0)],
    [hashed("0123456789abcdef".repeat(4)), hashed("A".repeat(64))],
    [hashed("f".repeat(64)), hashed("f".repeat(63))],
  ];
  for (const [good, bad] of bounds) {
    const entry = datasetEntry(parseManifest(changed(good)), "tiny");
    for (const [key, value] of Object.entries(good)) {
      assert.deepEqual(entry[key as keyof typeof entry], value);
    }
    assert.throws(() => parseManifest(changed(bad)), SyntaxError, JSON.stringify(bad));
  }
});

Deno.test("expectedFiles() tells shape and range of each file, in the order of the manifest", () => {
  const { tiny } = tinyManifest().datasets;
  const image = { height: 5, width: 7, maxValue: 16, transposed: false };
  const files = expectedFiles({ ...tiny, image, firstLabel: 3, classNames: ["a", "b", "c"] });
  const { train, test } = tiny.splits;
  assert.deepEqual(
    files,
    [train, test].flatMap(({ count, images, labels }) => [
      { ...images, shape: [count, 5, 7], holds: "pixel", range: [0, 16] },
      { ...labels, shape: [count], holds: "label", range: [3, 5] },
    ]),
  );
});
