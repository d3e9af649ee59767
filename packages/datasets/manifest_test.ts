import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { datasetEntry, isVerified, parseManifest, readManifest } from "./manifest.ts";
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
