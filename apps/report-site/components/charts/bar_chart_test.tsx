import assert from "node:assert/strict";
import { elementsOf, numberOf, textOf } from "../../testing/read_markup.ts";
import { BarChart, type BarChartProps, Key } from "./bar_chart.tsx";
import { shortened, textWidth } from "./chart.tsx";
import {
  assertNear,
  drawings,
  endsOf,
  numbersOf,
  placedTexts,
  readScale,
} from "./testing/read_chart.ts";
import { readMarkup } from "../../testing/read_markup.ts";
import { renderToString } from "preact-render-to-string";

const format = (value: number, digits: number) => value.toFixed(digits);
const rows = ["one", "two", "three"];
const series = [
  { name: "red", inTable: "Red in the table", colour: 4, values: [3.25, 0, 17.5] },
  { name: "blue", colour: 2, values: [6.75, 11.5, -2] },
];

function chart(props: Partial<BarChartProps> = {}) {
  const x = { label: "amount", format };
  return drawings(
    <BarChart title="t" description="d" rows={rows} x={x} series={series} {...props} />,
  );
}

Deno.test("BarChart draws bars from zero to their values, beside the names of their rows", () => {
  for (
    const drawing of chart({ series: [series[0], { ...series[1], values: [6.75, 11.5, 4.5] }] })
  ) {
    const x = readScale(drawing, "x");
    const bars = elementsOf(drawing, "rect").filter((bar) => bar.attributes["data-mark"]);
    const expected = rows.flatMap((row, at) => [
      { row, name: "red", key: "Red in the table", colour: 4, value: series[0].values[at] },
      { row, name: "blue", key: "blue", colour: 2, value: [6.75, 11.5, 4.5][at] },
    ]);
    assert.equal(bars.length, expected.length);
    const labels = elementsOf(drawing, "text", "row-label");
    for (const [at, { row, name, key, colour, value }] of expected.entries()) {
      const bar = bars[at];
      assertNear(x.valueAt(numberOf(bar, "x")), 0, 20);
      assertNear(x.valueAt(numberOf(bar, "x") + numberOf(bar, "width")), value, 20);
      assert.deepEqual(bar.attributes.class, `bar series-${colour}`);
      assert.deepEqual(bar.attributes["data-series"], key);
      assert.deepEqual(bar.attributes["data-name"], name);
      assert.deepEqual(bar.attributes["data-mark"], `${row}|${value.toFixed(2)}`);
    }
    for (const [at, label] of labels.entries()) {
      assert.equal(textOf(label), rows[at]);
      const [first, second] = bars.slice(2 * at, 2 * at + 2).map((bar) => numberOf(bar, "y"));
      assert.equal(second - first, 11);
      // Text stands on its line, so that its middle is four pixels above.
      assert.equal(numberOf(label, "y") - 4, first + 11);
    }
    assert.equal(numberOf(bars[2], "y") - numberOf(bars[0], "y"), 2 * 11 + 9);
    assert.deepEqual(
      elementsOf(drawing, "line", "grid").map((line) => numberOf(line, "x1")),
      elementsOf(drawing, "g", "axis").flatMap((axis) => elementsOf(axis, "g"))
        .map((tick) => numberOf(elementsOf(tick, "line")[0], "x1")),
    );
    const last = bars[bars.length - 1];
    assert(numberOf(last, "y") + numberOf(last, "height") < numberOf(drawing, "height") - 48);
  }
});

Deno.test("BarChart draws no bar for a value below the start of its axis", () => {
  const [wide] = chart({ x: { label: "amount", format, domain: [0, 20] } });
  const [bar] = elementsOf(wide, "rect").filter((one) =>
    one.attributes["data-mark"] === "three|-2.00"
  );
  assert.equal(numberOf(bar, "width"), 0);
});

Deno.test("BarChart says what colours mean, in the order of the bars", () => {
  for (const drawing of chart()) {
    const [key] = elementsOf(drawing, "g", "key");
    const entries = elementsOf(key, "g");
    assert.deepEqual(
      entries.map((one) => [textOf(one), one.attributes.class, one.attributes["data-series"]]),
      [["red", "series-4", "Red in the table"], ["blue", "series-2", "blue"]],
    );
    assert.equal(drawing.attributes["data-y-label"], "amount");
  }
});

