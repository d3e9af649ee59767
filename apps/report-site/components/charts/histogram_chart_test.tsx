import assert from "node:assert/strict";
import { elementsOf, type Markup, numberOf, textOf } from "../../testing/read_markup.ts";
import { HistogramChart, type HistogramChartProps } from "./histogram_chart.tsx";
import { assertNear, drawings, endsOf, placedTexts, readScale } from "./testing/read_chart.ts";

const format = (value: number, digits: number) => value.toFixed(digits);
const histogram = {
  edges: [-2, 0, 3, 8],
  inDistribution: { below: 1, counts: [7, 0, 12], above: 5 },
  outOfDistribution: { below: 3, counts: [2, 30, 4], above: 1 },
};
const names = { inDistribution: "inside", outOfDistribution: "outside" };

function chart(props: Partial<HistogramChartProps> = {}): Markup[] {
  return drawings(
    <HistogramChart
      title="t"
      description="d"
      histogram={histogram}
      names={names}
      x={{ label: "score", format }}
      y={{ label: "share", format }}
      {...props}
    />,
  );
}

const kinds = [
  { name: "inside", key: "In", colour: 1, counts: [1, 7, 0, 12, 5], total: 25 },
  { name: "outside", key: "Out", colour: 2, counts: [3, 2, 30, 4, 1], total: 40 },
];

Deno.test("HistogramChart draws the share of each kind over its bins, and the tails beyond the edges", () => {
  const inTable = { inDistribution: "In", outOfDistribution: "Out" };
  for (const drawing of chart({ inTable })) {
    const [x, y] = [readScale(drawing, "x"), readScale(drawing, "y")];
    const paths = elementsOf(drawing, "path", "histogram");
    const [axis] = elementsOf(drawing, "line", "axis-line");
    for (const [at, { name, key, colour, counts, total }] of kinds.entries()) {
      const { attributes } = paths[at];
      assert.equal(attributes.class, `histogram series-${colour}`);
      assert.deepEqual([attributes["data-series"], attributes["data-name"]], [key, name]);
      const steps = [...attributes.d.matchAll(/V([\d.]+)H([\d.]+)/g)];
      assert.equal(steps.length, counts.length);
      for (const [bin, [, top, right]] of steps.entries()) {
        assertNear(y.valueAt(Number(top)), counts[bin] / total, 0.8);
        if (bin < 4) assertNear(x.valueAt(Number(right)), histogram.edges[bin], 10);
        else assert.equal(Number(right), numberOf(axis, "x2"));
      }
      const [, left, bottom, end] = /^M([\d.]+),([\d.]+).*V([\d.]+)Z$/.exec(attributes.d)!;
      assert.equal(Number(left), numberOf(axis, "x1"));
      assertNear(y.valueAt(Number(bottom)), 0, 0.8);
      assert.equal(end, bottom);
    }
    const ends = elementsOf(drawing, "line", "reference");
    assert.equal(ends.length, 2);
    for (const [at, edge] of [-2, 8].entries()) {
      assertNear(x.valueAt(numberOf(ends[at], "x1")), edge, 10);
      assert.equal(ends[at].attributes.x1, ends[at].attributes.x2);
    }
    assert.deepEqual(elementsOf(drawing, "text", "end-label").map(textOf), ["inside", "outside"]);
  }
});

Deno.test("HistogramChart tells a script every bin and its share", () => {
  const [wide, narrow] = chart();
  const [inside, outside] = elementsOf(wide, "path", "histogram").map(({ attributes }) =>
    attributes
  );
  assert.equal(
    inside["data-bars"],
    "< -2.00|0.0400;-2.00 – 0.00|0.2800;0.00 – 3.00|0.0000;3.00 – 8.00|0.4800;≥ 8.00|0.2000",
  );
  assert.match(outside["data-bars"], /^< -2\.00\|0\.0750;.*;≥ 8\.00\|0\.0250$/);
  assert.deepEqual([inside["data-series"], outside["data-series"]], ["inside", "outside"]);
  assert.equal(elementsOf(narrow, "path", "histogram")[0].attributes["data-bars"], "");
  assert.deepEqual([wide.attributes["data-x-label"], wide.attributes["data-y-label"]], [
    "score",
    "share",
  ]);
});

