import assert from "node:assert/strict";
import { elementsOf, type Markup, numberOf, textOf } from "../../testing/read_markup.ts";
import { shortened, textWidth } from "./chart.tsx";
import { LineChart, type LineChartProps, type LinePoint, type LineSeries } from "./line_chart.tsx";
import {
  assertNear,
  drawings,
  endsOf,
  placedTexts,
  pointsOf,
  readScale,
} from "./testing/read_chart.ts";

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

const up = { label: "", format, domain: [0, 282] as const };
const long = "a name that is as long as no other name of a line in any of the charts of this site";

Deno.test("LineChart leaves room for numbers, names and axes, and has as many ticks as it has room for", () => {
  const named = (name?: string): LineSeries => ({ name, colour: 1, points: [{ x: 2, y: 20 }] });
  // The longest number, "250", takes 3 · 8.4 + 14; a bold name of three letters 1.12 · 24 + 4, and 14.
  const cases = [
    { name: undefined, right: [718, 314] },
    { name: "abc", right: [699.12, 295.12] },
    { name: long, right: [372, 170] },
  ];
  for (const { name, right } of cases) {
    for (const [at, drawing] of chart({ series: [named(name)], y: up }).entries()) {
      const [axis] = elementsOf(drawing, "line", "axis-line");
      const bottom = [312, 252][at];
      const [x1, y1, x2, y2] = endsOf(axis);
      assertNear(x1, 39.2, 1);
      assertNear(x2, right[at], 1);
      assert.deepEqual([y1, y2], [bottom, bottom]);
      const grid = elementsOf(drawing, "line", "grid").map((line) => numberOf(line, "y1"));
      assertNear(grid[0], bottom, 1);
      const [label] = placedTexts(drawing, "end-label");
      if (name) assert.equal(label[0], shortened(name, right[at] - 14, "bold"));
    }
  }
  const ticks = (high: number, name?: string) =>
    chart({ series: [named(name)], x: { label: "", format, domain: [0, high] } })
      .map((drawing) => readScale(drawing, "x").ticks.length);
  // Steps of 10, where an eighth would be less than 7.07; of 20, where a fifth would be less than 14.14.
  assert.equal(ticks(55)[0], 6);
  assert.equal(ticks(60)[1], 4);
  const wide = chart({
    series: [named(long)],
    x: { label: "", format, domain: [0, 16] },
    y: { label: "", format: () => "1234567", domain: [0, 1] },
  });
  // There is room for one tick, and are two.
  assert.deepEqual(readScale(wide[1], "x").ticks, [0, 10]);
});

Deno.test("LineChart draws the band of two points, and a plain line by default", () => {
  const band = {
    colour: 1,
    points: [{ x: 1, y: 2, low: 1, high: 3 }, { x: 2, y: 2, low: 1, high: 3 }],
  };
  const [wide] = chart({ series: [band] });
  assert.equal(elementsOf(wide, "path", "band").length, 1);
  const [, line] = elementsOf(wide, "path");
  assert.equal(line.attributes.class, "line");
  const [hidden] = elementsOf(chart({ series: [{ ...second, noLine: true }] })[0], "path");
  assert.equal(hidden.attributes.class, "no-line");
});

/** A chart of lines that end at given places: pixels to the right of 43.2, and above 286. */
function ending(...ends: readonly (readonly [x: number, y: number])[]): Markup {
  const series = ends.map(([x, y], at) => ({
    name: ["abc", "b", "c"][at],
    colour: 1,
    points: [{ x: 0, y: 150 }, { x, y }],
  }));
  // Of the 744 pixels, numbers take 39.2 and 4, and names 44.88.
  const [wide] = chart({
    series,
    height: 334,
    x: { label: "", format, domain: [0, 655.92] },
    y: { label: "", format, domain: [0, 256] },
  });
  return wide;
}