Deno.test("Key shortens names that have no room, and keeps them apart", () => {
  const names = ["a name of some length", "another name", "the last of the names"];
  const named = names.map((name, at) => ({ name, colour: at + 1 }));
  for (const narrow of [false, true]) {
    const key = readMarkup(renderToString(<Key series={named} narrow={narrow} />));
    const texts = elementsOf(key, "text");
    const swatches = elementsOf(key, "rect").map((one) => numberOf(one, "x"));
    assert.equal(swatches[0], 0);
    const shown = texts.map(textOf);
    assert.deepEqual(shown.map((one) => one.endsWith("…")), [narrow, narrow, narrow]);
    for (const [at, text] of texts.entries()) {
      assert.equal(numberOf(text, "x"), swatches[at] + 20);
      if (at === 0) continue;
      assertNear(swatches[at] - swatches[at - 1], textWidth(shown[at - 1], "bold") + 34, 1);
    }
    const end = swatches[2] + 20 + textWidth(shown[2], "bold");
    assert(end <= (narrow ? 340 : 744) + 20, String(end));
  }
});

Deno.test("BarChart leaves room for names, key and axis, and no more", () => {
  const both = chart({
    rows: ["abc", "ab"],
    x: { label: "amount", format, domain: [0, 45] },
    series: [
      { name: "red", colour: 1, values: [5, 10] },
      { name: "blue", colour: 2, values: [20, 45] },
    ],
  });
  for (const [at, drawing] of both.entries()) {
    // Beside the longest name, 24 wide and 4 for wide fonts, are 6; at the right 26 for half a number.
    const [left, right] = [34, [718, 314][at]];
    const scale = (right - left) / 45;
    // Two rows of two bars, 11 each, and 9 between rows; 30 above for the key, 48 below for the axis.
    assert.equal(numberOf(drawing, "height"), 2 * 31 + 84);
    const [axis] = elementsOf(drawing, "line", "axis-line");
    assert.deepEqual(endsOf(axis), [left, 98, right, 98]);
    const ticks = [[0, 10, 20, 30, 40], [0, 20, 40]][at];
    assert.deepEqual(readScale(drawing, "x").ticks, ticks);
    for (const [index, grid] of elementsOf(drawing, "line", "grid").entries()) {
      const [x1, y1, x2, y2] = endsOf(grid);
      assertNear(x1, left + scale * ticks[index], 10);
      assert.deepEqual([x2, y1, y2], [x1, 30, 98]);
    }
    assert.deepEqual(placedTexts(drawing, "row-label"), [["abc", 26, 49.5], ["ab", 26, 80.5]]);
    const bars = elementsOf(drawing, "rect").filter((bar) => bar.attributes["data-mark"]);
    const expected = [[34.5, 5], [45.5, 20], [65.5, 10], [76.5, 45]];
    for (const [index, bar] of bars.entries()) {
      const [y, value] = expected[index];
      assert.deepEqual(numbersOf(bar, "x", "y", "height"), [left, y, 9]);
      assertNear(numberOf(bar, "width"), scale * value, 10);
    }
  }
});

Deno.test("BarChart gives names less than half of the drawing, and starts at zero", () => {
  // Of so many letters, narrow and common ones, 46 fill the room to a pixel.
  const name = `${"i".repeat(12)}${"b".repeat(60)}`;
  const few = [{ name: "red", colour: 1, values: [3, 4] }];
  for (const [at, drawing] of chart({ rows: [name, "b"], series: few }).entries()) {
    const left = [334.8, 153][at];
    const [axis] = elementsOf(drawing, "line", "axis-line");
    assert.equal(numberOf(axis, "x1"), left);
    const [label] = placedTexts(drawing, "row-label");
    assert.deepEqual([label[0], label[1]], [shortened(name, left - 8), left - 8]);
    assertNear(readScale(drawing, "x").valueAt(left), 0, 4);
  }
});

Deno.test("Key has its swatches and texts on one line, and shortens each name to its share of the room", () => {
  const names = [
    "a name of some length",
    "another name of that length",
    "the last of all the names",
  ];
  const named = names.map((name, at) => ({ name, colour: at + 1 }));
  const key = readMarkup(renderToString(<Key series={named} narrow />));
  const short = names.map((name) => shortened(name, 340 / 3 - 34, "bold"));
  assert(short.every((text) => text.endsWith("…")));
  assert.deepEqual(
    placedTexts(key, "end-label").map(([text, , y]) => [text, y]),
    short.map((text) => [text, 13]),
  );
  for (const swatch of elementsOf(key, "rect")) {
    assert.deepEqual(numbersOf(swatch, "y", "width", "height"), [4, 14, 10]);
  }
});

Deno.test("Key shortens no name where all of them together have room, or nearly", () => {
  // A letter takes 1.12 · 8, a name 4 more, and a swatch with its gaps 34; a fifth too much still fits.
  for (const [narrow, most] of [[false, 91], [true, 37]] as const) {
    for (const letters of [most, most + 1]) {
      const names = ["a", "b".repeat(letters - 1)];
      const named = names.map((name, at) => ({ name, colour: at + 1 }));
      const key = readMarkup(renderToString(<Key series={named} narrow={narrow} />));
      const isWhole = placedTexts(key).every(([text]) => names.includes(text));
      assert.equal(isWhole, letters === most, String(letters));
    }
  }
});
