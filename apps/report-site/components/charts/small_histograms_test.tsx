import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { elementsOf, readMarkup, textOf } from "../../testing/read_markup.ts";
import { type SmallHistogram, SmallHistograms } from "./small_histograms.tsx";

const histograms: readonly SmallHistogram[] = [
  { name: "length", counts: [2, 0, 4, 1], low: "−1", high: "7" },
  { name: "none", counts: [0, 0], low: "3", high: "3" },
];

Deno.test("SmallHistograms draws bars in proportion to their counts, with names and ends", () => {
  const markup = readMarkup(
    renderToString(<SmallHistograms histograms={histograms} alt={({ name }) => `of ${name}`} />),
  );
  const items = elementsOf(markup, "li");
  assert.deepEqual(
    items.map((item) => elementsOf(item, "span").map(textOf)),
    [["length", "−17", "−1", "7"], ["none", "33", "3", "3"]],
  );
  const drawings = items.map((item) => elementsOf(item, "svg")[0]);
  assert.deepEqual(drawings.map(({ attributes }) => attributes["aria-label"]), [
    "of length",
    "of none",
  ]);
  const [bars, empty] = drawings.map((drawing) => elementsOf(drawing, "path")[0].attributes.d);
  assert.equal(bars, "M0,39V20H30V39H60V1H90V29.5H120V39Z");
  assert.equal(empty, "M0,39V39H60V39H120V39Z");
});
