import type { Sprite } from "@mixtape/results";
import assert from "node:assert/strict";
import { formatFor } from "../language/format.ts";
import { languages } from "../language/languages.ts";
import { elementsOf, type Markup, numberOf, textOf } from "../testing/read_markup.ts";
import { shownAlone } from "../testing/read_page.tsx";
import { ImageGrid, TileList, TileRow } from "./images.tsx";
import { tileTable } from "./tile_table.ts";

const sprite: Sprite = {
  file: "data/a.png",
  byteLength: 9,
  sha256: "0".repeat(64),
  tile: { width: 7, height: 5 },
  columns: 4,
  count: 11,
};

const box = (markup: Markup) => ["x", "y", "width", "height"].map((name) => numberOf(markup, name));

Deno.test("ImageGrid scales the whole sprite by a whole number", () => {
  const sizes = [[undefined, 8], [14, 2], [17, 2], [18, 3], [2, 1]] as const;
  for (const [tileWidth, scale] of sizes) {
    const shown = shownAlone(() => <ImageGrid sprite={sprite} alt="all" tileWidth={tileWidth} />);
    const [image] = elementsOf(shown, "img");
    const { src, alt, class: classes } = image.attributes;
    assert.deepEqual([src, alt, classes], ["../results/data/a.png", "all", "pixels"]);
    assert.deepEqual(box(image).slice(2), [4 * 7 * scale, 3 * 5 * scale]);
  }
  const missing = shownAlone(() => <ImageGrid sprite={sprite} alt="" missing />);
  assert.equal(elementsOf(missing, "img")[0].attributes.class, "pixels missing");
});

Deno.test("TileRow shows the tile that it is asked for, and no more of the sprite", () => {
  const [row] = elementsOf(shownAlone(() => <TileRow sprite={sprite} from={6} alt="one" />), "svg");
  const { viewBox, class: classes, "aria-label": label } = row.attributes;
  assert.deepEqual([viewBox, classes, label], ["0 0 7 5", "tile pixels", "one"]);
  const [image] = elementsOf(row, "image");
  // The third tile of the second row.
  assert.deepEqual(box(image), [-14, -5, 28, 15]);
  assert.equal(image.attributes.href, "../results/data/a.png");
});

Deno.test("TileRow breaks a row into lines that cover one another by a pixel", () => {
  const shown = shownAlone(() => <TileRow sprite={sprite} from={4} tiles={3} lines={2} alt="" />);
  const [row, ...lines] = elementsOf(shown, "svg");
  assert.equal(row.attributes.viewBox, "0 0 14 9");
  assert.equal(row.attributes.class, "tile-row pixels");
  assert.deepEqual(lines.map((line) => box(line).slice(1)), [[0, 14, 5], [4, 7, 5]]);
  const images = lines.flatMap((line) => elementsOf(line, "image")).map(box);
  assert.deepEqual(images, [[0, -5, 28, 15], [-14, -5, 28, 15]]);
});

Deno.test("TileList puts each label under its tile", () => {
  const labels = [{ label: "a" }, { label: "b", note: "more", tile: 9 }, { label: "c" }];
  const alt = (label: string) => `tile ${label}`;
  const shown = shownAlone(() => <TileList sprite={sprite} labels={labels} alt={alt} />);
  assert.deepEqual(
    elementsOf(shown, "li").map((item) => {
      const [image] = elementsOf(item, "image");
      return [
        textOf(item),
        elementsOf(item, "svg")[0].attributes["aria-label"],
        ...box(image).slice(0, 2),
      ];
    }),
    [["a", "tile a", 0, 0], ["bmore", "tile b", -7, -10], ["c", "tile c", -14, 0]],
  );
});

Deno.test("tileTable() says where each tile lies, and what it is", () => {
  const [{ tag, text }] = languages;
  const { image, left, top } = text.site.tileColumns;
  const small = { ...sprite, count: 6 };
  const plain = tileTable(small, text, formatFor(tag));
  assert.deepEqual(plain.columns.map(({ label, unit }) => [label, unit]), [
    [image, undefined],
    [left, "px"],
    [top, "px"],
  ]);
  const places = [[1, 0, 0], [2, 7, 0], [3, 14, 0], [4, 21, 0], [5, 0, 5], [6, 7, 5]];
  assert.deepEqual(plain.rows, places);
  const labelled = tileTable(small, text, formatFor(tag), { column: "of", values: ["x", "y"] });
  assert.equal(labelled.columns[3].label, "of");
  assert.deepEqual(labelled.rows.map((row) => row[3]), ["x", "y", null, null, null, null]);
  assert.deepEqual(labelled.rows.map((row) => row.slice(0, 3)), places);
});
