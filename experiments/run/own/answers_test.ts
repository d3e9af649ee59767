import { readTable } from "@mixtape/datasets/table";
import { parquetReadObjects } from "hyparquet";
import assert from "node:assert/strict";
import { z } from "zod";
import { inFolder } from "../../../apps/report-site/testing/folder_contents.ts";
import type { AppliedModels, NewRows, OwnContext, OwnRunnable } from "../experiment.ts";
import { ResultStore } from "../result_store.ts";
import { runExperiments } from "../run_experiments.ts";
import { tinyTable } from "../testing/tiny_table.ts";
import { writeAnswers } from "./answers.ts";
import { applyModels, type NewData } from "./apply_models.ts";
import type { OwnTable } from "./own_table.ts";

/** An experiment whose model is a limit of the first column: rows above it are far. */
const limits: OwnRunnable & { readonly id: string } = {
  id: "limits",
  answers: "Which rows are far?",
  seconds: 1,
  needs: {},
  profiles: { quick: {}, full: {} },
  run({ table, column, model }: OwnContext<object>): Promise<unknown> {
    const limit = 2;
    const [far, first, name] = say(table, limit);
    column("far", far as boolean[]);
    column("first", first);
    column("name", name);
    model("limit", { limit });
    return Promise.resolve({});
  },
  restore(models, classNames): Promise<AppliedModels> {
    const { limit } = models.get("limit") as { limit: number };
    return Promise.resolve({
      columns: ["far", "first", `name_of_${classNames.length}`],
      apply: (rows) => Promise.resolve(say(rows, limit)),
      dispose: () => {},
    });
  },
};

function say({ raw, prepared }: NewRows, limit: number) {
  const { shape: [n, d] } = raw;
  const firsts = Array.from({ length: n }, (_, i) => raw.values[i * d]);
  return [
    firsts.map((value) => Number.isNaN(value) ? null : value > limit),
    Float64Array.from({ length: n }, (_, i) => prepared.values[i * d]),
    firsts.map((value) => value > limit ? `"far", ${value}` : null),
  ];
}

/** Runs `limits` on a table, and writes its answers. */
async function answer(folder: string, table: OwnTable, asked = [limits]) {
  const store = new ResultStore(`${folder}/results`, { limits: z.unknown(), other: z.unknown() });
  await runExperiments(asked, {
    profile: "quick",
    seed: 0,
    dataset: { requested: "own", used: "own", reason: "asked-for" },
    data: { table },
    provenance: {
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
    },
    store,
    force: false,
    progress: { stage: () => {}, update: () => {}, log: () => {} },
    signal: new AbortController().signal,
  });
  return await writeAnswers(folder, { table, store, ids: ["limits", "other"] });
}

/** Applies the models in a folder to a CSV. */
async function applyTo(folder: string, csv: string, data: Partial<NewData> = {}, out = "new.csv") {
  const path = `${folder}/data.csv`;
  await Deno.writeTextFile(path, csv);
  return await applyModels(folder, { path, ...data }, {
    out: `${folder}/${out}`,
    experiments: [{ id: "limits", load: () => Promise.resolve(limits) }],
    signal: new AbortController().signal,
    onProgress: () => {},
  });
}

const text = "id,a,b,kind\nx1,1,4,u\nx2,,3,v\nx3,5,9,u\n";

Deno.test("writeAnswers() writes a line per row with its number, its id and all columns, as CSV and Parquet", async () => {
  await inFolder(async (folder) => {
    const table = await tinyTable(text, { id: "id", label: "kind" });
    const { rows, columns } = await answer(folder, table);
    assert.deepEqual(columns, ["far", "first", "name"]);
    assert.deepEqual(rows, [`${folder}/rows.csv`, `${folder}/rows.parquet`]);
    const written = await Deno.readTextFile(rows[0]);
    assert.equal(
      written,
      "row,id,far,first,name\n" +
        `0,x1,false,${table.prepared.values[0]},\n` +
        `1,x2,,${table.prepared.values[2]},\n` +
        `2,x3,true,${table.prepared.values[4]},"""far"", 5"\n`,
    );
    const file = (await Deno.readFile(rows[1])).buffer as ArrayBuffer;
    assert.deepEqual(await parquetReadObjects({ file }), [
      { row: 0, id: "x1", far: false, first: table.prepared.values[0], name: null },
      { row: 1, id: "x2", far: null, first: table.prepared.values[2], name: null },
      { row: 2, id: "x3", far: true, first: table.prepared.values[4], name: '"far", 5' },
    ]);
    const back = await readTable(rows[0], { id: "id" });
    assert.deepEqual(back.ids, ["x1", "x2", "x3"]);
  });
});

