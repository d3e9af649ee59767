import assert from "node:assert/strict";
import { elementsOf, numberOf, textOf } from "../../testing/read_markup.ts";
import { BarChart, type BarChartProps, Key } from "./bar_chart.tsx";
import { textWidth } from "./chart.tsx";
import { assertNear, drawings, readScale } from "./testing/read_chart.ts";
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
