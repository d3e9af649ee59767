import type { Provenance, Result } from "@mixtape/results";
import assert from "node:assert/strict";
import { z } from "zod";
import { inFolder } from "../../apps/report-site/testing/folder_contents.ts";
import type { OwnContext, RunContext, Runnable } from "./experiment.ts";
import { decodeColumn } from "./own/row_column.ts";
import { ResultStore } from "./result_store.ts";
import type { LoadedExperiment } from "./perform.ts";
import { runExperiments, type RunSettings } from "./run_experiments.ts";
import { tinyTable } from "./testing/tiny_table.ts";
import { rowTexts, tinyData } from "./testing/tiny_data.ts";

const limits = { trainRows: 5, testRows: null };

/** An experiment that notes what it is given, and draws and keeps a file each. */
class Probe implements Runnable {
  readonly answers = "What was I given?";
  readonly seconds = 1;
  readonly profiles = {
    quick: { ...limits, size: 2, share: 0.5 },
    full: { trainRows: null, testRows: 7, size: 9, share: 0.5 },
  };
  readonly sample = { size: 4 };
  readonly contexts: RunContext<Probe["profiles"]["full"]>[] = [];

  constructor(readonly id: string) {}

  async run(context: RunContext<Probe["profiles"]["full"]>): Promise<unknown> {
    this.contexts.push(context);
    await context.stage("think", () => context.update(0.5, "thinking"));
    const values = [0, 1, 2, 3];
    const sprite = context.image("sheet", { values, shape: { height: 2, width: 2 }, maxValue: 3 });
    return { sprite, file: context.asset("numbers.bin", Uint8Array.of(1, 2, 3)) };
  }
}

const provenance: Omit<Provenance, "startedAt"> = {
  commit: null,
  dirty: null,
  packageVersions: {},
  deno: "2",
  v8: "1",
  backend: "cpu",
  adapter: null,
  threads: 1,
  processor: { model: "Example", count: 1 },
  os: "linux",
};

/** Runs in a folder of its own, and returns results, the lines that were logged and what progress said. */
async function runIn(
  folder: string,
  experiments: readonly LoadedExperiment[],
  settings: Partial<RunSettings> = {},
) {
  const lines: string[] = [];
  const said: string[] = [];
  const schemas = Object.fromEntries(experiments.map(({ id }) => [id, z.unknown()]));
  const results = await runExperiments(experiments, {
    profile: "quick",
    seed: 3,
    dataset: { requested: "mnist", used: "mnist", reason: "asked-for" },
    data: tinyData(),
    provenance,
    store: new ResultStore(folder, schemas),
    force: false,
    progress: {
      stage: (name) => said.push(`stage ${name}`),
      update: (fraction, note) => said.push(`${fraction} ${note}`),
      log: (line) => lines.push(line),
    },
    signal: new AbortController().signal,
    ...settings,
  });
  return { results, lines, said };
}

async function keyOf(probe: LoadedExperiment, settings: Partial<RunSettings>): Promise<string> {
  let key = "";
  await inFolder(async (folder) => {
    const { results: [result] } = await runIn(folder, [probe], settings);
    key = result.key;
  });
  return key;
}

Deno.test("runExperiments() names a result after what was asked and on what", async () => {
  const data = tinyData();
  const { inDistribution: inside, outOfDistribution: outside } = data;
  const otherFile = [{ name: inside.files[0].name, sha256: "ee".repeat(32) }];
  const otherParameters = new Probe("probe");
  Object.assign(otherParameters.profiles.quick, { share: 0.75 });
  const keys = [
    await keyOf(new Probe("probe"), {}),
    await keyOf(new Probe("other"), {}),
    await keyOf(otherParameters, {}),
    await keyOf(new Probe("probe"), { profile: "full" }),
    await keyOf(new Probe("probe"), { seed: 4 }),
    await keyOf(new Probe("probe"), {
      data: { ...data, inDistribution: { ...inside, files: otherFile } },
    }),
    await keyOf(new Probe("probe"), {
      data: { ...data, outOfDistribution: { ...outside, files: otherFile } },
    }),
    await keyOf(new Probe("probe"), {
      data: { inDistribution: outside, outOfDistribution: inside },
    }),
    await keyOf(new Probe("probe"), {
      dataset: { requested: "auto", used: "sample", reason: "mnist-unavailable" },
    }),
    await keyOf(new Probe("probe"), { provenance: { ...provenance, backend: "simd" } }),
  ];
  assert.equal(new Set(keys).size, keys.length);
  for (const key of keys) assert.match(key, /^[0-9a-f]{64}$/);
  assert.equal(
    await keyOf(new Probe("probe"), {
      provenance: { ...provenance, commit: "ab".repeat(20), threads: 8 },
    }),
    keys[0],
  );
});

