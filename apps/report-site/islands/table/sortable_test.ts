import assert from "node:assert/strict";
import { formatFor } from "../../language/format.ts";
import { nextOrder, numberIn, readSorting, sortedPlaces } from "./sortable.ts";
import { languages } from "../../language/languages.ts";

Deno.test("numberIn() reads numbers as each language writes them", () => {
  for (const { tag: language } of languages) {
    const { count, decimal, percent } = formatFor(language);
    assert.equal(numberIn(count(1234567), language), 1234567);
    assert.equal(numberIn(decimal(-0.25, 3), language), -0.25);
    assert.equal(numberIn(percent(0.972), language), 97.2);
    assert(Number.isNaN(numberIn("—", language)));
  }
});

Deno.test("sortedPlaces() sorts numbers with what has none last in either order, and keeps equal ones in theirs", () => {
  const texts = ["9.5", "—", "1,000", "−3", "9.50", "—"];
  const sorted = (order: "ascending" | "descending") =>
    sortedPlaces(texts, { isNumeric: true, order, language: "en" });
  assert.deepEqual(sorted("ascending"), [3, 0, 4, 2, 1, 5]);
  assert.deepEqual(sorted("descending"), [2, 0, 4, 3, 1, 5]);
});

Deno.test("sortedPlaces() sorts texts as the language does", () => {
  const texts = ["b", "É", "a", "f", "1,5"];
  const sorted = (order: "ascending" | "descending") =>
    sortedPlaces(texts, { isNumeric: false, order, language: "pt-BR" }).map((at) => texts[at]);
  assert.deepEqual(sorted("ascending"), ["1,5", "a", "b", "É", "f"]);
  assert.deepEqual(sorted("descending"), ["f", "É", "b", "a", "1,5"]);
});

Deno.test("nextOrder() begins with the largest number and the first letter, and turns round", () => {
  assert.equal(nextOrder(true, null), "descending");
  assert.equal(nextOrder(true, "descending"), "ascending");
  assert.equal(nextOrder(true, "ascending"), "descending");
  assert.equal(nextOrder(false, null), "ascending");
  assert.equal(nextOrder(false, "ascending"), "descending");
  assert.equal(nextOrder(false, "descending"), "ascending");
});

Deno.test("readSorting() reads orders of columns that exist", () => {
  assert.deepEqual(readSorting("1.ascending", 2), { column: 1, order: "ascending" });
  assert.deepEqual(readSorting("0.descending", 2), { column: 0, order: "descending" });
  for (const text of [undefined, "", "2.ascending", "1.up", "-1.ascending", "1.ascending "]) {
    assert.equal(readSorting(text, 2), undefined);
  }
});
