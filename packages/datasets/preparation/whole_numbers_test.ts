import assert from "node:assert/strict";
import { wholeNumbers } from "./whole_numbers.ts";

const found = (values: readonly number[], means: readonly number[]) =>
  wholeNumbers(
    { values: Float64Array.from(values), shape: [values.length / means.length, means.length] },
    Float64Array.from(means),
  );

Deno.test("wholeNumbers() takes whole numbers close to the means of their columns", async () => {
  const offsets = Int32Array.of(-5, 1e9);
  assert.deepEqual(await found([-5, 1e9 + 3, -7, 1e9 - 4], [-5.4, 1e9 - 0.5]), {
    offsets,
    largest: 4,
  });
  assert.deepEqual(await found([-5, 1e9 + 8], [-5, 1e9]), { offsets, largest: 9 });
  assert.deepEqual(await found([-0], [0]), { offsets: Int32Array.of(0), largest: 1 });
  assert.equal((await found([2047, -2048], [0]))?.largest, 2048);
});

Deno.test("wholeNumbers() takes no others", async () => {
  assert.equal(await found([1, 1.5], [1]), undefined);
  assert.equal(await found([1, 2 ** -1074], [0]), undefined);
  for (const far of [2048, -2049, 2 ** 31, -(2 ** 32), 1e300]) {
    assert.equal(await found([0, far], [0]), undefined, `${far}`);
  }
  assert.equal(await found([2 ** 40], [2 ** 40]), undefined);
});

Deno.test("wholeNumbers() ends where its signal is aborted", async () => {
  const reason = new TypeError("enough");
  const pending = wholeNumbers(
    { values: Uint8Array.of(1), shape: [1, 1] },
    Float64Array.of(1),
    AbortSignal.abort(reason),
  );
  await assert.rejects(pending, (error) => error === reason);
});
