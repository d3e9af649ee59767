import assert from "node:assert/strict";
import fc from "fast-check";
import { random } from "./random.ts";

Deno.test("random() repeats itself for the same seed and differs for another", () => {
  const draw = (seed: number) => Array.from({ length: 5 }, random(seed).next.bind(random(seed)));
  assert.deepEqual(draw(1), draw(1));
  const first = new Set(Array.from({ length: 1000 }, (_, seed) => random(seed).next()));
  assert.equal(first.size, 1000);
});

Deno.test("Random.next() is uniform and Random.normal() standard normal for every seed", () => {
  for (let seed = 0; seed < 100; seed++) {
    const source = random(seed);
    let uniform = 0, mean = 0, square = 0;
    for (let i = 0; i < 4000; i++) {
      uniform += source.next();
      const z = source.normal();
      mean += z;
      square += z * z;
    }
    // Five standard errors of each moment over 4000 draws.
    assert.ok(Math.abs(uniform / 4000 - 0.5) < 5 * Math.sqrt(1 / 12 / 4000), `seed ${seed}`);
    assert.ok(Math.abs(mean / 4000) < 5 / Math.sqrt(4000), `seed ${seed}`);
    assert.ok(Math.abs(square / 4000 - 1) < 5 * Math.sqrt(2 / 4000), `seed ${seed}`);
  }
});

Deno.test("Random.split() gives independent streams and leaves the parent where it is", () => {
  const parent = random(3);
  const before = random(3).next();
  const streams = [parent.split(0), parent.split(1), parent.split(0).split(0)].map((s) => s.next());
  assert.equal(new Set([...streams, before]).size, 4);
  assert.equal(parent.next(), before);
  assert.equal(random(3).split(1).next(), streams[1]);
});

Deno.test("Random.sample() draws different numbers below n", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(60), fc.nat(60), (seed, a, b) => {
      const [count, n] = [Math.min(a, b), Math.max(a, b)];
      const drawn = random(seed).sample(n, count);
      assert.equal(new Set(drawn).size, count);
      assert.ok(drawn.every((i) => i < n));
    }),
    { seed: 1 },
  );
});

Deno.test("Random.permutation() puts every number in every place about equally often", () => {
  const counts = new Float64Array(16);
  for (let seed = 0; seed < 4000; seed++) {
    random(seed).permutation(4).forEach((value, place) => counts[4 * place + value]++);
  }
  for (const count of counts) assert.ok(Math.abs(count - 1000) < 5 * Math.sqrt(1000 * 0.75));
});

Deno.test("random() refuses a seed that is not whole", () => {
  assert.throws(() => random(0.5), /Cannot use seed: 0.5 was given/);
  assert.throws(() => random(1).sample(3, 4), RangeError);
  assert.throws(() => random(1).integer(0), RangeError);
});
