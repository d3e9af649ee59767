import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { readTable, type Table, type TableOptions } from "./mod.ts";

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));

/** An odd file, and the table or the error that it gives. */
interface OddFile {
  /** Its oddity, for the name of the test. */
  readonly title: string;
  readonly name?: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly options?: TableOptions;
  /** Numbers of the table, row by row, or what to check of it. */
  readonly gives?: readonly number[] | ((table: Table) => void);
  readonly fails?: RegExp;
}

async function fixture(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(`${fixtures}/${name}`));
}

/** The first part of a fixture, as if it had been cut short. */
async function cut(name: string, share: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await fixture(name);
  return bytes.slice(0, Math.floor(share * bytes.length));
}

const wide = Array.from({ length: 10_000 }, (_, j) => j);

const files: OddFile[] = [
  { title: "an empty file", content: "", fails: /it is empty, a table is needed/ },
  { title: "blank lines only", content: "\n \n\r\n", fails: /it is empty, a table is needed/ },
  { title: "a byte order mark only", content: "\ufeff", fails: /it is empty/ },
  { title: "a header only", content: "a,b\n", fails: /no rows below its header/ },
  { title: "a short row", content: "a,b\n1,2\n3\n", fails: /line 3 has 1 cell, 2 are needed/ },
  { title: "a long row", content: "a,b\n1,2,9\n", fails: /line 2 has 3 cells, 2 are needed/ },
  {
    title: "a short row between quotes",
    content: 'a,b\n"1","2"\n"3"\n',
    fails: /line 3 has 1 cell, 2 are needed/,
  },
  { title: "one column", content: "a\n1\n2\n", gives: [1, 2] },
  { title: "one cell", content: "7", gives: [7] },
  { title: "one row", content: "1,2,3", gives: [1, 2, 3] },
  { title: "one row below a header", content: "a,b\n1,2", gives: [1, 2] },
  {
    title: "all cells missing",
    content: "a,b\n,NA\n,NA\n",
    fails: /no column of numbers is left \("a" holds no values, "b" holds no values\)/,
  },
  {
    title: "a column with all cells missing",
    content: "a,b\n1,\n2,\n",
    gives: ({ columns, omitted, x }) => {
      assert.deepEqual([columns, [...x.values], x.shape], [["a"], [1, 2], [2, 1]]);
      assert.deepEqual(omitted, [{ name: "b", reason: "empty", example: undefined }]);
    },
  },
  {
    title: "text only",
    content: "a,b\nx,y\nz,w\n",
    fails: /no column of numbers is left \("a" holds text, such as "x" in line 2, /,
  },
  {
    title: "names that occur twice",
    content: "x,x,,x\n1,2,3,4\n",
    gives: ({ columns }) => assert.deepEqual(columns, ["x", "x.1", "column 2", "x.2"]),
  },
  {
    title: "10,000 columns",
    content: `${wide.map((j) => `c${j}`)}\n${wide}\n${wide}\n`,
    gives: ({ x, columns }) => {
      assert.deepEqual(x.shape, [2, 10_000]);
      assert.equal(columns[9999], "c9999");
      assert.equal(x.values[19_999], 9999);
    },
  },
  {
    title: "NUL bytes",
    content: "a,b\n1,2\n3,\0\n5,6\n",
    fails: /line 3, column "b" has "\\u0000"/,
  },
  {
    title: "a cell of a million characters",
    content: `a,b\n1,${"x".repeat(1e6)}\n2,y\n`,
    gives: [1, 2],
  },
  {
    title: "a number of a million digits",
    content: `a,b\n1,2\n3,${"9".repeat(1e6)}\n5,6\n`,
    fails: /line 3, column "b" has "9{39}…", a finite number/,
  },
  {
    title: "quoted lines beyond a block",
    content: `a,b\n1,"${"x\n".repeat(1e6)}"\n2,y\n`,
    gives: [1, 2],
  },
  {
    title: "quotes that are never closed",
    content: 'a,b\n1,2\n3,"4\n5,6\n',
    fails: /the quotes that open in line 3 are never closed/,
  },
  {
    title: "text after closing quotes",
    content: 'a,b\n"1"x,2\n',
    fails: /line 2, something follows the closing quotes of a cell/,
  },
  {
    title: "mixed decimal marks",
    content: "a;b\n1,5;2\n2,5;3\n3.5;4\n",
    fails: /line 4, column "a" has "3\.5", a finite number with a decimal comma/,
  },
  { title: "spaces around cells", content: "a , b\n 1 , 2 \n", gives: [1, 2] },
  { title: "a mark at the end of each line", content: "a,b,\n1,2,\n", gives: [1, 2] },
  {
    title: "UTF-16 read as UTF-8",
    content: new Uint8Array(Uint16Array.from("a,b\n1,2\n", (c) => c.charCodeAt(0)).buffer),
    gives: [1, 2],
  },
  {
    title: "bytes that are no UTF-8",
    content: Uint8Array.from("gr\xf6\xdfe,b\n1,2\n", (c) => c.charCodeAt(0)),
    gives: [1, 2],
  },
  {
    title: "a web page",
    content: "<!doctype html>\n<p>Not, found</p>\n",
    fails: /line 2|no column/,
  },
  {
    title: "a Parquet file called .csv",
    name: "t.csv",
    content: await fixture("single.parquet"),
    gives: ({ columns }) => assert.deepEqual(columns, ["d"]),
  },
  {
    title: "a CSV called .parquet",
    name: "t.parquet",
    content: "a,b\n1,2\n",
    fails: /it begins with "a,b\\n1,2\\n", parquet files begin with "PAR1"/,
  },
  {
    title: "an old Excel file",
    name: "t.xls",
    content: Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2),
    fails: /it is an old Excel file, save it as CSV/,
  },
  {
    title: "an Excel file",
    name: "t.xlsx",
    content: new Uint8Array(zipSync({ "xl/workbook.xml": new Uint8Array(20) })),
    fails: /the archive has no NPY files, .* save a sheet of Excel as CSV/,
  },
  {
    title: "a gzip file that is cut short",
    name: "t.csv.gz",
    content: await cut("plain.csv.gz", 0.7),
    fails: /begins like a gzip file, but is cut short/,
  },
  {
    title: "a Parquet file that is cut short",
    content: await cut("snappy.parquet", 0.9),
    fails: /it is no whole Parquet file/,
  },
  {
    title: "an Arrow file that is cut short",
    content: await cut("lz4.arrow", 0.6),
    fails: /it is no whole Arrow file or stream/,
  },
  {
    title: "an NPY file that is cut short",
    content: await cut("x_f8.npy", 0.8),
    fails: /its header of shape \[7,3\] announces 296 bytes, it is cut short/,
  },
  {
    title: "an NPY header that is cut short",
    content: await cut("x_f8.npy", 0.1),
    fails: /its header is damaged, an NPY file begins with/,
  },
  {
    title: "an NPZ archive that is cut short",
    content: await cut("arrays.npz", 0.7),
    fails: /begins like a zip archive, but is cut short or damaged/,
  },
  {
    title: "an IDX file that is cut short",
    content: Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3),
    fails: /its header of shape \[2,2\] announces 16 bytes, it is cut short/,
  },
  {
    title: "an image that is cut short",
    content: await cut("flat/a.png", 0.7),
    fails: /no whole PNG image/,
  },
  {
    title: "an infinite cell",
    content: "a\n1\ninf\n2\n",
    fails: /line 3, column "a" has "inf", .*\(infinite numbers are not read, the option missing/,
  },
  {
    title: "numbers with percent signs",
    content: "a\n5%\n7 %\n",
    fails: /"a" holds text, such as "5%" in line 2: percent signs are not read/,
  },
  {
    title: "a comment above the header",
    content: "# made by hand\na,b\n1,2\n3,4\n",
    fails: /line 2, .*\(what follows a # is no comment here/,
  },
  {
    title: "a comment among the rows",
    content: "a,b\n1,2\n# to check\n3,4\n",
    fails: /line 3, .*\(what follows a # is no comment here/,
  },
  {
    title: "a comment with too few cells",
    content: "x,a,b\nu,1,2\n# to check\nv,3,4\n",
    fails: /line 3 has 1 cell, 3 are needed, as in the first row \(what follows a #/,
  },
  {
    title: "one column with decimal commas",
    content: "x\n1,5\n2,5\n",
    fails: /line 2 has 2 cells, 1 is needed, .* the options decimal "," and delimiter ";"/,
  },
  {
    title: "one column with decimal commas, named",
    content: "x\n1,5\n2,5\n",
    options: { decimal: ",", delimiter: ";" },
    gives: [1.5, 2.5],
  },
  // The other mark is named only where it stands between digits.
  ...[["1,5;2\n3,5;4.x", "4.x"], ["1,5;2\n3,5;x", "x"], ["1.5;2\n3.5;4,x", "4,x"]].map((
    [rows, cell],
  ) => ({
    title: `${cell} among decimals`,
    content: `a;b\n${rows}\n`,
    fails: new RegExp(`column "b" has "${cell}", a finite number is needed as in other rows`),
  })),
  {
    title: "a decimal comma among decimal points",
    content: "a;b\n1.5;2\n3.5;4,5\n",
    fails: /column "b" has "4,5", a finite number with a decimal point/,
  },
  ...["null", "7", '"x"'].map((line) => ({
    title: `JSON Lines with ${line}`,
    name: "t.jsonl",
    content: `{"a":1}\n${line}\n`,
    fails: new RegExp(`line 2 is ${line}, an object or a list is needed on each line`),
  })),
  // Few of its bytes are 0, so that only the mark tells it.
  ...[true, false].map((isLittle) => ({
    title: `Cyrillic in UTF-16, ${isLittle ? "little" : "big"} end first`,
    content: utf16(`\ufeffдлинноеназвание\n1\n2\n`, isLittle),
    gives: ({ columns, x }: Table) => {
      assert.deepEqual([columns, [...x.values]], [["длинноеназвание"], [1, 2]]);
    },
  })),
  {
    title: "an archive of two matrices",
    name: "t.npz",
    content: npz({ a: [2, 1], b: [1, 2] }),
    fails: /it holds the arrays a, b, the option array has to name the matrix among them/,
  },
  {
    title: "an archive of two lists",
    name: "t.npz",
    content: npz({ a: [2], b: [2] }),
    fails: /it holds the arrays a, b, the option array has to name/,
  },
  {
    title: "an archive of a matrix between lists",
    name: "t.npz",
    content: npz({ a: [2], b: [2, 1], c: [2] }),
    gives: [1, 2],
  },
];

function utf16(text: string, isLittle: boolean): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), isLittle);
  return new Uint8Array(view.buffer);
}

