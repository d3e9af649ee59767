import assert from "node:assert/strict";
import { cholesky, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { atOnce } from "../steps.ts";
import { choleskyInSteps } from "./cholesky_in_steps.ts";

/** A positive definite matrix, diagonal but for some columns. */
function positive(d: number): Float64Array {
  const source = random(testSeed());
  const a = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    a[i * d + i] = 2 + i % 5;
    for (let j = i % 7; j < i; j += 7) a[i * d + j] = a[j * d + i] = source.normal() / d;
  }
  return a;
}

Deno.test("choleskyInSteps() factorises by blocks as a plain loop does, and yields", async () => {
  await useBackend("auto");
  for (const [d, least] of [[1, 0], [256, 0], [257, 8], [320, 10]]) {
    const a = positive(d);
    const steps = choleskyInSteps(a, d);
    let yields = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) yields++;
    assertAllClose(step.value as Float64Array, cholesky(a, d), { atol: 1e-13 });
    assert.ok(yields >= least, `${yields}`);
  }
});

Deno.test("choleskyInSteps() names the first column that others explain, in whatever block", async () => {
  await useBackend("auto");
  for (const [d, column] of [[3, 0], [257, 0], [257, 31], [257, 32], [257, 256], [300, 100]]) {
    const a = positive(d);
    for (const later of [column, d - 1]) a[later * d + later] = -1;
    assert.equal(atOnce(choleskyInSteps(a, d)), column);
  }
});
