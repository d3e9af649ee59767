import assert from "node:assert/strict";
import fc from "fast-check";
import { anchorName } from "./anchor_name.ts";

/** A UTF-16 code unit; the unit "binary" of fast-check takes seconds to make. */
const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

Deno.test("anchorName() keeps names that are plain already", () => {
  for (const name of ["mnist", "fashion-mnist", "digits-8x8", "a.b_c"]) {
    assert.equal(anchorName(name), name);
  }
});

Deno.test("anchorName() makes short and plain names of any text, and different ones (property)", () => {
  const names = fc.uniqueArray(fc.string({ unit, maxLength: 60 }), { maxLength: 5 });
  fc.assert(
    fc.property(names, (texts) => {
      const made = texts.map(anchorName);
      for (const name of made) assert.match(name, /^[a-z0-9][a-z0-9._-]{0,47}$/);
      assert.equal(new Set(made).size, made.length);
    }),
    { seed: 0 },
  );
});

Deno.test("anchorName() leaves no folder", () => {
  assert.match(anchorName("../../../etc/passwd"), /^etc-passwd-[0-9a-f]{8}$/);
  assert.match(anchorName(""), /^[0-9a-f]{8}$/);
});

Deno.test("anchorName() keeps what is plain of a name, up to 32 letters, before its hash by FNV-1a", () => {
  assert.equal(anchorName("Ærø & Co. 7"), "r-co-7-a1e64600");
  assert.equal(anchorName("B"), "b-c70bfb85");
  assert.equal(anchorName("Set 10"), "set-10-0b17b478");
  assert.equal(anchorName("a".repeat(48)), "a".repeat(48));
  assert.equal(anchorName("a".repeat(49)), `${"a".repeat(32)}-4e8d2a7c`);
  assert.equal(anchorName(""), "811c9dc5");
});
