import assert from "node:assert/strict";
import fc from "fast-check";
import { displayable, marked, unmarked, withoutIsolates } from "./data_text.ts";

/** A UTF-16 code unit; the unit "binary" of fast-check takes seconds to make. */
const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

const texts = fc.string({ unit, maxLength: 30 });

Deno.test("displayable() leaves no control, and nothing that turns the words around it (property)", () => {
  const controls = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066\u2067]|\p{Noncharacter_Code_Point}/u;
  fc.assert(
    fc.property(fc.array(texts), (values) => {
      for (const text of displayable(values)) {
        assert.doesNotMatch(text, controls);
        assert(text.isWellFormed());
        assert.match(text, /^(?:[^\u2068\u2069]*|\u2068[^\u2068\u2069]*\u2069)$/);
      }
    }),
    { seed: 0 },
  );
});

Deno.test("displayable() isolates text that is written from right to left", () => {
  assert.equal(displayable("שלום"), "\u2068שלום\u2069");
  assert.equal(withoutIsolates(displayable("שלום")), "שלום");
  assert.equal(displayable("a\u202Eb\0c\uD800"), "a\uFFFDb\uFFFDc\uFFFD");
  assert.equal(displayable("Größe 😀 ≥ 1\n"), "Größe 😀 ≥ 1\n");
});

Deno.test("marked() hides dollar signs and backticks until unmarked() (property)", () => {
  const values = fc.record({ title: texts, list: fc.array(texts) });
  fc.assert(
    fc.property(values, (value) => {
      const shown = displayable(value);
      const hidden = marked(shown);
      assert.doesNotMatch(JSON.stringify(hidden), /[$`]/);
      assert.deepEqual(JSON.parse(unmarked(JSON.stringify(hidden))), { ...shown });
    }),
    { seed: 0 },
  );
});

Deno.test("marked() changes keys, too, and copies nothing that it does not change", () => {
  assert.deepEqual(unmarked(JSON.stringify(marked({ "a$": "$b" }))), '{"a$":"$b"}');
  const plain = { rows: [[1, 2], [3]], note: "plain", none: null };
  assert.equal(marked(plain), plain);
});
