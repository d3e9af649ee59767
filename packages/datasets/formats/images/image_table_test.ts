import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readTable, type TableOptions } from "../../table/mod.ts";
import { resizeImage } from "./resize_image.ts";

const fixtures = fileURLToPath(new URL("../../fixtures", import.meta.url));

/** Red, green and blue of each pixel, as ImageMagick decodes the files. */
const decoded: ReadonlyMap<string, number[]> = new Map(
  (await readFile(`${fixtures}/images.txt`, "utf8")).trim().split("\n").map((line) => {
    const [path, ...values] = line.trim().split(/ +/);
    return [path, values.map(Number)];
  }),
);

async function file(path: string, as = path): Promise<File> {
  return new File([new Uint8Array(await readFile(`${fixtures}/${path}`))], as);
}

Deno.test("readTable() reads a folder per class, grey where the images are", async () => {
  const table = await readTable(`${fixtures}/images`);
  const paths = ["bright/grey16.png", "bright/grey8.png", "dark/bits.png", "dark/flat.jpg"];
  assert.deepEqual(table.ids, paths);
  assert.deepEqual(table.labels, ["bright", "bright", "dark", "dark"]);
  assert.deepEqual(table.classes, ["bright", "dark"]);
  assert.deepEqual(table.imageShape, { height: 3, width: 4, channels: 1 });
  const grey = paths.flatMap((path) =>
    decoded.get(`images/${path}`)!.filter((_, i) => i % 3 === 0)
  );
  assert.ok(table.x.values instanceof Uint8Array);
  assert.deepEqual([...table.x.values], grey);
  const colour = await readTable(`${fixtures}/images/`, { channels: 3 });
  assert.deepEqual([...colour.x.values], paths.flatMap((path) => decoded.get(`images/${path}`)!));
});

Deno.test("readTable() reads one folder with a table of labels", async () => {
  await assert.rejects(
    readTable(`${fixtures}/flat`),
    /has the columns file, class, other, the option label has to name one besides file/,
  );
  const table = await readTable(`${fixtures}/flat`, { label: "class" });
  assert.deepEqual(table.labels, ["red", "blue", "red", "blue"]);
  assert.deepEqual(table.ids, ["a.png", "b.png", "c.png", "d.jpg"]);
  assert.deepEqual(table.imageShape?.channels, 3);
  const expected = table.ids!.flatMap((id) => decoded.get(`flat/${id}`)!);
  table.x.values.forEach((value, i) => {
    // Decoders of JPEG round differently.
    assert.ok(Math.abs(value - expected[i]) <= 1, `${value} for ${expected[i]} at ${i}`);
  });
  const other = await readTable(`${fixtures}/flat`, { label: "other" });
  assert.deepEqual(other.labels, [1, 2, 3, 4]);
});

Deno.test("readTable() reads files that a page was given, and a single image", async () => {
  const files = [await file("flat/b.png", "b.png"), await file("flat/a.png", "a.png")];
  const table = await readTable(files);
  assert.deepEqual(table.ids, ["a.png", "b.png"]);
  assert.equal(table.labels, undefined);
  const one = await readTable(await file("flat/c.png", "c.png"));
  assert.deepEqual([...one.x.values], decoded.get("flat/c.png"));
});

Deno.test("readTable() names the image that does not fit", async () => {
  const folder = await Deno.makeTempDir();
  const copy = async (from: string, to: string) =>
    await Deno.copyFile(`${fixtures}/${from}`, `${folder}/${to}`);
  const rejects = (message: RegExp, options?: TableOptions) =>
    assert.rejects(readTable(folder, options), (error: Error) => {
      assert.match(error.message, message);
      assert.ok(error instanceof SyntaxError || error instanceof RangeError);
      return true;
    });
  await rejects(/there is no PNG or JPEG image in it/);
  await copy("images/bright/grey8.png", "a.png");
  await copy("flat/a.png", "b.png");
  await rejects(/b\.png as grey: it has colours, and .*a\.png, the first, has none; .*channels: 3/);
  await Deno.writeFile(`${folder}/b.png`, (await Deno.readFile(`${folder}/a.png`)).subarray(0, 50));
  await rejects(/b\.png: it is cut short or damaged, no whole PNG image/);
  await Deno.writeTextFile(`${folder}/b.png`, "<html>");
  await rejects(/b\.png: it is neither a PNG nor a JPEG image/);
  const wide = new Uint8Array(await (await file("wide.png")).arrayBuffer());
  await Deno.writeFile(`${folder}/b.png`, wide);
  await rejects(/b\.png: it is 8 × 3 pixels, 4 × 3 are needed as in .*a\.png, or .*imageSize/);
  const { x, imageShape } = await readTable(folder, { imageSize: { height: 3, width: 4 } });
  assert.deepEqual(imageShape, { height: 3, width: 4, channels: 1 });
  assert.deepEqual([...x.values.subarray(12)], new Array(12).fill(128));
  await Deno.writeTextFile(`${folder}/labels.csv`, "file,class\na.png,one\n");
  await rejects(/labels\.csv has no row for b\.png, the nearest is a\.png/, {
    imageSize: { height: 3, width: 4 },
  });
  await Deno.mkdir(`${folder}/c`);
  await copy("flat/a.png", "c/c.png");
  await rejects(/c\/c\.png is in a folder of its class, a\.png is in none/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readTable() finds the file names and the labels in a table beside the images", async () => {
  const images = [await file("flat/a.png", "a.png"), await file("flat/b.png", "b.png")];
  const read = (text: string, options: TableOptions = {}) =>
    readTable([...images, new File([text], "labels.csv")], options);
  const labels = async (text: string, options?: TableOptions) => (await read(text, options)).labels;
  assert.deepEqual(await labels("class,file\nx,b.png\ny,a.png\n"), ["y", "x"]);
  for (const name of ["filename", "File Name", "path", "IMAGE", "img", "name"]) {
    assert.deepEqual(await labels(`kind,${name}\nx,b.png\ny,a.png\n`), ["y", "x"], name);
  }
  // Without such a name, the first column.
  assert.deepEqual(await labels("a,b\nb.png,x\na.png,y\n"), ["y", "x"]);
  const three = "u,path,v\n1,b.png,x\n2,a.png,y\n";
  assert.deepEqual(await labels(three, { label: "v" }), ["y", "x"]);
  assert.deepEqual(await labels(three, { label: "u" }), [2, 1]);
  const refused = "Cannot read the labels of labels.csv: it has the columns u, path, v, " +
    "the option label has to name one besides path";
  for (const label of [undefined, "path", 0, "w"]) {
    await assert.rejects(read(three, { label }), { name: "RangeError", message: refused });
  }
  const second = new File(["file,y\n"], "more.tsv");
  await assert.rejects(readTable([...images, second, new File([three], "labels.csv")]), {
    message: /labels.csv and more.tsv may both hold the labels, one table beside the images/,
  });
});

Deno.test("resizeImage() takes the mean of the area of each pixel", () => {
  const rgb = Uint8Array.from([0, 100, 200, 40, 50, 60].flatMap((v) => [v, v, v]));
  const image = { height: 2, width: 3, rgb };
  const grey = (height: number, width: number) =>
    [...resizeImage(image, height, width).rgb].filter((_, i) => i % 3 === 0);
  assert.deepEqual(grey(1, 1), [75]);
  assert.deepEqual(grey(2, 2), [33, 167, 43, 57]);
  assert.deepEqual(grey(2, 3), [0, 100, 200, 40, 50, 60]);
  assert.deepEqual(grey(2, 6), [0, 0, 100, 100, 200, 200, 40, 40, 50, 50, 60, 60]);
});
