import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readTable, type TableOptions } from "../../table/mod.ts";

const fixtures = fileURLToPath(new URL("../../fixtures", import.meta.url));

const pandas: Record<string, (number | string | null)[]> = JSON.parse(
  await readFile(`${fixtures}/csv.json`, "utf8"),
);

/** The columns of the fixtures that are numbers, as pandas wrote them. */
function expectedRows(names: readonly string[]): Float64Array {
  const n = pandas.length.length;
  return Float64Array.from(
    { length: n * names.length },
    (_, i) => (pandas[names[i % names.length]][Math.floor(i / names.length)] ?? NaN) as number,
  );
}

function read(text: string | Uint8Array<ArrayBuffer>, options: TableOptions = {}) {
  return readTable(new Blob([text]), { name: "t.csv", ...options });
}

async function rowsOf(
  text: string | Uint8Array<ArrayBuffer>,
  options?: TableOptions,
): Promise<number[]> {
  return [...(await read(text, options)).x.values];
}

const files: [string, TableOptions][] = [
  ["plain.csv", {}],
  ["plain.csv.gz", {}],
  ["crlf.tsv", {}],
  ["comma.csv", {}],
  ["utf16.csv", {}],
  ["utf16be.csv", {}],
  ["mark.csv", {}],
  ["quoted.csv", {}],
  ["latin1.csv", { encoding: "windows-1252" }],
];

for (const [file, options] of files) {
  Deno.test(`readTable() reads ${file} of pandas to the bit`, async () => {
    const table = await readTable(`${fixtures}/${file}`, {
      label: "species",
      id: "day",
      ...options,
    });
    const names = ["length", "count", "gap", "flag", "größe"];
    assert.deepEqual(table.columns, names);
    assert.deepEqual(table.x.values, expectedRows(names));
    assert.deepEqual(table.labels, pandas.species);
    assert.deepEqual(table.classes, ["cat", "dog", "große Katze"]);
    assert.deepEqual(table.ids, pandas.day);
    const gaps = pandas.gap.filter((value) => value === null).length;
    assert.deepEqual(table.missing, [0, 0, gaps, 0, 0]);
    assert.deepEqual(table.omitted.map(({ name, reason }) => [name, reason]), [["note", "text"]]);
    assert.equal(table.omitted[0].example?.line, 2);
  });
}

Deno.test("readTable() reads files without a header, and numbers their columns", async () => {
  const table = await readTable(`${fixtures}/no_header.csv`);
  assert.deepEqual(table.columns, ["column 0", "column 1", "column 2"]);
  assert.deepEqual(table.x.values, expectedRows(["length", "count", "gap"]));
  const saved = await readTable(`${fixtures}/savetxt.csv`);
  assert.deepEqual(saved.x.values, expectedRows(["length", "count"]));
});

Deno.test("readTable() leaves out identifiers that float64 would change, and keeps them as ids", async () => {
  const text = "tweet,a\n1234567890123456789,1\n1234567890123456791,2\n";
  const { omitted } = await read(text);
  assert.deepEqual(omitted.map(({ name, reason }) => [name, reason]), [["tweet", "identifier"]]);
  const { ids } = await read(text, { id: "tweet" });
  assert.deepEqual(ids, ["1234567890123456789", "1234567890123456791"]);
});

Deno.test("readTable() takes no text for missing because the same text was left out elsewhere", async () => {
  const text = `a,b\n${"1,\n".repeat(2000)}2,late\nlate,3\n`;
  await assert.rejects(read(text), /line 2003, column "a" has "late"/);
  assert.deepEqual(await rowsOf("a,b\nNA,1\nNA,NA\n2,n/a\n"), [NaN, 1, NaN, NaN, 2, NaN]);
});

Deno.test("readTable() lists dates and text with the line of an example", async () => {
  const { omitted, columns } = await read("a,day,who\n1,2024-01-31,\n2,2024-02-01,Ann\n");
  assert.deepEqual(columns, ["a"]);
  assert.deepEqual(omitted, [
    { name: "day", reason: "date", example: { value: "2024-01-31", line: 2 } },
    { name: "who", reason: "text", example: { value: "Ann", line: 3 } },
  ]);
});

Deno.test("readTable() finds delimiter, decimal mark and header", async () => {
  assert.deepEqual(await rowsOf("1,5;2,5\n3,5;4\n"), [1.5, 2.5, 3.5, 4]);
  assert.deepEqual(await rowsOf("a\tb\n1\t2\n"), [1, 2]);
  assert.deepEqual(await rowsOf("a|b\r\n1|2\r\n"), [1, 2]);
  assert.deepEqual(await rowsOf("a,b\r1,2\r3,4"), [1, 2, 3, 4]);
  assert.deepEqual(await rowsOf(",0,1\n0,5,6\n"), [0, 5, 6]);
  assert.deepEqual(await rowsOf("x\n1\n2\n"), [1, 2]);
  assert.deepEqual(await rowsOf("5.1,3.5,setosa\n4.9,3,virginica\n"), [5.1, 3.5, 4.9, 3]);
  assert.deepEqual(await rowsOf("c,2019,2020\nx,1,2\n", { header: true }), [1, 2]);
  assert.deepEqual(await rowsOf("1::2\n3::4\n", { delimiter: "::" }), [1, 2, 3, 4]);
  assert.deepEqual(await rowsOf("a§b\n1§2\n", { delimiter: "§" }), [1, 2]);
});

