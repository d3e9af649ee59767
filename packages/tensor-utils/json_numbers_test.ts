import assert from "node:assert/strict";
import fc from "fast-check";
import { fromJSONNumber, jsonNumber } from "./json_numbers.ts";

Deno.test("fromJSONNumber() reads every bit of what jsonNumber() gave JSON (property)", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(finite, (value) => {
      const read = fromJSONNumber(JSON.parse(JSON.stringify(jsonNumber(value))));
      assert.ok(Object.is(read, value), `${value} came back as ${read}`);
    }),
    { seed: 0, examples: [[-0], [0], [5e-324], [-5e-324], [2 ** -1022], [Number.MAX_VALUE]] },
  );
});

Deno.test("fromJSONNumber() leaves what is no number to the check that follows", () => {
  for (const value of [null, "0", "−0", undefined]) assert.equal(fromJSONNumber(value), value);
});
