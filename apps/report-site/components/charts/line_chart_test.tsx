import assert from "node:assert/strict";
import { elementsOf, type Markup, numberOf, textOf } from "../../testing/read_markup.ts";
import { LineChart, type LineChartProps, type LinePoint, type LineSeries } from "./line_chart.tsx";
import { assertNear, drawings, pointsOf, readScale } from "./testing/read_chart.ts";

const format = (value: number, digits: number) => value.toFixed(digits);

const first: LineSeries = {
  name: "first",
  inTable: "First in the table",
  colour: 3,
  dots: true,
  points: [
    { x: 1, y: 3.7, low: 2.9, high: 5.3 },
    { x: 2.5, y: 4.1, low: 4.1, high: 4.1 },
    { x: 3, y: null },
    { x: 4.25, y: 11.2, low: -8.4, high: 17.9, marked: true },
    { x: 7, y: 6.1, low: 5.5, high: 9.6 },
    { x: 8, y: null, marked: true },
  ],
};

const second: LineSeries = {
  name: "second",
  colour: 5,
  dashed: true,
  faint: true,
  points: [{ x: 0.5, y: 1.25 }, { x: 6, y: 2.75, marked: true }],
};

function chart(props: Partial<LineChartProps> = {}): [wide: Markup, narrow: Markup] {
  return drawings(
    <LineChart
      title="t"
      description="d"
      x={{ label: "time", format }}
      y={{ label: "height", format }}
      series={[first, second]}
      {...props}
    />,
  );
}

function seriesOf(drawing: Markup, key: string): Markup {
  return elementsOf(drawing, "g").find(({ attributes }) => attributes["data-series"] === key)!;
}

function assertAt(
  drawing: Markup,
  places: readonly { readonly x: number; readonly y: number }[],
  expected: readonly (readonly [x: number, y: number])[],
): void {
  const [x, y] = [readScale(drawing, "x"), readScale(drawing, "y")];
  assert.equal(places.length, expected.length);
  for (const [at, place] of places.entries()) {
    assertNear(x.valueAt(place.x), expected[at][0], 8, `x of ${at}:`);
    assertNear(y.valueAt(place.y), expected[at][1], 26, `y of ${at}:`);
  }
}

const circles = (group: Markup, name: string) =>
  elementsOf(group, "circle", name)
    .map((circle) => ({ x: numberOf(circle, "cx"), y: numberOf(circle, "cy") }));

const shown = (points: readonly LinePoint[]) =>
  points.flatMap(({ x, y }): [number, number][] => y === null ? [] : [[x, y]]);

Deno.test("LineChart draws lines, dots and rings where its axes say, and breaks the line where a value is missing", () => {
  for (const drawing of chart()) {
    const group = seriesOf(drawing, "First in the table");
    assert.equal(group.attributes.class, "series-3");
    assert.equal(group.attributes["data-name"], "first");
    const [line] = elementsOf(group, "path", "line");
    assertAt(drawing, pointsOf(line), shown(first.points));
    assert.deepEqual(pointsOf(line).map(({ starts }) => starts), [true, false, true, false]);
    assertAt(drawing, circles(group, "dot"), shown(first.points));
    assertAt(drawing, circles(group, "ring"), [[4.25, 11.2]]);
    const other = seriesOf(drawing, "second");
    assert.equal(other.attributes.class, "series-5");
    const [dashed] = elementsOf(other, "path");
    assert.equal(dashed.attributes.class, "line dashed faint");
    assertAt(drawing, pointsOf(dashed), shown(second.points));
    assert.equal(elementsOf(other, "circle", "dot").length, 0);
    assertAt(drawing, circles(other, "ring"), [[6, 2.75]]);
  }
});

Deno.test("LineChart draws the band from the lower to the upper ends of the intervals, and has room for it", () => {
  for (const drawing of chart()) {
    const [band] = elementsOf(drawing, "path", "band");
    const upper: [number, number][] = [[1, 5.3], [2.5, 4.1], [4.25, 17.9], [7, 9.6]];
    const lower: [number, number][] = [[7, 5.5], [4.25, -8.4], [2.5, 4.1], [1, 2.9]];
    assertAt(drawing, pointsOf(band), [...upper, ...lower]);
    const bottom = numberOf(elementsOf(drawing, "line", "axis-line")[0], "y1");
    for (const { y } of pointsOf(band)) assert(y >= 30 && y <= bottom, String(y));
    assert.equal(elementsOf(drawing, "path", "band").length, 1);
  }
  const single = { colour: 1, points: [{ x: 1, y: 2, low: 1, high: 3 }] };
  assert.equal(elementsOf(chart({ series: [single] })[0], "path", "band").length, 0);
});

