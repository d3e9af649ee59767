import { encode } from "fast-png";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { inFolder } from "../../../apps/report-site/testing/folder_contents.ts";
import { tinyTable } from "../testing/tiny_table.ts";
import { lackOf } from "./needs.ts";
import { preparationFromJSON } from "./preparation.ts";
import { type OwnSettings, readOwnTable } from "./read_own_table.ts";

const cats = "id,a,b,note,kind\nx,1,10,hello,cat\ny,,20,you,dog\nz,3,60,there,cat\n";

Deno.test("readOwnTable() has the cells, ids and classes of a file, and says what it left out", async () => {
  const table = await tinyTable(cats, { label: "kind", id: "id" });
  assert.deepEqual(table.columns, ["a", "b"]);
  assert.deepEqual([...table.raw.values], [1, 10, NaN, 20, 3, 60]);
  assert.deepEqual(table.fileIds, ["x", "y", "z"]);
  assert.deepEqual([[...table.labels!], table.classNames], [[0, 1, 0], ["cat", "dog"]]);
  assert.deepEqual(table.omitted.map(({ name, reason }) => [name, reason]), [["note", "text"]]);
  const sha256 = createHash("sha256").update(cats).digest("hex");
  assert.deepEqual(table.used, {
    kind: "table",
    role: "in-distribution",
    name: "own.csv",
    title: "own.csv",
    files: [{ name: "own.csv", sha256 }],
    rows: 3,
    fileRows: 3,
    columns: 2,
    missing: 1,
    classes: 2,
    classNames: ["cat", "dog"],
    imageShape: null,
    scale: "standard",
    reading: { label: "kind", id: "id" },
  });
});

Deno.test("readOwnTable() fills gaps by the median and scales, as asked, and new rows alike", async () => {
  // Of the column a, filled: 1, 2, 3; of b: 10, 20, 60.
  const scaled = (v: number, center: number, scale: number) => (v - center) / scale;
  const deviations = [Math.sqrt(2 / 3), Math.sqrt((20 ** 2 + 10 ** 2 + 30 ** 2) / 3)];
  const wanted = {
    standard: [[2, deviations[0]], [30, deviations[1]]],
    robust: [[2, 1], [20, 25]],
    none: [[0, 1], [0, 1]],
  };
  for (const scale of ["standard", "robust", "none"] as const) {
    const { prepared, preparation } = await tinyTable(cats, { scale });
    const filled = [[1, 10], [2, 20], [3, 60]];
    const expected = filled.flatMap((row) =>
      row.map((value, j) => scaled(value, wanted[scale][j][0], wanted[scale][j][1]))
    );
    assert.deepEqual([...prepared.values], expected, scale);
    const again = preparationFromJSON(JSON.parse(JSON.stringify(preparation)));
    const rows = { values: Float64Array.of(0.1, NaN, NaN, 7), shape: [2, 2] as const };
    assert.deepEqual(await again.apply(rows), await preparation.apply(rows), scale);
    assert.deepEqual(again.columns, ["a", "b"]);
  }
});

Deno.test("readOwnTable() brings foreign rows to the columns and the scale of the table", async () => {
  const notes: string[] = [];
  const foreignText = "c,b,a,kind\n9,5,,x\n9,7,8,y\n";
  const { foreign, preparation } = await tinyTable(
    cats,
    { foreign: foreignText },
    0,
    (note) => notes.push(note),
  );
  assert.deepEqual(notes, ["Not used of foreign.csv: c"]);
  const own: string[] = [];
  await tinyTable("a,b,c\n1,5%,x\n2,7%,y\n", {}, 0, (note) => own.push(note));
  assert.deepEqual(own, [
    'Not used of own.csv: b, which has "5%": percent signs are not read, take them out of the file',
  ]);
  assert.deepEqual([...foreign!.raw.values], [NaN, 5, 8, 7]);
  assert.deepEqual(foreign!.prepared, await preparation.apply(foreign!.raw));
  assert.equal(foreign!.used.role, "out-of-distribution");
  const gaps = await tinyTable(cats, { foreign: "b,a\n5,\n7,\n" });
  assert.deepEqual([...gaps.foreign!.raw.values], [NaN, 5, NaN, 7]);
  await assert.rejects(
    tinyTable(cats, { foreign: "a,c\n1,2\n" }),
    /^RangeError: Cannot use --foreign foreign\.csv: it has no column "b", which own\.csv has; /,
  );
  await assert.rejects(
    tinyTable(cats, { foreign: "a,b\n1,many\n" }),
    /its column "b" holds no numbers, such as "many"/,
  );
});

Deno.test("readOwnTable() draws rows by the seed, and leaves out columns that a draw leaves empty", async () => {
  const text = "id,a,b\n" +
    Array.from({ length: 40 }, (_, i) => `r${i},${i},${i === 7 ? 1 : ""}\n`).join("");
  const draw = (seed: number) => tinyTable(text, { id: "id", sampleRows: 5 }, seed);
  const [first, again, other] = [await draw(1), await draw(1), await draw(2)];
  assert.deepEqual(first.rowNumbers, again.rowNumbers);
  assert.notDeepEqual(first.rowNumbers, other.rowNumbers);
  assert.deepEqual([...first.rowNumbers], [...first.rowNumbers].sort((a, b) => a - b));
  assert.equal(first.fileIds!.length, 40);
  const { shape: [n, d], values } = first.raw;
  assert.equal(n, 5);
  for (const [i, row] of first.rowNumbers.entries()) assert.equal(values[i * d], row);
  assert(!first.rowNumbers.includes(7));
  assert.deepEqual([first.columns, first.omitted], [["a"], [{ name: "b", reason: "empty" }]]);
  assert.deepEqual([first.used.rows, first.used.fileRows], [5, 40]);
  const whole = await tinyTable(text, { sampleRows: 400 });
  assert.deepEqual(whole.columns, ["a", "b"]);
  await assert.rejects(
    tinyTable(text, { columns: ["b"], sampleRows: 2 }, 1),
    /^RangeError: Cannot use own\.csv: no column has a value in the 2 rows that were drawn/,
  );
});