Deno.test("runExperiments() takes the first rows, and says how many", async () => {
  const { inDistribution: inside, outOfDistribution: outside } = tinyData();
  await inFolder(async (folder) => {
    const probe = new Probe("probe");
    const { results: [result] } = await runIn(folder, [probe]);
    const [{ inDistribution, outOfDistribution, parameters, seed }] = probe.contexts;
    assert.deepEqual(parameters, probe.profiles.quick);
    assert.equal(seed, 3);
    for (const [given, all] of [[inDistribution, inside], [outOfDistribution, outside]]) {
      assert.deepEqual(rowTexts(given.train.images), rowTexts(all.train.images).slice(0, 5));
      assert.deepEqual([...given.train.labels], [...all.train.labels.slice(0, 5)]);
      assert.deepEqual(rowTexts(given.test.images), rowTexts(all.test.images));
    }
    const described = result.data.map(({ role, name, rows }) => [role, name, rows]);
    assert.deepEqual(described, [
      ["in-distribution", "shapes", { train: 5, test: 23 }],
      ["out-of-distribution", "clothes", { train: 5, test: 19 }],
    ]);
    const { title, source, licence, files, imageShape, classNames, maxValue } = inside;
    const { role: _, name: __, rows: ___, ...rest } = result.data[0];
    const kind = "images";
    assert.deepEqual(rest, {
      kind,
      title,
      source,
      licence,
      files,
      imageShape,
      classNames,
      maxValue,
    });
  });
  await inFolder(async (folder) => {
    const probe = new Probe("probe");
    await runIn(folder, [probe], { profile: "full" });
    assert.equal(probe.contexts[0].inDistribution.train.labels.length, 41);
    assert.equal(probe.contexts[0].inDistribution.test.labels.length, 7);
  });
});

Deno.test("runExperiments() has parameters of their own for the sample", async () => {
  await inFolder(async (folder) => {
    const probe = new Probe("probe");
    const dataset = { requested: "auto", used: "sample", reason: "mnist-unavailable" } as const;
    const { results: [result] } = await runIn(folder, [probe], { dataset });
    assert.deepEqual(probe.contexts[0].parameters, { ...probe.profiles.quick, size: 4 });
    assert.deepEqual(result.options, {
      profile: "quick",
      seed: 3,
      dataset,
      parameters: { ...probe.profiles.quick, size: 4 },
    });
    assert.equal(probe.profiles.quick.size, 2);
  });
});

Deno.test("runExperiments() runs again what is not stored whole, or when it is forced to", async () => {
  await inFolder(async (folder) => {
    const probe = new Probe("probe");
    const { results: [first], lines } = await runIn(folder, [probe]);
    assert.deepEqual(lines, []);
    const again = await runIn(folder, [probe]);
    assert.deepEqual(again.results, [first]);
    assert.deepEqual(again.lines, ["probe is up to date (--force runs it again)"]);
    assert.equal(probe.contexts.length, 1);
    await runIn(folder, [probe], { seed: 4 });
    assert.equal(probe.contexts.length, 2);
    await runIn(folder, [probe], { seed: 4, force: true });
    assert.equal(probe.contexts.length, 3);
    const { file } = fileOf(first);
    await Deno.writeTextFile(`${folder}/${file}`, "damaged");
    const { lines: [damage] } = await runIn(folder, [probe], { seed: 4 });
    assert.match(damage, /^probe runs again: /);
    assert.equal(probe.contexts.length, 4);
  });
});

function fileOf(result: Result): { readonly file: string } {
  return (result.payload as { readonly file: { readonly file: string } }).file;
}

Deno.test("runExperiments() stores each result with its files, and times its stages", async () => {
  await inFolder(async (folder) => {
    const before = new Date().toISOString();
    const { results, said } = await runIn(folder, [new Probe("one"), new Probe("two")]);
    assert.deepEqual(results.map(({ experiment }) => experiment), ["one", "two"]);
    assert.deepEqual(said, [
      "stage one",
      "0 think",
      "0.5 thinking",
      "stage two",
      "0 think",
      "0.5 thinking",
    ]);
    for (const result of results) {
      assert.deepEqual(result.stages.map(({ name }) => name), ["think"]);
      assert(result.stages[0].elapsedMs >= 0 && result.stages[0].elapsedMs < 60_000);
      const { startedAt, ...rest } = result.provenance;
      assert.deepEqual(rest, provenance);
      assert(startedAt >= before && startedAt <= new Date().toISOString());
      const bytes = await Deno.readFile(`${folder}/${fileOf(result).file}`);
      assert.deepEqual([...bytes], [1, 2, 3]);
      assert.match(fileOf(result).file, new RegExp(`^${result.experiment}/[0-9a-f]+/numbers.bin$`));
      const { sprite } = result.payload as { sprite: { file: string; count: number } };
      assert.match(sprite.file, /\/sheet\.png$/);
      assert.equal(sprite.count, 1);
      const png = new TextDecoder("latin1").decode(await Deno.readFile(`${folder}/${sprite.file}`));
      assert(png.includes(`${result.experiment}: sheet`) && png.includes(result.key));
    }
  });
});

