/** Runs the tasks that make a report of one's own data, show it and apply its models: what they write, where, and what they say. */
import { random } from "@mixtape/tensor-utils";
import assert from "node:assert/strict";
import { join } from "node:path";
import { folderContents, inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { callTask } from "./testing/run_task.ts";

/** Lines of a task without the times, which differ. */
function linesOf(text: string, folder: string): string[] {
  return text.replaceAll(folder, "DIR").replace(/\b(\d+ min )?[\d.]+ s\b/g, "TIME").split("\n")
    .filter((line) => !line.includes("left"));
}

const source = random(3);
const table = "a,b,kind\n" + Array.from({ length: 30 }, (_, row) => {
  const [a, b] = [source.normal() + 20 * (row % 2), source.normal() - 9 * (row % 2)];
  return `${a},${b},${"xy"[row % 2]}\n`;
}).join("");

Deno.test("deno task experiments says what it runs and what it wrote, which site and apply then use", async () => {
  await inFolder(async (folder) => {
    const [own, foreign, fresh] = ["own.csv", "foreign.csv", "fresh.csv"].map((name) =>
      join(folder, name)
    );
    const out = join(folder, "report");
    await Deno.writeTextFile(own, table);
    await Deno.writeTextFile(foreign, "a,b\n90,90\n91,-90\n92,7\n");
    await Deno.writeTextFile(fresh, "b,c,a\n-9,1,20\n500,2,500\n");
    const given = [
      "--dataset",
      own,
      "--foreign",
      foreign,
      "--label",
      "kind",
      "--sample-rows",
      "28",
    ];
    const shared = ["--out", out, "--backend", "cpu", "--profile", "quick"];
    const run = (...more: readonly string[]) =>
      callTask("experiments", [...given, ...shared, ...more]);

    const first = await run("--no-site", "table", "outliers");
    assert.deepEqual([first.code, first.error], [0, ""]);
    const lines = linesOf(first.said, folder);
    const [aboutTable, aboutOutliers] = lines.splice(10, 2);
    assert.deepEqual(lines, [
      "Backend: cpu on JavaScript, 1 thread",
      "[1/3] load data",
      "Data: own.csv, 28 of 30 rows × 2 columns, scale standard, against foreign.csv",
      "Left out: missing, needs cells without a value, and this table has none",
      "[1/3] load data took TIME",
      "[2/3] table",
      "[2/3] table took TIME",
      "[3/3] outliers",
      "[3/3] outliers took TIME",
      "",
      "",
      "Done in TIME, data: own.csv",
      "Rows: DIR/report/rows.csv, DIR/report/rows.parquet",
      "Models: DIR/report/models (deno task apply --run DIR/report --data FILE uses them)",
      "Results: DIR/report/results",
      "",
    ]);
    assert.match(aboutTable, /^table: 28 rows of 2 columns; /);
    assert.match(aboutOutliers, /^outliers: \d+ .* \(.*\)$/);
    const stored = await Deno.readTextFile(join(out, "results", "outliers.json"));
    const { options, provenance, data: [used] } = JSON.parse(stored);
    const { profile, seed, dataset } = options;
    assert.deepEqual([profile, seed, used.name, used.rows], ["quick", 0, "own.csv", 28]);
    assert.deepEqual(dataset, { requested: "own", used: "own", reason: "asked-for" });
    assert.deepEqual([provenance.backend, provenance.adapter, provenance.threads], [
      "cpu",
      "JavaScript",
      1,
    ]);
    assert.equal(provenance.os, `${Deno.build.os} ${Deno.build.arch}`);
    assert.deepEqual([provenance.deno, provenance.v8], [Deno.version.deno, Deno.version.v8]);
    assert.match(provenance.packageVersions["@mixtape/ood"], /^\d+\.\d+\.\d+$/);
    assert.equal(provenance.packageVersions["@tensorflow/tfjs-core"], "4.22.0");
    assert(provenance.processor.count >= 1 && provenance.processor.model !== "");

    const again = await run("table");
    assert.match(again.said, /^\[3\/3\] write pages$/m);
    assert.match(again.said, new RegExp(`^Report: ${join(out, "site", "index.html")} `, "m"));
    assert.doesNotMatch(again.said, /^(Results|Notebook):/m);
    const site = await callTask("site", ["--out", out]);
    assert.equal(site.code, 0);
    const [notRun, report] = linesOf(site.said, folder);
    assert.match(notRun, /^Not run yet: (?!.*\b(table|outliers)\b)/);
    assert.match(report, /^Report: DIR\/report\/site\/index\.html \(\d+ pages in TIME; /);

    const applied = await callTask("apply", ["--data", fresh, "--run", out, "--backend", "cpu"]);
    assert.deepEqual([applied.code, applied.error], [0, ""]);
    const [done, ...others] = linesOf(applied.said, folder).toSpliced(0, 3);
    assert.match(done, /^Done in TIME: 2 rows, outlier_score, /);
    assert.deepEqual([linesOf(applied.said, folder).slice(0, 3), others], [
      [
        "[1/1] apply models",
        "Not used: c, which the run did not have",
        "[1/1] apply models took TIME",
      ],
      ["Rows: DIR/report/fresh.rows.csv", ""],
    ]);
    const [head, near, far] = (await Deno.readTextFile(join(out, "fresh.rows.csv"))).split("\n")
      .map((line) => line.split(","));
    const score = head.indexOf("outlier_score");
    assert.deepEqual([near[0], far[0]], ["0", "1"]);
    assert(Number(far[score]) > Number(near[score]), `${far} ${near}`);
    const named = join(folder, "x", "named.csv");
    const elsewhere = [...["--data", fresh, "--run", out, "--out", named], "--backend", "cpu"];
    assert.equal((await callTask("apply", elsewhere)).code, 0);
    assert.deepEqual(
      await Deno.readTextFile(named),
      await Deno.readTextFile(join(out, "fresh.rows.csv")),
    );
  });
});

Deno.test("deno task experiments takes stored results, makes them again with --force, and does nothing of another kind", async () => {
  await inFolder(async (folder) => {
    const own = join(folder, "own.csv");
    await Deno.writeTextFile(own, table);
    const run = async (...more: readonly string[]) => {
      const given = ["--dataset", own, "--profile", "quick", "--backend", "cpu", "--no-site"];
      return await callTask("experiments", [...given, "--out", `${folder}/out`, ...more]);
    };
    const startedAt = async () =>
      JSON.parse(await Deno.readTextFile(`${folder}/out/results/table.json`)).provenance.startedAt;
    assert.equal((await run("table")).code, 0);
    const first = await startedAt();
    assert.match((await run("table")).said, /^table is up to date \(--force runs it again\)$/m);
    assert.equal(await startedAt(), first);
    assert.equal((await run("table", "--force")).code, 0);
    assert.notEqual(await startedAt(), first);
    const before = folderContents(folder);
    for (
      const [args, code, error] of [
        [["tabel"], 2, /^error: Unknown experiment tabel: did you mean table\? /],
        [
          ["table", "--profile", "fast"],
          2,
          /^error: Unknown --profile fast: It can be quick, full/,
        ],
        [
          ["table", "--seed", "2147483648"],
          2,
          /^error: Cannot use --seed 2147483648: .* 2147483647/,
        ],
        [["table", "--backend", "gpu"], 2, /^error: Unknown --backend gpu: .*webgpu, simd, cpu/],
        [["classifier"], 2, /^error: Cannot run classifier: it is for MNIST.*leave out --dataset/],
        [["missing"], 1, /error: Cannot run missing: needs cells without a value/],
        [["classes"], 1, /error: Cannot run classes: needs /],
      ] as const
    ) {
      const ended = await run(...args);
      assert.equal(ended.code, code, args.join(" "));
      assert.match(ended.error, error);
      assert.doesNotMatch(ended.said, /^Done/m);
    }
    assert.deepEqual(folderContents(folder), before);
  });
});

Deno.test("tasks print what --help, --list and --schema ask for, and do nothing else", async () => {
  for (
    const task of [
      "apply",
      "bench",
      "data",
      "experiments",
      "fit",
      "serve",
      "simd:build",
      "site",
    ] as const
  ) {
    const { code, said, error } = await callTask(task, ["--help"]);
    assert.deepEqual([code, error], [0, ""]);
    assert.match(
      said,
      new RegExp(`^[A-Z].*^Usage: deno task ${task} .*^  --help +Show this text\n$`, "ms"),
    );
    const unknown = await callTask(task, ["--hlep"]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.error, /^error: Unknown flag --hlep: did you mean --help\?/);
  }
  const list = await callTask("experiments", ["--list"]);
  const lines = list.said.trim().split("\n");
  assert.match(
    lines.find((line) => line.startsWith("classes "))!,
    /^classes {2,}\S.*\? \(--dataset FILE\)$/,
  );
  assert.match(lines.find((line) => line.startsWith("classifier "))!, /^classifier {2,}\S.*\?$/);
  const starts = lines.map((line) => /^\S+ +/.exec(line)![0].length);
  assert.deepEqual([...new Set(starts)].length, 1);
  const schema = JSON.parse((await callTask("experiments", ["--schema"])).said);
  assert(JSON.stringify(schema).includes("gmm-ood"));
});

Deno.test("deno task apply needs new rows, and a run", async () => {
  await inFolder(async (folder) => {
    const fresh = join(folder, "fresh.csv");
    await Deno.writeTextFile(fresh, "a\n1\n");
    for (
      const [args, code, error] of [
        [[], 2, /^error: Cannot apply models: --data must name a file or folder of new rows\n$/],
        [["--data", join(folder, "no")], 2, /^error: Cannot use --data .*there is no such file/],
        [["--data", fresh, "--run", join(folder, "no")], 1, /^error: Cannot [^\n]*no[^\n]*\n$/],
        [["--data", fresh, "--delimiter", ""], 2, /^error: Cannot use --delimiter ""/],
      ] as const
    ) {
      const ended = await callTask("apply", [
        ...args,
        ...args.length > 0 ? ["--backend", "cpu"] : [],
      ]);
      assert.equal(ended.code, code, args.join(" "));
      assert.doesNotMatch(ended.said, /^(Done|Rows)/m);
      assert.match(ended.error, error);
    }
    assert.deepEqual([...folderContents(folder).keys()], ["fresh.csv"]);
  });
});