Deno.test("LineChart tells a script the values of its points once, with their intervals", () => {
  const [wide, narrow] = chart();
  const told = (drawing: Markup, key: string) =>
    elementsOf(seriesOf(drawing, key), "path", "line")[0].attributes["data-points"];
  assert.equal(
    told(wide, "First in the table"),
    "1.000|3.70 (2.90–5.30);2.500|4.10;4.250|11.20 (-8.40–17.90);7.000|6.10 (5.50–9.60)",
  );
  assert.equal(told(wide, "second"), "0.500|1.25;6.000|2.75");
  assert.equal(told(narrow, "second"), "");
  assert.deepEqual([wide.attributes["data-x-label"], wide.attributes["data-y-label"]], [
    "time",
    "height",
  ]);
  const { colour, points } = second;
  const [unnamed] = elementsOf(chart({ series: [{ colour, points }] })[0], "path", "line");
  assert.equal(unnamed.attributes["data-points"], undefined);
});

Deno.test("LineChart draws references, with room for those beyond its points", () => {
  const references = [{ label: "far", x: 21 }, { label: "high", y: 43 }, { label: "in", y: 8.5 }];
  for (const drawing of chart({ references, diagonal: true })) {
    const [x, y] = [readScale(drawing, "x"), readScale(drawing, "y")];
    const [diagonal, far, high, within] = elementsOf(drawing, "line", "reference");
    assertNear(x.valueAt(numberOf(far, "x1")), 21, 25);
    assert.equal(far.attributes.x1, far.attributes.x2);
    for (const [line, value] of [[high, 43], [within, 8.5]] as const) {
      assertNear(y.valueAt(numberOf(line, "y1")), value, 60);
      assert.equal(line.attributes.y1, line.attributes.y2);
      assert(numberOf(line, "x1") < numberOf(line, "x2"));
    }
    const [axis] = elementsOf(drawing, "line", "axis-line");
    assert.equal(numberOf(high, "x2"), numberOf(axis, "x2"));
    assert.deepEqual(
      ["x1", "y1", "x2", "y2"].map((name) => numberOf(diagonal, name)),
      [numberOf(axis, "x1") + 4, numberOf(axis, "y1"), numberOf(axis, "x2"), 30],
    );
    assert.deepEqual(elementsOf(drawing, "text", "reference-label").map(textOf), [
      "far",
      "high",
      "in",
    ]);
  }
});

Deno.test("LineChart writes the name of a line at its last value, in its colour, apart from others", () => {
  const line = (name: string, y: number, x = 10): LineSeries => ({
    name,
    colour: Math.round(y),
    points: [{ x: 0, y: 9 }, { x, y }, { x: 10.5, y: null }],
  });
  const series = [line("low", 4), line("close", 4.98), line("above", 5), line("early", 3, 2)];
  const [wide] = chart({ series, x: { label: "", format, domain: [0, 10.5] } });
  const labels = elementsOf(wide, "g").filter(({ children }) =>
    children.some((child) => typeof child !== "string" && /end-label/.test(child.attributes.class))
  );
  const found = labels.map((group) => {
    const [text] = elementsOf(group, "text");
    const { "data-series": key, class: colour } = group.attributes;
    const leaders = elementsOf(group, "path", "leader").length;
    return {
      key,
      colour,
      leaders,
      name: textOf(text),
      x: numberOf(text, "x"),
      y: numberOf(text, "y"),
    };
  });
  const byName = new Map(found.map((label) => [label.name, label]));
  assert.deepEqual(found.map(({ name, key }) => [name, key]), [
    ["early", "early"],
    ["low", "low"],
    ["close", "close"],
    ["above", "above"],
  ]);
  assert.deepEqual(found.map(({ colour }) => colour), [
    "series-3",
    "series-4",
    "series-5",
    "series-5",
  ]);
  assert(byName.get("close")!.y - byName.get("above")!.y >= 16);
  const [x, y] = [readScale(wide, "x"), readScale(wide, "y")];
  assertNear(y.valueAt(byName.get("low")!.y - 4), 4, 10);
  assertNear(x.valueAt(byName.get("early")!.x - 10), 2, 10);
  assertNear(y.valueAt(byName.get("early")!.y - 4 + 13), 3, 10);
  assert.deepEqual(found.map(({ leaders }) => leaders), [0, 1, 1, 1]);
  const right = numberOf(elementsOf(wide, "line", "axis-line")[0], "x2");
  assert(found.slice(1).every((label) => label.x === right + 10));
});

