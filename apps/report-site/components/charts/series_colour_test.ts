import assert from "node:assert/strict";
import { seriesColour } from "./series_colour.ts";

Deno.test("seriesColour() takes each colour of the palette in turn, then begins again", () => {
  const css = Deno.readTextFileSync(new URL("./chart.css", import.meta.url));
  const palette = [...css.matchAll(/^\.series-(\d+) \{/gm)].map(([, number]) => Number(number));
  assert.ok(palette.length > 0);
  const turns = Array.from({ length: 2 * palette.length }, (_, index) => seriesColour(index));
  assert.deepEqual(turns, [...palette, ...palette]);
});
