import assert from "node:assert/strict";
import { drawApart, pacedPermutation } from "./paced_permutation.ts";
import { random } from "./random.ts";
import { testSeed } from "./testing/mod.ts";

Deno.test("pacedPermutation() draws what permutation() does, and as many numbers of the source", async () => {
  for (const n of [0, 1, 2, 3, 1000, 2 ** 15, 2 ** 15 + 1, 2 ** 15 + 2, 200_000]) {
    const [paced, whole] = [random(testSeed()), random(testSeed())];
    assert.deepEqual(await pacedPermutation(paced, n), whole.permutation(n), `${n}`);
    assert.equal(paced.next(), whole.next());
  }
});

Deno.test("pacedPermutation() and drawApart() refuse other numbers, and end with their signal", async () => {
  for (const n of [-1, 1.5, NaN]) {
    await assert.rejects(pacedPermutation(random(1), n), { name: "RangeError", message: /n/ });
  }
  const signal = AbortSignal.abort();
  await assert.rejects(pacedPermutation(random(1), 9, signal), { name: "AbortError" });
  await assert.rejects(drawApart(random(1), 9, 3, signal), { name: "AbortError" });
});

Deno.test("drawApart() parts numbers as the sorted ends of a permutation", async () => {
  for (const [n, count] of [[0, 0], [1, 0], [1, 1], [10, 3], [50_000, 20_000], [300_000, 1]]) {
    const { drawn, others } = await drawApart(random(testSeed()), n, count);
    const order = random(testSeed()).permutation(n);
    assert.deepEqual(drawn, order.slice(0, count).sort(), `${n}, ${count}`);
    assert.deepEqual(others, order.slice(count).sort(), `${n}, ${count}`);
  }
});
