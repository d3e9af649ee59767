import assert from "node:assert/strict";
import { elementsOf, type Markup, numberOf, textOf } from "../../testing/read_markup.ts";
import { shortened, textWidth } from "./chart.tsx";
import { MatrixChart, type MatrixChartProps } from "./matrix_chart.tsx";
import { assertNear, drawings, placedTexts } from "./testing/read_chart.ts";

const values = [[30, 10, 160], [1, 2, 5]];
const rows = { label: "true", names: ["cat", "dog"], inTable: ["Cat", "Dog"] };
const columns = { label: "predicted", names: ["x", "y", "z"] };

function chart(props: Partial<MatrixChartProps> = {}): Markup[] {
  return drawings(
    <MatrixChart
      title="t"
      description="d"
      values={values}
      rows={rows}
      columns={columns}
      format={(value) => `${value}%`}
      {...props}
    />,
  );
}

const cells = (drawing: Markup) => elementsOf(drawing, "rect", "cell");
const opacity = (shade: number) => 0.03 + 0.57 * shade;

Deno.test("MatrixChart shades a cell by its share of its row", () => {
  for (const drawing of chart()) {
    for (const [at, cell] of cells(drawing).entries()) {
      const row = values[Math.floor(at / 3)];
      const share = row[at % 3] / row.reduce((sum, value) => sum + value, 0);
      assertNear(numberOf(cell, "fill-opacity"), opacity(share), 6);
    }
  }
  const [small] = chart({ values: [[0.25, 0.4, 0], [0, 0, 0]] });
  assert.deepEqual(cells(small).map((cell) => numberOf(cell, "fill-opacity")), [
    0.17,
    0.26,
    0.03,
    0.03,
    0.03,
    0.03,
  ]);
});

Deno.test("MatrixChart shades cells as it is told, in another colour below zero", () => {
  const [wide] = chart({ shades: [[0.4, -1, 0], [-0.25, 7, 1]] });
  assert.deepEqual(cells(wide).map((cell) => numberOf(cell, "fill-opacity")), [
    0.26,
    0.6,
    0.03,
    0.17,
    0.6,
    0.6,
  ]);
  const opposite = cells(wide).map(({ attributes }) => attributes.class.includes("opposite"));
  assert.deepEqual(opposite, [false, true, false, true, false, false]);
});

Deno.test("MatrixChart writes each value in the middle of its cell, in the row and below the column of its names", () => {
  for (const drawing of chart({ diagonal: true })) {
    const groups = elementsOf(drawing, "g").filter((one) => one.attributes["data-series"]);
    assert.deepEqual(
      groups.map(({ attributes }) => [attributes["data-series"], attributes["data-name"]]),
      [["Cat", "cat"], ["Dog", "dog"]],
    );
    const headings = elementsOf(drawing, "text", "row-label").filter((one) =>
      one.attributes["text-anchor"] === "middle"
    );
    assert.deepEqual(headings.map(textOf), columns.names);
    for (const [row, group] of groups.entries()) {
      const [name, ...texts] = elementsOf(group, "text");
      assert.equal(textOf(name), rows.names[row]);
      const boxes = cells(group);
      assert.deepEqual(texts.map(textOf), values[row].map((value) => `${value}%`));
      for (const [column, box] of boxes.entries()) {
        const middle = numberOf(box, "x") + numberOf(box, "width") / 2;
        assertNear(numberOf(texts[column], "x"), middle, 20);
        assertNear(numberOf(headings[column], "x"), middle, 20);
        const centre = numberOf(box, "y") + numberOf(box, "height") / 2;
        assertNear(numberOf(texts[column], "y") - 4, centre, 20);
        assertNear(numberOf(name, "y") - 4, centre, 20);
        assert.equal(
          box.attributes["data-mark"],
          `${columns.names[column]}|${values[row][column]}%`,
        );
        assert.equal(box.attributes.class, row === column ? "cell outlined" : "cell");
      }
      const gaps = boxes.slice(1).map((box, at) =>
        numberOf(box, "x") - numberOf(boxes[at], "x") - numberOf(boxes[at], "width")
      );
      for (const gap of gaps) assertNear(gap, 2, 20);
    }
    const [first, second] = groups.map((group) => cells(group)[0]);
    assertNear(numberOf(second, "y") - numberOf(first, "y") - numberOf(first, "height"), 2, 20);
    assert.equal(numberOf(first, "y"), 45);
    assert(headings.every((heading) => numberOf(heading, "y") === 36));
    const last = cells(drawing).at(-1)!;
    assertNear(numberOf(last, "x") + numberOf(last, "width"), numberOf(drawing, "width") - 3, 20);
    assertNear(numberOf(last, "y") + numberOf(last, "height"), numberOf(drawing, "height") - 5, 20);
  }
});