Deno.test("readTable() takes a first row that counts columns for a header, unless the rows go on so", async () => {
  const named = async (text: string) => (await read(text)).columns;
  assert.deepEqual(await named("c,2019,2020\nx,1.5,2\ny,3,4\n"), ["2019", "2020"]);
  assert.deepEqual(await named("c,2019\nx,15\ny,\n"), ["2019"]);
  assert.deepEqual(await named("label,0,1,2\n5,0,0,3\n7,0,1,2\n"), ["label", "0", "1", "2"]);
  // Years below years, numbers that are no run, a run below which others stand, and numbers alone are rows.
  const row = ["column 1", "column 2"];
  assert.deepEqual(await named("x,2019,2020\ny,2018,2021\n"), row);
  assert.deepEqual(await named("x,2019,2021\ny,1.5,2.5\n"), row);
  assert.deepEqual(await named("x,1,2\ny,3,40\n"), row);
  assert.deepEqual(await named("2019,2020\n1.5,2.5\n"), ["column 0", "column 1"]);
  assert.deepEqual(await named("x,2019.0,2020.0\ny,1.5,2.5\n"), row);
  assert.deepEqual(await named(",2019,2020\nx,1.5,2.5\n"), ["2019", "2020"]);
  assert.deepEqual(await named("c,1500\nx,1499\nx,2101\n"), ["1500"]);
  assert.deepEqual(await named("c,2100,d\nx,15,7\n"), ["2100", "d"]);
  assert.deepEqual(await named("c,1499\nx,15\n"), ["column 1"]);
  assert.deepEqual(await named("c,2101\nx,15\n"), ["column 1"]);
  assert.deepEqual(await named("x,2019,2020\ny,1.5,2020\n"), row);
  // A name above numbers in half of the rows, a single number, and missing cells are no header.
  assert.deepEqual(await named("x,1,2\n3,4,5\ny,4,5\n"), row);
  assert.deepEqual(await rowsOf("NA,3,4\n1,5,6\n"), [NaN, 3, 4, 1, 5, 6]);
  assert.deepEqual(await rowsOf(",3,4\n1,5,6\n"), [NaN, 3, 4, 1, 5, 6]);
  assert.deepEqual(await rowsOf("NA,NA\n1,2\n"), [NaN, NaN, 1, 2]);
  assert.deepEqual(await rowsOf("3,x\n"), [3]);
  assert.deepEqual(await rowsOf(" 1 , 2\n3,4\n"), [1, 2, 3, 4]);
  assert.deepEqual(await named("x,0,1\ny,2,3\n"), row);
});

