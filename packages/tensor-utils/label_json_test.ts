import assert from "node:assert/strict";
import fc from "fast-check";
import { compactLabels, type Label } from "./compact_labels.ts";
import { labelsFromJSON, labelsToJSON } from "./label_json.ts";

/** A UTF-16 code unit; the unit "binary" of fast-check takes seconds to make. */
const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

Deno.test("labelsFromJSON() gives back what labelsToJSON() wrote, whatever the labels", () => {
  const labels: fc.Arbitrary<Label[]>[] = [
    fc.array(fc.double({ noNaN: true }), { minLength: 1 }),
    fc.array(fc.bigInt(), { minLength: 1 }),
    fc.array(fc.string({ unit }), { minLength: 1 }),
    fc.array(fc.boolean(), { minLength: 1 }),
  ];
  fc.assert(
    fc.property(fc.oneof(...labels), (given) => {
      const { values } = compactLabels(given);
      const json = JSON.parse(JSON.stringify(labelsToJSON(values)));
      assert.deepEqual(labelsFromJSON(json, "classes"), [...values]);
    }),
    { seed: 1 },
  );
});

Deno.test("labelsFromJSON() refuses what is no list of names", () => {
  const refused: [unknown, RegExp][] = [
    [undefined, /at least one text is needed/],
    [{ kind: "number", names: [] }, /at least one text/],
    [{ kind: "number", names: [1] }, /at least one text/],
    [{ kind: "string", names: ["a", 1] }, /at least one text/],
    [{ kind: "symbol", names: ["1"] }, /one of "number"/],
    [{ kind: "number", names: ["one"] }, /"one" at 0 is not a number/],
    [{ kind: "number", names: ["NaN"] }, /ascending|not a number/],
    [{ kind: "bigint", names: ["1.5"] }, /"1.5" at 0 is not a bigint/],
    [{ kind: "boolean", names: ["yes"] }, /not a boolean/],
    [{ kind: "string", names: ["b", "a"] }, /a at 1 follows b, ascending/],
    [{ kind: "string", names: ["a", "c", "b"] }, /b at 2 follows c, ascending/],
    [{ kind: "string", names: ["a", "a"] }, /ascending/],
  ];
  for (const [json, message] of refused) {
    assert.throws(() => labelsFromJSON(json, "classes"), message, JSON.stringify(json));
  }
});