/** An archive of arrays of the bytes 1 and 2, by their shapes. */
function npz(shapes: Readonly<Record<string, readonly number[]>>): Uint8Array<ArrayBuffer> {
  const files = Object.entries(shapes).map(([name, shape]) => {
    const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(",")},), }`;
    const head = `\x93NUMPY\x01\0v\0${header.padEnd(117)}\n`;
    return [`${name}.npy`, Uint8Array.from([...Array.from(head, (c) => c.charCodeAt(0)), 1, 2])];
  });
  return new Uint8Array(zipSync(Object.fromEntries(files)));
}

for (const { title, name = "t", content, options, gives, fails } of files) {
  Deno.test(`readTable() gives a table or one clear line for ${title}`, async () => {
    const reading = readTable(new Blob([content]), { name, ...options });
    if (fails === undefined) {
      const table = await reading;
      if (typeof gives === "function") gives(table);
      else assert.deepEqual([...table.x.values], gives);
      return;
    }
    await assert.rejects(reading, (error: Error) => {
      assert.ok(error instanceof SyntaxError || error instanceof RangeError, `${error}`);
      assert.match(error.message, fails);
      assert.ok(error.message.includes(name), "the file is named");
      assert.doesNotMatch(error.message, /\n|\.$/);
      assert.ok(error.message.length < 400, "the line is short");
      return true;
    });
  });
}