Deno.test("readTable() tells how to read numbers in other forms, of the columns it leaves out", async () => {
  const { omitted } = await read(
    'a,p,d,e,t,i,u,o\n1,5%,$5,"7.50 €","1,234",inf,5 kg,x\n2,7%,-$7,"8 €","5,678,901",-Infinity,7 kg,y\n',
  );
  const hints = Object.fromEntries(omitted.map(({ name, hint }) => [name, hint?.split(" ").at(0)]));
  const expected = { p: "percent", d: "currency", e: "currency", t: "the", i: "infinite" };
  assert.deepEqual(hints, { ...expected, u: undefined, o: undefined });
  await assert.rejects(read("a,b\n1,5%\n", { columns: ["b"] }), {
    message: /"b" of .* holds text, such as "5%" in line 2, numbers are needed: percent signs/,
  });
  // A column without a value in the first rows.
  const late = `a,b\n${"1,\n".repeat(1200)}1,5%\n`;
  assert.match((await read(late)).omitted[0].hint!, /^percent signs/);
  await assert.rejects(read(late, { columns: ["b"] }), { message: /exclude \(percent signs/ });
});

Deno.test("readTable() takes the usual cells for missing, and those it is told", async () => {
  const cells = ["NA", "NaN", "null", "", "-", "?", "n/a", "#N/A", "<NA>", " "];
  const { x, missing } = await read(`a,b\n${cells.map((cell) => `1,${cell}`).join("\n")}\n1,2\n`);
  assert.deepEqual(missing, [0, cells.length]);
  assert.equal(x.values.at(-1), 2);
  assert.deepEqual(await rowsOf("a\n1\nn.v.\n", { missing: ["n.v."] }), [1, NaN]);
});

Deno.test("readTable() reads booleans as 0 and 1, and groups of digits where it is told", async () => {
  assert.deepEqual(await rowsOf("a,b\ntrue,1\nFALSE,2\n,3\n"), [1, 1, 0, 2, NaN, 3]);
  assert.deepEqual(await rowsOf("a;b\n1.234,5;1\n-1.234.567;2\n", { thousands: "." }), [
    1234.5,
    1,
    -1234567,
    2,
  ]);
  assert.deepEqual(await rowsOf('a,b\n"1,234.5",1\n', { thousands: "," }), [1234.5, 1]);
});

Deno.test("readTable() chooses, orders and excludes columns by name and by index", async () => {
  const text = "a,b,c,d\n1,2,x,4\n5,6,y,8\n";
  assert.deepEqual(await rowsOf(text, { columns: ["d", 0] }), [4, 1, 8, 5]);
  assert.deepEqual(await rowsOf(text, { exclude: ["b"], label: "c" }), [1, 4, 5, 8]);
  const { ids, labels } = await read("id,y\n007,1\n010,2\n".replaceAll("\n", ",3\n"), {
    id: 0,
    label: "y",
    header: true,
  });
  assert.deepEqual(ids, ["007", "010"]);
  assert.deepEqual(labels, [1, 2]);
  await assert.rejects(read(text, { columns: ["aa"] }), {
    name: "RangeError",
    message: 'Cannot use columns: t.csv has no column "aa", the nearest is "a"',
  });
  await assert.rejects(read(text, { label: 4 }), RangeError);
  await assert.rejects(read(text, { columns: ["c"] }), {
    message:
      'Cannot use columns: "c" of t.csv holds text, such as "x" in line 2, numbers are needed',
  });
});

Deno.test("readTable() keeps labels as they are", async () => {
  const labels = async (cells: string[]) =>
    (await read(`y,a\n${cells.map((cell) => `${cell},1\n`).join("")}`, { label: 0, header: true }))
      .labels;
  assert.deepEqual(await labels(["2", "1", "1.5"]), [2, 1, 1.5]);
  assert.deepEqual(await labels(["02", "1", "1"]), ["02", "1", "1"]);
  assert.deepEqual(await labels(["NA", "1", "x"]), ["NA", "1", "x"]);
  await assert.rejects(labels(["a", "", "b"]), /row 1 has no label in the column "y"/);
});

Deno.test("readTable() names file, line and column of a bad cell, also after quoted lines", async () => {
  const message = /t\.csv: line 4, column "b" has "x1", a finite number is needed/;
  await assert.rejects(read("a,b\n1,2\n\n3,x1\n5,6\n7,8\n"), message);
  await assert.rejects(read('a,b,c\n1,2,"two\nlines"\n3,x1,\n5,6,\n7,8,\n'), message);
  await assert.rejects(read("a;b\n1,5;2,5\n3,5;4.5\n"), /line 3, column "b".*decimal comma/);
  await assert.rejects(read("a\n1\n2\nInfinity\n"), /line 4, column "a" has "Infinity"/);
});

Deno.test("readTable() takes what is in quotes as it is, and skips blank lines", async () => {
  const text = 'y,a\r\n"a ""b"", c",1\r\n  \r\n\r\n"two\r\nlines","2"\r\n"",3\r\n';
  const { x, ids } = await read(text, { id: "y" });
  assert.deepEqual(ids, ['a "b", c', "two\r\nlines", ""]);
  assert.deepEqual([...x.values], [1, 2, 3]);
  await assert.rejects(read(`${text}"x",y\r\n`), /line 8, column "a" has "y"/);
  await assert.rejects(read(`${text}"x","1","2"\r\n`), /line 8 has 3 cells, 2 are needed/);
});

Deno.test("readTable() takes a quote within a cell for what it is", async () => {
  const { x, omitted } = await read(`height,b\n5'11",1\n6'0,2\n`);
  assert.deepEqual([...x.values], [1, 2]);
  assert.equal(omitted[0].example?.value, `5'11"`);
});

Deno.test("readTable() leaves out a column whose first value comes late and is text", async () => {
  const text = `a,b\n${"1,\n".repeat(2000)}2,late\n3,later\n`;
  const { columns, omitted, x } = await read(text);
  assert.deepEqual([columns, x.shape], [["a"], [2002, 1]]);
  assert.deepEqual(omitted, [
    { name: "b", reason: "text", example: { value: "late", line: 2002 } },
  ]);
  await assert.rejects(read(text, { columns: ["a", "b"] }), /line 2002, column "b" has "late"/);
  await assert.rejects(
    Array.fromAsync(readTable.blocks(new Blob([text]))),
    /line 2002, column "b" has "late", the first value of that column/,
  );
});
