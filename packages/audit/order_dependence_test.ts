import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { orderDependence } from "./mod.ts";

Deno.test("orderDependence() is the mean distance in order of nearest rows", async () => {
  const x = random(testSeed());
  const rows = Array.from({ length: 40 }, () => [x.normal(), x.normal()]);
  const { distance, expected } = await orderDependence(rows, { neighbors: 3, permutations: 19 });
  const gaps = rows.flatMap((row, i) =>
    rows.map((other, j) => ({ j, far: Math.hypot(row[0] - other[0], row[1] - other[1]) }))
      .filter(({ j }) => j !== i).sort((a, b) => a.far - b.far).slice(0, 3)
      .map(({ j }) => Math.abs(i - j))
  );
  assertAllClose([distance], [gaps.reduce((a, b) => a + b, 0) / gaps.length], { rtol: 1e-12 });
  const all = rows.flatMap((_, i) => rows.flatMap((_, j) => i === j ? [] : [Math.abs(i - j)]));
  assertAllClose([expected], [all.reduce((a, b) => a + b, 0) / all.length], { rtol: 1e-12 });
});

Deno.test("orderDependence() holds its level on independent rows, with ties as without", async () => {
  const source = random(testSeed());
  const draws: (() => number[])[] = [
    () => [source.normal(), source.normal()],
    () => [source.integer(2)],
    () => [source.integer(3), source.integer(2)],
  ];
  for (const [kind, draw] of draws.entries()) {
    let alarms = 0;
    for (let run = 0; run < 200; run++) {
      const rows = Array.from({ length: 40 }, draw);
      const options = { permutations: 39, neighbors: 4, seed: source.integer(1e6) };
      if ((await orderDependence(rows, options)).pValue <= 0.05) alarms++;
    }
    // 10 are expected; more than 24 have a probability of 2e-5.
    assert(alarms <= 24, `${alarms} of 200 of kind ${kind}`);
    assert(kind > 0 || alarms > 0, "no alarm at all");
  }
});

Deno.test("orderDependence() finds drift, sorting by class and dependence on the row before", async () => {
  const source = random(testSeed());
  let walk = [0, 0, 0];
  const draws: ((i: number) => number[])[] = [
    (i) => [source.normal() + i / 30, source.normal()],
    (i) => [source.normal() + (i < 60 ? 0 : 3)],
    () => walk = walk.map((value) => 0.9 * value + source.normal()),
  ];
  for (const [kind, draw] of draws.entries()) {
    const rows = Array.from({ length: 120 }, (_, i) => draw(i));
    const { pValue, distance, expected } = await orderDependence(rows, { permutations: 199 });
    assert(pValue <= 0.02 && distance < expected, `${pValue} of kind ${kind}`);
    const same = await orderDependence(rows, { permutations: 199 });
    assert.equal(same.pValue, pValue);
  }
});

Deno.test("orderDependence() looks at ten neighbours and 999 orders unless told otherwise", async () => {
  const rising = Array.from({ length: 50 }, (_, i) => [i]);
  const given = await orderDependence(rising);
  assert.equal(given.pValue, 1 / 1000);
  assert.deepEqual(
    given,
    await orderDependence(rising, { neighbors: 10, permutations: 999, seed: 0 }),
  );
  const noise = Array.from({ length: 50 }, (_, i) => [Math.sin(i * i)]);
  assert.deepEqual(await orderDependence(noise), await orderDependence(noise, { seed: 0 }));
});

Deno.test("orderDependence() takes as many neighbours as there are, and refuses too few rows", async () => {
  const three = await orderDependence([[0], [1], [2]], { permutations: 19 });
  assert.deepEqual([three.distance, three.expected, three.pValue], [4 / 3, 4 / 3, 1]);
  await assert.rejects(orderDependence([[0], [1]]), /^RangeError/);
  await assert.rejects(
    orderDependence([[0], [1], [2]], { permutations: 18 }),
    /^RangeError: Cannot use permutations: 18 was given/,
  );
  await assert.rejects(
    orderDependence([[0], [1], [2]], { neighbors: 0 }),
    /^RangeError: Cannot use neighbors: 0 was given/,
  );
});
