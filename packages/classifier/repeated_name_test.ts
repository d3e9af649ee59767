import assert from "node:assert/strict";
import fc from "fast-check";
import { repeatedName } from "./repeated_name.ts";

/** A UTF-16 code unit; the unit "binary" of fast-check takes seconds to make. */
const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

Deno.test("repeatedName() finds the name that an object has twice, however it is written", () => {
  const cases: [json: string, name: string | undefined][] = [
    ['{"a":1,"b":2,"a":3}', "a"],
    ['{"a":1,"\\u0061":3}', "a"],
    ['{"x":{"a":1,"b":[{"c":1},{"c":2}],"a":2}}', "a"],
    ['{"a" \t:1,\n"a"\r : 2}', "a"],
    ['{"\\"":1,"\\\\":2,"\\"":3}', '"'],
    ['{"":1,"":2}', ""],
    ['{"__proto__":1,"__proto__":2}', "__proto__"],
    ['{"a":{"a":{"a":"a"}},"b":["a","a"],"c":"a\\":1,\\"a"}', undefined],
    ['{"a":"}","b":"{","c":"\\\\"}', undefined],
    ["[]", undefined],
  ];
  for (const [json, name] of cases) {
    JSON.parse(json);
    assert.equal(repeatedName(json), name, json);
  }
});

Deno.test("repeatedName() finds nothing in what JSON.stringify() writes, and every name added to it (property)", () => {
  const plain = fc.dictionary(fc.string({ unit }), fc.jsonValue(), { minKeys: 1 });
  fc.assert(
    fc.property(plain, fc.nat(), fc.constantFrom(undefined, 2), (object, pick, indent) => {
      const json = JSON.stringify(object, undefined, indent);
      assert.equal(repeatedName(json), undefined);
      const names = Object.keys(object);
      const name = names[pick % names.length];
      const twice = `{${JSON.stringify(name)}:null,${json.slice(1)}`;
      assert.equal(repeatedName(twice), name);
    }),
    { seed: 0, numRuns: 500 },
  );
});
