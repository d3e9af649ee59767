import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { LineChart } from "./line_chart.tsx";
import type { ReferenceLine } from "./reference_line.tsx";

const format = (value: number) => String(value);

function references(lines: readonly ReferenceLine[]): string[] {
  const points = [{ x: 0, y: 0 }, { x: 10, y: 1 }];
  const html = renderToString(
    <LineChart
      title="t"
      description="d"
      x={{ label: "x", format }}
      y={{ label: "y", format }}
      series={[{ colour: 1, points }]}
      references={lines}
    />,
  );
  const [wide] = html.split("</svg>");
  return [...wide.matchAll(/<line class="reference"([^>]*)>/g)].map((match) => match[1]);
}

function attributes(line: string): Record<string, number> {
  return Object.fromEntries(
    [...line.matchAll(/(\w+)="([\d.]+)"/g)].map(([, name, value]) => [name, Number(value)]),
  );
}

Deno.test("LineChart draws a reference across at its height, or from top to bottom at its place", () => {
  const [across, down] = references([{ label: "a", y: 0.5 }, { label: "b", x: 5 }]).map(attributes);
  assert.equal(across.y1, across.y2);
  assert(across.x1 < across.x2);
  assert.equal(down.x1, down.x2);
  assert(down.y1 < down.y2);
});

Deno.test("LineChart has room for a reference beyond its points", () => {
  const [inside, beyond] = references([{ label: "a", x: 10 }, { label: "b", x: 20 }])
    .map(attributes);
  assert(inside.x1 < beyond.x1 && beyond.x1 <= 744);
});
