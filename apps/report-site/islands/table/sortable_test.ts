import assert from "node:assert/strict";
import { formatFor } from "../../language/format.ts";
import { numberIn } from "./sortable.ts";
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