Deno.test("LineChart puts names in the corner that lines leave free, the top line first", () => {
  const domain = [0, 1] as const;
  for (const [at, corner] of [[0.2, "start"], [0.9, "end"]] as const) {
    const series = ["a", "b"].map((name, index) => ({
      name,
      colour: index + 1,
      dashed: index === 1,
      points: [{ x: 0, y: 0 }, { x: 0.5, y: at }, { x: 0.6, y: at }, { x: 0.7, y: at }],
    }));
    const [wide] = chart({
      series,
      labelsInside: true,
      x: { label: "", format, domain },
      y: { label: "", format, domain },
    });
    const texts = elementsOf(wide, "text", "end-label");
    assert.deepEqual(texts.map(textOf), ["b", "a"]);
    assert.equal(numberOf(texts[1], "y") - numberOf(texts[0], "y"), 18);
    const lines = elementsOf(wide, "line", "line");
    assert.deepEqual(lines.map((line) => line.attributes.class), ["line dashed", "line"]);
    for (const [index, text] of texts.entries()) {
      assert.equal(text.attributes["text-anchor"], corner);
      assert.equal(numberOf(text, "y"), numberOf(lines[index], "y1") + 4);
      const isLeft = numberOf(text, "x") < 372;
      assert.equal(isLeft, corner === "start");
      const isTop = numberOf(text, "y") < 180;
      assert.equal(isTop, corner === "start");
    }
  }
});

Deno.test("LineChart draws axes without points, and a single point in the middle", () => {
  const [empty] = chart({ series: [{ name: "none", colour: 1, points: [] }] });
  assert.deepEqual(readScale(empty, "y").ticks.at(-1), 1);
  assert.equal(elementsOf(empty, "path").length, 0);
  const [single] = chart({ series: [{ colour: 1, dots: true, points: [{ x: 3, y: 40 }] }] });
  assertAt(single, circles(single, "dot"), [[3, 40]]);
  assert(readScale(single, "x").ticks.every((tick) => tick >= 2.5 && tick <= 3.5));
});

Deno.test("LineChart reads a logarithmic axis by ratios", () => {
  const points = [{ x: 0.02, y: 1.5 }, { x: 0.3, y: 70 }, { x: 40, y: 900 }];
  const log = { format: (value: number) => String(value), log: true };
  const [wide] = chart({
    series: [{ colour: 1, dots: true, points }],
    x: { label: "x", ...log },
    y: { label: "y", ...log },
  });
  const [x, y] = (["x", "y"] as const).map((along) => readScale(wide, along, { log: true }));
  for (const [at, place] of circles(wide, "dot").entries()) {
    assertNear(Math.log(x.valueAt(place.x)), Math.log(points[at].x), 8);
    assertNear(Math.log(y.valueAt(place.y)), Math.log(points[at].y), 7);
  }
});

Deno.test("LineChart writes the label of a horizontal reference below it, and above it near the axis", () => {
  const y = { label: "y", format, domain: [0, 282] as const };
  for (const [value, offset] of [[200, 15], [21, 15], [20, 15], [19, -6], [0, -6]]) {
    const [wide] = chart({ y, references: [{ label: "here", y: value }] });
    const [line] = elementsOf(wide, "line", "reference");
    const [label] = elementsOf(wide, "text", "reference-label");
    assert.equal(numberOf(label, "y") - numberOf(line, "y1"), offset, String(value));
    assert.equal(numberOf(label, "x"), numberOf(line, "x2") - 4);
    assert.equal(label.attributes["text-anchor"], "end");
  }
  const [wide] = chart({ references: [{ label: "there", x: 4 }] });
  const [line] = elementsOf(wide, "line", "reference");
  const [label] = elementsOf(wide, "text", "reference-label");
  assert.deepEqual([label.attributes.x, numberOf(label, "y")], [line.attributes.x1, 26]);
  assert.deepEqual([numberOf(line, "y1"), numberOf(line, "y2")], [30, 312]);
  const radii = elementsOf(wide, "circle").map(({ attributes }) =>
    `${attributes.class} ${attributes.r}`
  );
  assert.deepEqual([...new Set(radii)], ["dot 3", "ring 6.5"]);
});