const ownProbe = {
  id: "own-probe",
  answers: "What is in the table?",
  seconds: 1,
  needs: {},
  profiles: { quick: { size: 2 }, full: { size: 9 } },
  run({ table, column, model }: OwnContext<{ readonly size: number }>): Promise<unknown> {
    column("row", table.rowNumbers);
    column("even", Array.from(table.rowNumbers, (row) => row === 2 ? null : row % 2 === 0));
    column("name", Array.from(table.rowNumbers, (row) => row === 0 ? null : `a,"${row}"`));
    model("preparation", table.preparation);
    return Promise.resolve({});
  },
};

Deno.test("runExperiments() keeps what an experiment gives for each row, and its models", async () => {
  const text = "a,b\n1,4\n2,3\n3,9\n";
  const table = await tinyTable(text, { foreign: "a,b\n7,7\n" });
  const dataset = { requested: "own", used: "own", reason: "asked-for" } as const;
  await inFolder(async (folder) => {
    const { results: [result] } = await runIn(folder, [ownProbe], { data: { table }, dataset });
    assert.deepEqual(result.data, [table.used, table.foreign!.used]);
    const columns = await Promise.all(result.columns.map(async ({ name, kind, content }) => [
      name,
      decodeColumn({ kind, bytes: await Deno.readFile(`${folder}/${content.file}`) }),
    ]));
    assert.deepEqual(columns, [
      ["row", [0, 1, 2]],
      ["even", [true, false, null]],
      ["name", [null, 'a,"1"', 'a,"2"']],
    ]);
    const [{ name, content }] = result.models;
    const written = JSON.parse(await Deno.readTextFile(`${folder}/${content.file}`));
    assert.deepEqual([name, written], ["preparation", table.preparation.toJSON()]);
    const again = await runIn(folder, [ownProbe], { data: { table }, dataset });
    assert.deepEqual(again.results, [result]);
    await Deno.remove(`${folder}/${result.columns[0].content.file}`);
    const { lines: [damage] } = await runIn(folder, [ownProbe], { data: { table }, dataset });
    assert.match(damage, /^own-probe runs again: .*column-row\.bin is missing$/);
  });
});

Deno.test("runExperiments() names a result on own data after their bytes and the way they were read", async () => {
  const dataset = { requested: "own", used: "own", reason: "asked-for" } as const;
  const text = "a,b\n1,4\n2,3\n3,9\n";
  const tables = [
    await tinyTable(text),
    await tinyTable(`${text}4,4\n`),
    await tinyTable(text, { scale: "robust" }),
    await tinyTable(text, { exclude: ["b"] }),
    await tinyTable(text, { sampleRows: 2 }),
    await tinyTable(text, { foreign: "a,b\n7,7\n" }),
  ];
  const keys: string[] = [];
  for (const table of tables) keys.push(await keyOf(ownProbe, { data: { table }, dataset }));
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(await keyOf(ownProbe, { data: { table: await tinyTable(text) }, dataset }), keys[0]);
});

Deno.test("runExperiments() refuses a column that has not one value per row, and data of the other kind", async () => {
  const table = await tinyTable("a\n1\n2\n");
  await inFolder(async (folder) => {
    const short = {
      ...ownProbe,
      run: ({ column }: OwnContext<object>) => Promise.resolve(column("c", [1])),
    };
    await assert.rejects(
      runIn(folder, [short], { data: { table } }),
      /^RangeError: Cannot keep the column c: it has 1 values, 2 are needed, one per row$/,
    );
    await assert.rejects(runIn(folder, [ownProbe]), /^TypeError: Cannot run own-probe: /);
    await assert.rejects(runIn(folder, [new Probe("probe")], { data: { table } }), TypeError);
  });
});

Deno.test("runExperiments() runs nothing once it is aborted", async () => {
  await inFolder(async (folder) => {
    const probe = new Probe("probe");
    const signal = AbortSignal.abort();
    await assert.rejects(runIn(folder, [probe], { signal }), { name: "AbortError" });
    assert.equal(probe.contexts.length, 0);
  });
});