Deno.test("writeAnswers() numbers drawn rows as the file does, and has no columns and models of other data", async () => {
  await inFolder(async (folder) => {
    await answer(folder, await tinyTable(text));
    const drawn = await tinyTable(text, { sampleRows: 2 });
    const { rows: [csv], columns } = await answer(folder, drawn, []);
    assert.deepEqual(columns, []);
    assert.equal(await Deno.readTextFile(csv), `row\n${[...drawn.rowNumbers].join("\n")}\n`);
    const models = [...Deno.readDirSync(`${folder}/models`)].map(({ name }) => name).sort();
    assert.deepEqual(models, ["preparation.json", "run.json"]);
  });
});

Deno.test("writeAnswers() tells a column of ids from those of experiments, and refuses two of one name", async () => {
  await inFolder(async (folder) => {
    const table = await tinyTable("far,a\n7,1\n8,2\n", { id: "far" });
    const { rows: [csv] } = await answer(folder, table);
    assert.match(await Deno.readTextFile(csv), /^row,file_far,far,first,name\n0,7,false,/);
    await assert.rejects(
      answer(folder, table, [limits, { ...limits, id: "other" }]),
      /^TypeError: Cannot write the column far of other: another experiment gave one$/,
    );
  });
});

Deno.test("applyModels() says of new rows what the run said of its own, whatever the order of their columns", async () => {
  await inFolder(async (folder) => {
    await answer(folder, await tinyTable(text, { id: "id", label: "kind" }));
    const own = await Deno.readTextFile(`${folder}/rows.csv`);
    const said = await applyTo(
      folder,
      "b,more,id,a\n4,1,x1,1\n3,2,x2,\n9,3,x3,5\n,4,x4,2.5\n",
    );
    assert.deepEqual(said, {
      rows: 4,
      columns: ["far", "first", "name_of_2"],
      unused: ["more"],
    });
    const written = (await Deno.readTextFile(`${folder}/new.csv`)).split("\n");
    assert.deepEqual(
      [written[0].replace("_of_2", ""), ...written.slice(1, 4), ""],
      own.split("\n"),
    );
    assert.match(written[4], /^3,x4,true,.*,"""far"", 2.5"$/);
    await applyTo(folder, "code,a,b\n1,1,1\n", { id: "code" }, "new.parquet");
    const [row] = await parquetReadObjects({
      file: (await Deno.readFile(`${folder}/new.parquet`)).buffer as ArrayBuffer,
    });
    assert.deepEqual([row.row, row.code, row.far], [0, "1", false]);
  });
});

Deno.test("applyModels() refuses what does not fit in one line, and leaves the file before in place", async () => {
  await inFolder(async (folder) => {
    await assert.rejects(
      applyTo(folder, "a\n1\n"),
      /^RangeError: Cannot use .*: it has no models, /,
    );
    await answer(folder, await tinyTable(text));
    await applyTo(folder, "a,b\n1,1\n");
    const before = await Deno.readTextFile(`${folder}/new.csv`);
    for (
      const [csv, message] of [
        ["a\n1\n", /^RangeError: .*data\.csv.*"b"/],
        ["a,b\n1,1\n2,many\n", /^SyntaxError: .*data\.csv.*"b".*"many"/],
        ["a,b\n1,much\n", /^RangeError: .*"b" of .*data\.csv holds text, such as "much"/],
        ["", /^SyntaxError: .*data\.csv/],
      ] as const
    ) {
      await assert.rejects(applyTo(folder, csv), message, csv);
      assert.equal(await Deno.readTextFile(`${folder}/new.csv`), before);
    }
    await Deno.writeTextFile(`${folder}/models/limit.json`, '{"limit":0}');
    await assert.rejects(
      applyTo(folder, "a,b\n1,1\n"),
      /^SyntaxError: .*limit\.json: it is not the/,
    );
    await Deno.writeTextFile(`${folder}/models/run.json`, '{"format":"mixtape-run","version":2}');
    await assert.rejects(applyTo(folder, "a,b\n1,1\n"), /^SyntaxError: .*run\.json: version: /);
    await answer(folder, await tinyTable(text), []);
    await Deno.remove(`${folder}/results/limits.json`);
    await answer(folder, await tinyTable(text), []);
    await assert.rejects(applyTo(folder, "a,b\n1,1\n"), /it has no models that can be applied/);
  });
});
