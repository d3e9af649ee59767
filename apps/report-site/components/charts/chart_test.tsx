import assert from "node:assert/strict";
import { elementsOf, numberOf, textOf } from "../../testing/read_markup.ts";
import { scaleFor, tickRoom, XAxis, YAxis } from "./axes.tsx";
import { Chart, markText, pointsText, round, shortened, textWidth } from "./chart.tsx";
import { drawings } from "./testing/read_chart.ts";

Deno.test("Chart draws for wide and for narrow screens, with title, description and the labels of its marks", () => {
  const sizes = [
    [{}, [744, 360, 340, 300]],
    [{ height: 111, narrowHeight: 222, width: 333, linked: true }, [333, 111, 340, 222]],
  ] as const;
  for (const [props, [width, height, narrowWidth, narrowHeight]] of sizes) {
    const both = drawings(
      <Chart
        title="a title"
        description="a description"
        markLabels={{ series: "s", x: "x", y: "y" }}
        draw={(canvas) => <text>{JSON.stringify(canvas)}</text>}
        {...props}
      />,
    );
    const expected = [
      { width, height, narrow: false },
      { width: narrowWidth, height: narrowHeight, narrow: true },
    ];
    for (const [at, { attributes, children }] of both.entries()) {
      const canvas = expected[at];
      assert.deepEqual(children.map(textOf), ["a title", "a description", JSON.stringify(canvas)]);
      assert.equal(attributes.class, canvas.narrow ? "chart narrow" : "chart wide");
      assert.equal(attributes.viewBox, `0 0 ${canvas.width} ${canvas.height}`);
      assert.deepEqual([attributes.width, attributes.height], [
        String(canvas.width),
        String(canvas.height),
      ]);
      assert.equal(attributes.role, "linked" in props ? "group" : "img");
      const labels = ["series", "x", "y"].map((name) => attributes[`data-${name}-label`]);
      assert.deepEqual(labels, ["s", "x", "y"]);
    }
  }
});

Deno.test("pointsText() has the values of marks along x and y, for one of the two drawings", () => {
  const canvas = { width: 1, height: 1, narrow: false };
  assert.equal(markText("a", "b"), "a|b");
  assert.equal(pointsText([["1", "2"], ["3", ""]], canvas), "1|2;3|");
  assert.equal(pointsText([["1", "2"]], { ...canvas, narrow: true }), "");
});

Deno.test("round() keeps two decimals", () => {
  assert.deepEqual([1.234, 1.236, -0.5, 7].map(round), [1.23, 1.24, -0.5, 7]);
});

Deno.test("textWidth() tells wide letters from narrow ones, and makes bold text wider", () => {
  const [wide, common, narrow, han] = ["mw%", "abc", "il.", "漢字漢"].map((text) =>
    textWidth(text) - 4
  );
  assert.deepEqual([han, wide, common, narrow], [48, 36, 24, 16.5]);
  assert.equal(textWidth(""), 4);
  assert.equal(textWidth("abc", "bold"), 1.12 * 24 + 4);
});

Deno.test("shortened() keeps what there is room for, and at least a letter", () => {
  const name = "abcdefgh";
  assert.equal(shortened(name, textWidth(name) - 6), name);
  assert.equal(shortened(name, textWidth(name) - 6.5), "abcdef…");
  assert.equal(shortened(name, textWidth("abc…")), "abc…");
  assert.equal(shortened(name, textWidth("abc…") - 0.5), "ab…");
  assert.equal(shortened(name, 0), "a…");
  assert.equal(shortened("m", 0), "m");
  assert.equal(shortened(name, textWidth("abc…"), "bold"), "ab…");
});

Deno.test("XAxis and YAxis put each number beside its tick, and the label outside of the plot", () => {
  const format = (value: number, digits: number) => `${value.toFixed(digits)}!`;
  const axis = { label: "a label", format, divisor: 10, domain: [0, 60] as const };
  const plot = { left: 40, right: 400, top: 20, bottom: 200 };
  const x = scaleFor(axis, [], [plot.left, plot.right]);
  const y = scaleFor(axis, [], [plot.bottom, plot.top]);
  const [drawing] = drawings(
    <Chart
      title=""
      description=""
      draw={() => (
        <>
          <XAxis axis={axis} scale={x} plot={plot} about={3} />
          <YAxis axis={axis} scale={y} plot={plot} about={3} />
        </>
      )}
    />,
  );
  const [across, up] = elementsOf(drawing, "g", "axis");
  const ticks = (group: typeof across) =>
    elementsOf(group, "g").map((tick) => {
      const [line] = elementsOf(tick, "line");
      const [text] = elementsOf(tick, "text");
      return {
        line: ["x1", "y1", "x2", "y2"].map((name) => numberOf(line, name)),
        text: [
          textOf(text),
          numberOf(text, "x"),
          numberOf(text, "y"),
          text.attributes["text-anchor"],
        ],
      };
    });
  assert.deepEqual(
    ticks(across),
    [0, 20, 40, 60].map((value) => ({
      line: [40 + 6 * value, 200, 40 + 6 * value, 205],
      text: [`${value / 10}!`, 40 + 6 * value, 219, "middle"],
    })),
  );
  assert.deepEqual(
    ticks(up),
    [0, 20, 40, 60].map((value) => ({
      line: [40, 200 - 3 * value, 400, 200 - 3 * value],
      text: [`${value / 10}!`, 32, 204 - 3 * value, "end"],
    })),
  );
  const labels = [across, up].map((group) => elementsOf(group, "text", "axis-label")[0]);
  assert.deepEqual(
    labels.map((label) => [textOf(label), numberOf(label, "x"), numberOf(label, "y")]),
    [["a label", 220, 239], ["a label", 0, 13]],
  );
  assert.equal(tickRoom({ ...axis, divisor: 0.01 }, y, 3), 5 * 8.4 + 14);
});