Deno.test("HistogramChart marks a score at its place, and one beyond the edges in the middle of its tail", () => {
  const places = [[1.5, 1.5, "start"], [6.5, 6.5, "end"], [-99, -2, "start"], [
    99,
    8,
    "end",
  ]] as const;
  for (const [value, edge, anchor] of places) {
    for (const [at, drawing] of chart({ marker: { value, label: "here" } }).entries()) {
      const x = readScale(drawing, "x");
      const [marker] = elementsOf(drawing, "g", "marker");
      const [line] = elementsOf(marker, "line");
      const beyond = value === edge ? 0 : [10, 6][at] * Math.sign(value);
      assertNear(x.valueAt(numberOf(line, "x1") - beyond), edge, 10, String(value));
      assert.equal(line.attributes.x1, line.attributes.x2);
      const [text] = elementsOf(marker, "text");
      assert.equal(text.attributes["text-anchor"], anchor);
      assertNear(numberOf(text, "x") - numberOf(line, "x1"), anchor === "end" ? -7 : 7, 10);
      assert.equal(textOf(text), "here");
    }
  }
  assert.equal(elementsOf(chart()[0], "g", "marker").length, 0);
  // The middle of the bins is not in the right half.
  const [middle] = chart({ marker: { value: 3, label: "here" } });
  const [text] = elementsOf(elementsOf(middle, "g", "marker")[0], "text");
  assert.equal(text.attributes["text-anchor"], "start");
});

Deno.test("HistogramChart draws nothing above its axis for a kind without rows", () => {
  const none = { below: 0, counts: [0, 0, 0], above: 0 };
  const [wide] = chart({ histogram: { ...histogram, outOfDistribution: none } });
  const [, empty] = elementsOf(wide, "path", "histogram");
  const heights = [...empty.attributes.d.matchAll(/V([\d.]+)/g)].map(([, y]) => y);
  assert.deepEqual(new Set(heights).size, 1);
});

Deno.test("HistogramChart leaves room for key and axes, and for tails beside its bins", () => {
  const edges = [0, 20, 60];
  const both = chart({
    histogram: { edges, inDistribution: counts(1, 1), outOfDistribution: counts(2, 0) },
    marker: { value: 20, label: "here" },
  });
  for (const [at, drawing] of both.entries()) {
    const [right, bottom, tail] = [[732, 312, 20], [328, 252, 12]][at];
    const [axis] = elementsOf(drawing, "line", "axis-line");
    assert.deepEqual(endsOf(axis), [50, bottom, right, bottom]);
    assert.deepEqual(
      readScale(drawing, "x").ticks,
      [[0, 10, 20, 30, 40, 50, 60], [0, 20, 40, 60]][at],
    );
    const ends = [50 + tail, right - tail];
    assert.deepEqual(
      elementsOf(drawing, "line", "reference").map(endsOf),
      ends.map((x) => [x, 48, x, bottom]),
    );
    const grid = elementsOf(drawing, "line", "grid").map((line) => numberOf(line, "y1"));
    assert.deepEqual([grid[0], grid.at(-1)], [bottom, 48]);
    const [marker] = elementsOf(drawing, "g", "marker");
    const [x, top, , end] = endsOf(elementsOf(marker, "line")[0]);
    assert.deepEqual([top, end], [48, bottom]);
    assertNear(x, ends[0] + (ends[1] - ends[0]) / 3, 10);
    const [[, place, y]] = placedTexts(marker);
    assertNear(place, x + 7, 10);
    assert.equal(y, 62);
    const labels = elementsOf(drawing, "text", "axis-label").map(textOf);
    assert.deepEqual(labels, ["share", "", "score"]);
    const shifted = elementsOf(drawing, "g").find(({ attributes }) => attributes.transform)!;
    assert.deepEqual(placedTexts(shifted), [["share", 0, 13]]);
  }
});

function counts(...list: readonly number[]) {
  return { below: 0, counts: list, above: 0 };
}

Deno.test("HistogramChart draws all of a kind on one axis that starts at zero, down to a single row", () => {
  const all = { edges: [0, 1], outOfDistribution: counts(4), inDistribution: counts(1) };
  const [wide] = chart({ histogram: all });
  for (const path of elementsOf(wide, "path", "histogram")) {
    const heights = [...path.attributes.d.matchAll(/V([\d.]+)H/g)].map(([, y]) => Number(y));
    const shares = heights.map((y) => readScale(wide, "y").valueAt(y));
    for (const [bin, share] of [0, 1, 0].entries()) assertNear(shares[bin], share, 1);
  }
  assert.equal(readScale(wide, "y").ticks[0], 0);
});
