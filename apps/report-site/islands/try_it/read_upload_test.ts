import assert from "node:assert/strict";
import { inkOf } from "./read_upload.ts";

/** A 5×5 picture with a dot in its middle. */
function picture(ground: number, dot: number) {
  const data = new Uint8ClampedArray(100).fill(255);
  for (let at = 0; at < 25; at++) data.fill(at === 12 ? dot : ground, 4 * at, 4 * at + 3);
  return { data, width: 5, height: 5 };
}

Deno.test("inkOf() finds dark lines on bright paper as well as bright ones on dark ground", () => {
  for (const [ground, dot] of [[240, 20], [10, 250]]) {
    const { values } = inkOf(picture(ground, dot));
    assert.equal(values[12], 1);
    assert(values.every((ink, at) => at === 12 || ink < 1e-6));
  }
});

Deno.test("inkOf() finds nothing on an even ground", () => {
  assert(inkOf(picture(120, 121)).values.every((ink) => ink === 0));
});
