import { loadDataset, manifest, readManifest } from "@mixtape/datasets";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { callTask } from "./testing/run_task.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

Deno.env.delete("MIXTAPE_DATA_DIR");

async function runData(
  ...args: string[]
): Promise<{ code: number; lines: string[]; errors: string[] }> {
  const { code, said, error } = await callTask("data", args);
  const lines = (text: string) => text.split("\n").filter((line) => line !== "");
  return { code, lines: lines(said), errors: lines(error) };
}

Deno.test("deno task data --list names every data set of the manifest", async () => {
  const { code, lines, errors } = await runData("--list");
  const { datasets } = await readManifest(join(root, "data/manifest.json"));
  assert.deepEqual({ code, errors }, { code: 0, errors: [] });
  assert.deepEqual(lines.map((line) => line.split(" ")[0]), Object.keys(datasets));
  const cells = new Map(lines.map((line) => {
    const [name, ...others] = line.split(/ {2,}/);
    return [name, others];
  }));
  assert.deepEqual(cells.get("digits-8x8"), [
    "1201 + 596 images of 8×8 pixels, 10 classes",
    "CC-BY-4.0",
    "part of the package",
  ]);
  assert.match(cells.get("kmnist")![2], /^(in .*|not here, needs --allow-unverified)$/);
  assert.match(cells.get("emnist-letters")![2], /^(in .*|not here, to be downloaded by hand)$/);
  const licences = lines.map((line) => line.indexOf(datasets[line.split(" ")[0]].licence.name));
  assert.equal(new Set(licences).size, 1);
});

Deno.test("deno task data verifies sets that are present", async () => {
  const { code, lines, errors } = await runData("digits-8x8", "fashion-8x8");
  assert.deepEqual({ code, errors }, { code: 0, errors: [] });
  assert.deepEqual(lines.slice(-2), [
    `UCI digits, 8×8: 1201 + 596 images in the package, verified`,
    `Fashion-MNIST, 8×8: 500 + 500 images in the package, verified`,
  ]);
});

Deno.test("deno task data fails with one line on stderr", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const damaged = join(folder, "digits-8x8");
    await Deno.mkdir(damaged);
    for (const { name } of Deno.readDirSync(join(root, "data/sample/digits-8x8"))) {
      await Deno.copyFile(join(root, "data/sample/digits-8x8", name), join(damaged, name));
    }
    const labels = join(damaged, "train-labels-idx1-ubyte");
    const bytes = await Deno.readFile(labels);
    bytes[20] ^= 1;
    await Deno.writeFile(labels, bytes);
    const cases: [string[], number, RegExp][] = [
      [["minst"], 2, /^error: Unknown data set minst: did you mean mnist\?/],
      [["--lsit"], 2, /^error: Unknown flag --lsit: did you mean --list\?/],
      [["kmnist"], 1, /^error: Cannot use kmnist: .*--allow-unverified/],
      [["emnist-letters", "--allow-unverified"], 1, /^error: Cannot download .* unpack the four/],
      [["mnist", "--data-dir", join(folder, "none")], 1, /^error: .*: there is no such folder$/],
      [["digits-8x8", "--data-dir", folder], 1, /^error: Cannot use .*: the SHA-256 of/],
    ];
    for (const [args, expected, message] of cases) {
      const { code, errors } = await runData(...args);
      assert.equal(code, expected, args.join(" "));
      assert.equal(errors.length, 1, errors.join("\n"));
      assert.match(errors[0], message);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("data/manifest.json has the hashes of MNIST and Fashion-MNIST, and both pairs", async () => {
  const { datasets, pairs } = await readManifest(join(root, "data/manifest.json"));
  assert.deepEqual(pairs.mnist, { inDistribution: "mnist", outOfDistribution: "fashion-mnist" });
  assert.match(datasets.mnist.splits.train.images.sha256!, /^ba891046e6505d7a/);
  assert.match(datasets["fashion-mnist"].splits.train.images.sha256!, /^c59f468a2f672dc8/);
  for (const name of ["kmnist", "emnist-letters", "notmnist"]) {
    assert.equal(datasets[name].splits.train.images.sha256, undefined, name);
  }
});

Deno.test("deno.json allows tasks that download to reach only the mirrors they need, and workers' Redis on this machine", async () => {
  const { datasets, pairs } = await readManifest(join(root, "data/manifest.json"));
  const needed = {
    data: Object.keys(datasets),
    experiments: Object.values(pairs.mnist),
    worker: Object.values(pairs.mnist),
  };
  const loopback = (task: string) => task === "data" ? [] : ["127.0.0.1", "localhost"];
  const { tasks } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  for (const [task, names] of Object.entries(needed)) {
    const mirrors = names.flatMap((name) => datasets[name].mirrors);
    const hosts = new Set([...mirrors.map((mirror) => new URL(mirror).host), ...loopback(task)]);
    const allowed = /--allow-net=(\S+)/.exec(tasks[task].command)?.[1].split(",");
    assert.deepEqual(allowed?.sort(), [...hosts].sort(), task);
  }
});

Deno.test("the package of data sets holds data/manifest.json", async () => {
  assert.deepEqual(manifest, await readManifest(join(root, "data/manifest.json")));
});

Deno.test("data/sample holds a stratified pair in one format", async () => {
  const { inDistribution, outOfDistribution } = manifest.pairs.sample;
  const digits = await loadDataset(inDistribution);
  const fashion = await loadDataset(outOfDistribution);
  for (const { train, test, maxValue, imageShape, verified } of [digits, fashion]) {
    assert.deepEqual({ maxValue, imageShape, verified }, {
      maxValue: 16,
      imageShape: { height: 8, width: 8 },
      verified: true,
    });
    for (const { images } of [train, test]) {
      assert.ok(Array.from(images.values).every((value) => value <= maxValue));
    }
  }
  const countsOf = (labels: Int32Array) => {
    const counts = new Array<number>(10).fill(0);
    labels.forEach((label) => counts[label]++);
    return counts;
  };
  assert.equal(digits.train.labels.length + digits.test.labels.length, 1797);
  countsOf(digits.train.labels).forEach((count, digit) => {
    const share = count / (count + countsOf(digits.test.labels)[digit]);
    assert.ok(Math.abs(share - 2 / 3) < 0.01, `digit ${digit}: ${share}`);
  });
  assert.deepEqual(countsOf(fashion.train.labels), new Array(10).fill(50));
  assert.deepEqual(countsOf(fashion.test.labels), new Array(10).fill(50));
});

Deno.test("data/sample has a licence text beside each set", async () => {
  const texts = { "digits-8x8": /Attribution 4\.0 International/, "fashion-8x8": /Zalando SE/ };
  for (const [name, text] of Object.entries(texts)) {
    assert.match(await Deno.readTextFile(join(root, "data/sample", name, "LICENSE.txt")), text);
  }
});

Deno.test("data/manifest.json has the hashes of the files in data/sample", async () => {
  const { datasets, pairs } = await readManifest(join(root, "data/manifest.json"));
  for (const name of Object.values(pairs.sample)) {
    for (const { images, labels } of Object.values(datasets[name].splits)) {
      for (const { file, sha256 } of [images, labels]) {
        const bytes = await Deno.readFile(join(root, "data/sample", name, file));
        assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256, `${name}/${file}`);
      }
    }
  }
});