Deno.test("readOwnTable() reads a folder of images, whose hash is that of its paths and files", async () => {
  await inFolder(async (folder) => {
    const draw = async (path: string, width: number, value: number) => {
      const data = new Uint8Array(width * 2).fill(value);
      await Deno.mkdir(`${folder}/${path.replace(/\/[^/]*$/, "")}`, { recursive: true });
      await Deno.writeFile(`${folder}/${path}`, encode({ width, height: 2, data, channels: 1 }));
    };
    await draw("own/cat/1.png", 3, 10);
    await draw("own/dog/2.png", 3, 20);
    await draw("other/3.png", 6, 30);
    const read = () =>
      readOwnTable(
        { path: `${folder}/own/`, foreign: `${folder}/other` },
        { seed: 0, signal: new AbortController().signal, onProgress: () => {} },
      );
    const table = await read();
    assert.deepEqual(table.imageShape, { height: 2, width: 3, channels: 1 });
    assert.deepEqual([table.name, table.used.scale, table.classNames], ["own", "none", [
      "cat",
      "dog",
    ]]);
    assert.equal(table.prepared, table.raw);
    assert.deepEqual([...table.foreign!.raw.values], [30, 30, 30, 30, 30, 30]);
    const hash = table.used.files[0].sha256;
    assert.equal((await read()).used.files[0].sha256, hash);
    await Deno.rename(`${folder}/own/dog/2.png`, `${folder}/own/dog/4.png`);
    assert.notEqual((await read()).used.files[0].sha256, hash);
    await assert.rejects(tinyTable(cats, { foreign: "a,b\n" }), SyntaxError);
  });
});

Deno.test("readOwnTable() brings large images to a small size, and others to the size that is asked for", async () => {
  await inFolder(async (folder) => {
    const draw = async (path: string, width: number, height: number, value: number) => {
      const data = new Uint8Array(width * height * 3).fill(value);
      data[0] = 255 - value;
      await Deno.writeFile(`${folder}/${path}`, encode({ width, height, data, channels: 3 }));
    };
    const notes: string[] = [];
    const read = async (settings: Partial<OwnSettings> = {}) =>
      await readOwnTable({ path: folder, ...settings }, {
        seed: 0,
        signal: new AbortController().signal,
        onProgress: () => {},
        onNote: (note) => notes.push(note),
      });
    await draw("a.png", 64, 64, 50);
    await draw("b.png", 64, 64, 100);
    const { imageShape, used } = await read();
    assert.deepEqual([imageShape, notes], [{ height: 64, width: 64, channels: 3 }, []]);
    await draw("a.png", 65, 130, 50);
    const small = await read();
    assert.deepEqual(small.imageShape, { height: 32, width: 16, channels: 3 });
    assert.equal(small.raw.values[small.raw.shape[1] - 1], 50);
    assert.deepEqual([small.used.reading, used.reading], [{ imageSize: "16x32" }, {}]);
    assert.match(notes[0], /^Images: made smaller, from 65 × 130 to 16 × 32 pixels /);
    const asked = await read({ imageSize: { height: 2, width: 3 } });
    assert.deepEqual(asked.imageShape, { height: 2, width: 3, channels: 3 });
    await assert.rejects(read({ channels: 1 }), /^SyntaxError: Cannot read .*a\.png as grey/);
  });
});

Deno.test("lackOf() names the first need that data lack", async () => {
  const plain = await tinyTable("a,b\n1,2\n3,4\n");
  const rich = await tinyTable("a,kind\n1,x\n,x\n3,y\n4,y\n", { label: "kind", foreign: "a\n1\n" });
  const single = await tinyTable("a,kind\n1,x\n2,x\n3,y\n", { label: "kind" });
  for (const need of ["labels", "images", "foreign", "missing"] as const) {
    assert.deepEqual(lackOf({ [need]: true }, plain), { need, least: null });
    const lacks = need === "images" ? { need, least: null } : undefined;
    assert.deepEqual(lackOf({ [need]: true }, rich), lacks);
  }
  assert.deepEqual(lackOf({ labels: true }, single), { need: "labels", least: null });
  assert.deepEqual(lackOf({ rows: 5 }, rich), { need: "rows", least: 5 });
  assert.equal(lackOf({ rows: 4 }, rich), undefined);
  assert.equal(lackOf({}, plain), undefined);
});

Deno.test("preparationFromJSON() refuses what no preparation wrote", () => {
  const json = { format: "mixtape-preparation", version: 1, columns: ["a"] };
  const imputer = { format: "mixtape-imputer", version: 1, fills: [1, 2] };
  for (
    const [changed, message] of [
      [{ version: 2, imputer: null, standardizer: null }, /version 2 was given/],
      [{ columns: [1], imputer: null, standardizer: null }, /columns must be a list of names/],
      [{ imputer, standardizer: null }, /it has 1 columns, and numbers for 2/],
      [{ imputer: {}, standardizer: null }, /Cannot read an imputer/],
    ] as const
  ) assert.throws(() => preparationFromJSON({ ...json, ...changed }), message);
});
