import assert from "node:assert/strict";
import { elementsOf, numberOf, textOf } from "../../testing/read_markup.ts";
import { shortened } from "./chart.tsx";
import { DotPlot } from "./dot_plot.tsx";
import { assertNear, drawings, endsOf, placedTexts, readScale } from "./testing/read_chart.ts";

const format = (value: number, digits: number) => value.toFixed(digits);
const rows = [
  { name: "one", colour: 6, values: [2.5, -3.75, 8.125], middle: 2.25 },
  { name: "another", colour: 1, values: [11.5] },
  { name: "none", colour: 3, values: [], middle: 5.5 },
];

Deno.test("DotPlot draws the dots of each row at their values, and a line at the one to point out", () => {
  for (const [rowHeight, radius] of [[undefined, 6], [30, 4.5]] as const) {
    const x = { label: "value", format };
    const both = drawings(
      <DotPlot title="t" description="d" rows={rows} x={x} rowHeight={rowHeight} />,
    );
    for (const drawing of both) {
      const scale = readScale(drawing, "x");
      const groups = elementsOf(drawing, "g").filter((one) => one.attributes["data-series"]);
      assert.deepEqual(
        groups.map(({ attributes }) => [attributes["data-series"], attributes.class]),
        [["one", "series-6"], ["another", "series-1"], ["none", "series-3"]],
      );
      for (const [at, group] of groups.entries()) {
        const { name, values, middle } = rows[at];
        const height = rowHeight ?? 46;
        const y = 6 + (at + 0.5) * height;
        const [label] = elementsOf(group, "text");
        assert.deepEqual([textOf(label), numberOf(label, "y")], [name, y + 4]);
        const dots = elementsOf(group, "circle");
        assert.equal(dots.length, values.length);
        for (const [index, dot] of dots.entries()) {
          assertNear(scale.valueAt(numberOf(dot, "cx")), values[index], 16);
          assert.deepEqual([numberOf(dot, "cy"), numberOf(dot, "r")], [y, radius]);
          assert.equal(dot.attributes["data-mark"], `${values[index].toFixed(2)}|`);
        }
        const lines = elementsOf(group, "line", "middle");
        assert.equal(lines.length, middle === undefined ? 0 : 1);
        for (const line of lines) {
          assertNear(scale.valueAt(numberOf(line, "x1")), middle!, 16);
          assert.equal(line.attributes.x1, line.attributes.x2);
          const ends = [numberOf(line, "y1"), numberOf(line, "y2")];
          assert.deepEqual(ends, [y - height / 3, y + height / 3]);
        }
        const [grid] = elementsOf(group, "line", "grid");
        assert.deepEqual([numberOf(grid, "y1"), numberOf(grid, "y2")], [y, y]);
      }
      // The smallest dot keeps clear of the names.
      const start = numberOf(elementsOf(drawing, "line", "axis-line")[0], "x1");
      const places = elementsOf(drawing, "circle").map((dot) => numberOf(dot, "cx"));
      assert(Math.min(...places) >= start + 10, String(Math.min(...places) - start));
      const bottom = numberOf(elementsOf(drawing, "line", "axis-line")[0], "y1");
      assert.equal(numberOf(drawing, "height") - bottom, 48);
      assert(6 + 3 * (rowHeight ?? 46) <= bottom);
    }
  }
});

Deno.test("DotPlot leaves room for names and axis, and no more", () => {
  const x = { label: "value", format, domain: [0, 45] as const };
  const two = [
    { name: "abc", colour: 1, values: [0, 45], middle: 9 },
    { name: "ab", colour: 2, values: [20] },
  ];
  for (const [rowHeight, radius] of [[40, 4.5], [41, 6], [60, 6]]) {
    const both = drawings(
      <DotPlot title="t" description="d" rows={two} x={x} rowHeight={rowHeight} />,
    );
    for (const [at, drawing] of both.entries()) {
      // Beside the longest name, 24 wide and 4 for wide fonts, are 8, and 10 up to the smallest dot.
      const [left, right] = [36, [720, 316][at]];
      const bottom = 2 * rowHeight + 14;
      assert.equal(numberOf(drawing, "height"), bottom + 48);
      const [axis] = elementsOf(drawing, "line", "axis-line");
      assert.deepEqual(endsOf(axis), [left, bottom, right, bottom]);
      assert.deepEqual(readScale(drawing, "x").ticks, [[0, 10, 20, 30, 40], [0, 20, 40]][at]);
      const middles = [6 + rowHeight / 2, 6 + 1.5 * rowHeight];
      assert.deepEqual(placedTexts(drawing, "row-label"), [
        ["abc", 26, middles[0] + 4],
        ["ab", 26, middles[1] + 4],
      ]);
      assert.deepEqual(
        elementsOf(drawing, "line", "grid").map(endsOf),
        middles.map((y) => [left, y, right, y]),
      );
      const dots = elementsOf(drawing, "circle");
      assert.deepEqual(dots.slice(0, 2).map((dot) => numberOf(dot, "cx")), [left + 10, right]);
      assert(dots.every((dot) => numberOf(dot, "r") === radius));
    }
  }
});

Deno.test("DotPlot gives names less than half of the drawing", () => {
  // Of so many letters 39 fill the room to a pixel.
  const name = "b".repeat(60);
  const row = { name, colour: 1, values: [1, 2] };
  const x = { label: "value", format };
  const both = drawings(<DotPlot title="t" description="d" rows={[row]} x={x} />);
  for (const [at, drawing] of both.entries()) {
    const left = [334.8, 153][at];
    assert.equal(numberOf(elementsOf(drawing, "line", "axis-line")[0], "x1"), left);
    const [[text, place]] = placedTexts(drawing, "row-label");
    assert.deepEqual([text, place], [shortened(name, left - 10), left - 10]);
  }
});
