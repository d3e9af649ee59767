import assert from "node:assert/strict";
import { elementsOf, numberOf, textOf } from "../../testing/read_markup.ts";
import { ScatterChart } from "./scatter_chart.tsx";
import { assertNear, drawings, readScale } from "./testing/read_chart.ts";

const format = (value: number, digits: number) => value.toFixed(digits);
const series = [
  { name: "one", colour: 6, points: [{ x: 1, y: -2 }, { x: 2, y: 5 }, { x: 4.5, y: 3 }] },
  { name: "another", colour: 1, points: [{ x: -3, y: 0.25 }] },
];
const none = { name: "none", colour: 2, points: [] };

Deno.test("ScatterChart draws each point at its values, and names its series at the median", () => {
  const axes = { x: { label: "across", format }, y: { label: "up", format } };
  const both = drawings(
    <ScatterChart title="t" description="d" series={[none, ...series]} {...axes} />,
  );
  for (const [narrow, drawing] of both.entries()) {
    const [x, y] = (["x", "y"] as const).map((along) => readScale(drawing, along));
    const groups = elementsOf(drawing, "g").filter((one) => one.attributes["data-series"]);
    assert.deepEqual(
      groups.map(({ attributes }) => [attributes["data-series"], attributes.class]),
      [...series, ...series].map(({ name, colour }) => [name, `series-${colour}`]),
    );
    for (const [at, { points }] of series.entries()) {
      const [path] = elementsOf(groups[at], "path");
      const drawn = [...(path.attributes.d ?? "").matchAll(/M([-\d.]+),([-\d.]+)h0/g)];
      assert.equal(drawn.length, points.length);
      for (const [index, [, left, top]] of drawn.entries()) {
        assertNear(x.valueAt(Number(left)), points[index].x, 10);
        assertNear(y.valueAt(Number(top)), points[index].y, 10);
      }
      const told = points.map((point) => `${point.x.toFixed(3)}|${point.y.toFixed(3)}`).join(";");
      assert.equal(path.attributes["data-points"], narrow ? "" : told);
    }
    const labels = groups.slice(2).map((group) => elementsOf(group, "text")[0]);
    assert.deepEqual(labels.map(textOf), ["one", "another"]);
    assertNear(x.valueAt(numberOf(labels[0], "x")), 2, 10);
    assertNear(y.valueAt(numberOf(labels[0], "y") - 4), 3, 10);
  }
});