Deno.test("LineChart leads from a line to its name where they are apart", () => {
  const leaders = (...ends: readonly (readonly [number, number])[]) =>
    elementsOf(ending(...ends), "path", "leader")
      .map(({ attributes }) => attributes.d.match(/-?[\d.]+/g)!.map(Number));
  const assertLeads = (actual: number[][], expected: number[][]) => {
    assert.equal(actual.length, expected.length);
    for (const [at, leader] of actual.entries()) {
      for (const [index, place] of leader.entries()) assertNear(place, expected[at][index], 10);
    }
  };
  const right = 655.92;
  // Names are 16 apart: those of ends that are 6 apart move by 5 each, those that are 5 apart by more.
  assertLeads(leaders([right, 100], [right, 106]), []);
  assertLeads(leaders([right, 100], [right, 105]), [
    [right + 46.2, 186, 707.12, 191.5],
    [right + 46.2, 181, 707.12, 175.5],
  ]);
  assertLeads(leaders([right - 11.9, 100]), []);
  assertLeads(leaders([right - 12.1, 100]), [[right + 34.1, 186, 707.12, 186]]);
  // The lowest name stands 4 above the axis.
  assert.deepEqual(placedTexts(ending([right, 0]), "end-label"), [["abc", 709.12, 286]]);
  assert.deepEqual(placedTexts(ending([right, 256]), "end-label"), [["abc", 709.12, 34]]);
});

Deno.test("LineChart writes names beside the ends of lines that end before three fifths of the plot", () => {
  // 39.2 + 0.6 · 659.92 is 435.15.
  const [[, early, y]] = placedTexts(ending([391.9, 100]), "end-label");
  assertNear(early, 391.9 + 43.2 + 10, 10);
  assert.equal(y, 186 - 13 + 4);
  assert.deepEqual(placedTexts(ending([392, 100]), "end-label"), [["abc", 709.12, 190]]);
  const both = placedTexts(ending([100, 100], [100, 100], [100, 0]), "end-label");
  assert.deepEqual(both.map(([, , y]) => y), [169, 185, 277]);
  assert.equal(elementsOf(ending([100, 100]), "path", "leader").length, 0);
});

Deno.test("LineChart keeps the name of a line that ends early away from those beside the plot", () => {
  const name = "média a priori por pixel";
  const series = [
    { name, colour: 1, points: [{ x: 0, y: 1 }, { x: 10, y: 1 }] },
    { name: "linhas completas", colour: 2, points: [{ x: 0, y: 1 }, { x: 4, y: 1 }] },
  ];
  for (const drawing of chart({ series })) {
    const [early, late] = elementsOf(drawing, "text", "end-label");
    const right = numberOf(elementsOf(drawing, "line", "axis-line")[0], "x2");
    const start = numberOf(early, "x");
    assert.equal(textOf(early), shortened("linhas completas", right - start, "bold"));
    assert(start >= numberOf(elementsOf(drawing, "line", "axis-line")[0], "x1"));
    assert(start + textWidth(textOf(early), "bold") <= right + 6);
    assert(right < numberOf(late, "x"));
  }
});

Deno.test("LineChart puts names inside at the corner opposite to the lines, which it samples in front of them", () => {
  const domain = [0, 1] as const;
  const inside = (...points: readonly (readonly [number, number])[]) => {
    const lines = [1, 2].map((colour) => ({
      name: `line ${colour}`,
      colour,
      points: points.map(([x, y]) => ({ x, y })),
    }));
    const [wide] = chart({
      series: lines,
      labelsInside: true,
      x: { label: "", format, domain },
      y: { label: "", format, domain },
    });
    return {
      texts: placedTexts(wide, "end-label"),
      lines: elementsOf(wide, "line", "line").map(endsOf),
    };
  };
  // "0.0" takes 39.2 at the left; half of the points below is not most of them.
  const above = inside([0.5, 0.4], [0.5, 0.6], [0.7, 0.2], [0.7, 0.8]);
  assert.deepEqual(above.texts, [["line 2", 674, 280], ["line 1", 674, 298]]);
  assert.deepEqual(above.lines, [[682, 276, 708, 276], [682, 294, 708, 294]]);
  const below = inside([0.5, 0.4], [0.5, 0.6], [0.7, 0.2]);
  const round = (lines: number[][]) => lines.map((ends) => ends.map((end) => +end.toFixed(2)));
  assert.deepEqual(below.texts.map(([text, x, y]) => [text, +x.toFixed(2), y]), [
    ["line 2", 89.2, 48],
    ["line 1", 89.2, 66],
  ]);
  assert.deepEqual(round(below.lines), [[55.2, 44, 81.2, 44], [55.2, 62, 81.2, 62]]);
});
