import assert from "node:assert/strict";
import { inFolder } from "../apps/report-site/testing/folder_contents.ts";
import { callTask } from "./testing/run_task.ts";
import { inFlags, readDataFlags } from "./own_data.ts";

Deno.test("readDataFlags() reads names of data sets, and files with all that belongs to them", async () => {
  for (const named of ["auto", "mnist", "sample"] as const) {
    assert.deepEqual(await readDataFlags({ dataset: named, "data-dir": "a" }), { named });
  }
  await inFolder(async (folder) => {
    const file = `${folder}/a.csv`;
    await Deno.writeTextFile(file, "a\n1\n");
    assert.deepEqual(await readDataFlags({ dataset: file }), { own: { path: file } });
    assert.deepEqual(
      await readDataFlags({
        dataset: folder,
        foreign: file,
        label: "l",
        id: "i",
        columns: 'a,"b,c"," d"',
        exclude: "e",
        delimiter: "\\t",
        scale: "robust",
        "image-size": "32x24",
        channels: "3",
        "sample-rows": "20",
      }),
      {
        own: {
          path: folder,
          foreign: file,
          label: "l",
          id: "i",
          columns: ["a", "b,c", " d"],
          exclude: ["e"],
          delimiter: "\t",
          scale: "robust",
          imageSize: { width: 32, height: 24 },
          channels: 3,
          sampleRows: 20,
        },
      },
    );
  });
});

Deno.test("readDataFlags() refuses what does not fit in one line with a remedy", async () => {
  await inFolder(async (folder) => {
    for (
      const [flags, message] of [
        [
          { dataset: "mnits" },
          /^Cannot use --dataset mnits: did you mean mnist\? there is no such/,
        ],
        [{ dataset: `${folder}/no` }, /: there is no such file or folder, it can be auto, mnist, /],
        [{ dataset: "" }, /must name a file or folder$/],
        [{ dataset: folder, foreign: "no.csv" }, /--foreign no\.csv: there is no such file/],
        [
          { dataset: "mnist", label: "a" },
          /^Cannot use --label with --dataset mnist: .*of your own/,
        ],
        [{ dataset: "auto", "sample-rows": "5" }, /^Cannot use --sample-rows with --dataset auto/],
        [{ dataset: folder, "data-dir": folder }, /^Cannot use --data-dir with --dataset/],
        [{ dataset: folder, scale: "robst" }, /did you mean robust\?/],
        [{ dataset: folder, "image-size": "0x4" }, /--image-size "0x4": a width and a height/],
        [{ dataset: folder, "image-size": "32" }, /--image-size "32": a width and a height/],
        [{ dataset: folder, channels: "2" }, /--channels/],
        [{ dataset: folder, "sample-rows": "1" }, /whole number, 2 or more/],
        [{ dataset: folder, columns: "a,,b" }, /names of columns are needed/],
        [{ dataset: folder, exclude: "" }, /--exclude "": names of columns are needed/],
        [{ dataset: folder, delimiter: "" }, /--delimiter "": a mark without/],
        [{ dataset: folder, delimiter: "1" }, /--delimiter "1": a mark without/],
      ] as const
    ) await assert.rejects(readDataFlags(flags), { name: "UsageError", message });
  });
});

Deno.test("inFlags() names the flag, and leaves other messages as they are", async () => {
  for (
    const [message, said] of [
      ['Cannot use label: a.csv has no column "b"', 'Cannot use --label: a.csv has no column "b"'],
      ["Cannot use x: columns: 2", "Cannot use x: columns: 2"],
    ]
  ) await assert.rejects(inFlags(Promise.reject(new RangeError(message))), new RangeError(said));
  assert.equal(await inFlags(Promise.resolve(3)), 3);
});

Deno.test("deno task experiments --dataset FILE runs what fits, and lists what was left out", async () => {
  await inFolder(async (folder) => {
    const file = `${folder}/own.csv`;
    await Deno.writeTextFile(file, "a,b,kind\n1,2,x\n3,,y\n5,1,x\n");
    const args = ["--out", `${folder}/report`, "--backend", "cpu", "--profile", "quick"];
    const { code, said, error } = await callTask("experiments", [
      ...args,
      "--dataset",
      file,
      "table",
    ]);
    assert.deepEqual([code, error], [0, ""]);
    assert.match(said, /Data: own\.csv, 3 rows × 2 columns, scale standard\n/);
    const overview = await Deno.readTextFile(`${folder}/report/site/index.html`);
    assert.match(overview, /What groups are there/);
    assert.match(overview, /Needs MNIST and Fashion-MNIST/);
    const menu = overview.slice(overview.indexOf('class="pages"'), overview.indexOf("</header>"));
    assert.match(menu, /table\.html/);
    assert.doesNotMatch(menu, /classifier\.html|try-it\.html/);
    const page = await Deno.readTextFile(`${folder}/report/site/pt/table.html`);
    assert.match(page, /cada coluna tem média 0 e desvio padrão 1/);
    const leftOut = await Deno.readTextFile(`${folder}/report/site/classifier.html`);
    assert.match(leftOut, /left out of this run/);
    // Results of another file are not those of this one.
    await Deno.writeTextFile(file, "a,b,kind\n1,2,x\n3,,y\n5,2,x\n");
    const wrong = await callTask("experiments", [...args, "--dataset", file, "classifier"]);
    assert.equal(wrong.code, 2);
    const misspelt = await callTask("experiments", [...args, "--dataset", file, "--label", "knd"]);
    assert.match(misspelt.error, /^error: Cannot use --label: .*nearest is "kind"\n$/);
    assert.match(wrong.error, /^error: Cannot run classifier: it is for MNIST[^\n]*\n$/);
  });
});
