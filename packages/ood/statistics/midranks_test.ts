import assert from "node:assert/strict";
import fc from "fast-check";
import { midranks } from "./midranks.ts";

Deno.test("midranks() property: counts the values below, and half of those that are equal", () => {
  const values = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 30 });
  fc.assert(fc.property(values, (values) => {
    const counted = values.map((value) => {
      const below = values.filter((other) => other < value).length;
      const equal = values.filter((other) => other === value).length;
      return below + (equal + 1) / 2;
    });
    assert.deepEqual([...midranks(values)], counted);
  }));
});