Deno.test("MatrixChart links the cells that have a link, and outlines no diagonal unless it is told to", () => {
  const link = (row: number, column: number) =>
    column === row ? undefined : { href: `#${row}-${column}`, label: `to ${row} ${column}` };
  const [wide] = chart({ link });
  const links = elementsOf(wide, "a");
  assert.deepEqual(
    links.map((one) => [one.attributes.href, one.attributes["aria-label"], textOf(one)]),
    [
      ["#0-1", "to 0 1", "10%"],
      ["#0-2", "to 0 2", "160%"],
      ["#1-0", "to 1 0", "1%"],
      ["#1-2", "to 1 2", "5%"],
    ],
  );
  assert.equal(cells(wide).length, 6);
  assert.equal(wide.attributes.role, "group");
  const [plain] = chart();
  assert.equal(plain.attributes.role, "img");
  assert.equal(elementsOf(plain, "rect", "outlined").length, 0);
  assert.equal(plain.attributes["data-series-label"], "true");
  assert.equal(plain.attributes["data-x-label"], "predicted");
  assert.deepEqual(elementsOf(plain, "text", "axis-label").map(textOf), ["true ↓", "predicted →"]);
});

Deno.test("MatrixChart writes long names of columns upwards, with room for the longest above the cells", () => {
  const long = [
    "a rather long name",
    "short",
    "a name so long that not all of it can be shown here",
  ];
  for (const drawing of chart({ slanted: true, columns: { ...columns, names: long } })) {
    const headings = elementsOf(drawing, "text", "row-label").filter((one) =>
      one.attributes.transform
    );
    assert.deepEqual(headings.map(textOf).slice(0, 2), long.slice(0, 2));
    assert.match(textOf(headings[2]), /^a name so long .*…$/);
    const boxes = cells(drawing);
    for (const [at, { attributes }] of headings.entries()) {
      const [, x, y] = /^translate\(([\d.]+) ([\d.]+)\) rotate\(-90\)$/.exec(attributes.transform)!;
      const box = boxes[at];
      assertNear(Number(x) - 4, numberOf(box, "x") + numberOf(box, "width") / 2, 20);
      assertNear(Number(y), numberOf(box, "y") - 9, 20);
      assert.equal(Number(y), 220 + 34 - 8);
    }
  }
});

Deno.test("MatrixChart leaves room for the names of rows and columns, and no more", () => {
  const long =
    "a name that is as long as no other name of a row in any of the matrices of this site";
  for (const [name, room] of [["abc", [36, 36]], [long, [190, 110]]] as const) {
    const named = chart({ rows: { label: "true", names: ["ab", name] } });
    for (const [at, drawing] of named.entries()) {
      const left = room[at];
      const rowHeight = [34, 26][at];
      assert.equal(numberOf(drawing, "height"), 2 * rowHeight + 54);
      const width = ([744, 340][at] - left - 2) / 3;
      for (const [index, cell] of cells(drawing).entries()) {
        assertNear(numberOf(cell, "x"), left + (index % 3) * width + 1, 10);
        assertNear(numberOf(cell, "width"), width - 2, 10);
        assertNear(numberOf(cell, "y"), 45 + Math.floor(index / 3) * (rowHeight + 3), 10);
        assertNear(numberOf(cell, "height"), rowHeight + 1, 10);
      }
      const labels = placedTexts(drawing, "row-label").slice(3);
      assert.deepEqual(labels.map(([text, x]) => [text, x]), [
        ["ab", left - 8],
        [shortened(name, left - 8), left - 8],
      ]);
    }
  }
  const [tall] = chart({ rowHeight: 50 });
  assert.equal(numberOf(tall, "height"), 154);
  const labels = (drawing: Markup) => placedTexts(drawing, "axis-label");
  assert.deepEqual(labels(tall), [["true ↓", 0, 13], ["predicted →", 744, 13]]);
  const names = ["a column of great width", "b", "c"];
  const [slanted, level] = [true, false].map((slanted) =>
    chart({ slanted, columns: { label: "predicted", names } })[0]
  );
  assert.equal(numberOf(slanted, "height"), 68 + textWidth(names[0]) + 34 + 10);
  assert.equal(numberOf(level, "height"), 122);
  const [wide, narrow] = chart({ columns: { label: "predicted", names: [long, "b", "c"] } })
    .map((drawing) => placedTexts(drawing, "row-label")[0][0]);
  const left = textWidth("cat") + 8;
  assert.equal(wide, shortened(long, (742 - left) / 3));
  assert.equal(narrow, shortened(long, (338 - left) / 3));
});

Deno.test("MatrixChart writes values of more than three letters small on narrow screens", () => {
  const texts = ["12", "123", "1234", "12345"];
  const drawn = chart({
    values: [[0, 1, 2, 3]],
    rows: { label: "", names: ["a"] },
    columns: { label: "", names: ["a", "b", "c", "d"] },
    format: (value) => texts[value],
  });
  const small = drawn.map((drawing) =>
    elementsOf(drawing, "text", "cell-text").map(({ attributes }) => /small/.test(attributes.class))
  );
  assert.deepEqual(small, [[false, false, false, false], [false, false, true, true]]);
});
