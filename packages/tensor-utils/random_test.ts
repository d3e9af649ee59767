// @ts-types="@types/d3-random"
import { randomNormal } from "d3-random";
import assert from "node:assert/strict";
import fc from "fast-check";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { testSeed } from "./testing/test_seed.ts";
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

Deno.test("Random.sample() gives the first numbers of the permutation, however few they are", () => {
  // With this seed, a swap meets a number that two earlier ones have moved.
  for (const [n, count] of [[300, 299], [300, 1], [2 ** 18, 1023]]) {
    const [few, all] = [random(335), random(335)];
    assert.deepEqual(few.sample(n, count), all.permutation(n).slice(0, count));
  }
});

Deno.test("Random.sample() and permutation() take one number for each place that is open", () => {
  const [source, plain] = [random(3), random(3)];
  assert.deepEqual(source.sample(9, 0), new Uint32Array());
  source.sample(9, 2);
  assert.equal(plain.integer(9) + plain.integer(8) >= 0 && source.next(), plain.next());
  source.permutation(3);
  assert.equal(plain.integer(3) + plain.integer(2) >= 0 && source.next(), plain.next());
  for (const n of [0, 1]) assert.deepEqual(source.permutation(n), new Uint32Array(n));
  assert.equal(source.next(), plain.next());
  assert.equal(source.integer(1), 0);
  assert.throws(() => source.sample(2.5, 1), /Cannot use n: 2.5 was given/);
});

Deno.test("Random.permutation() puts every number in every place about equally often", () => {
  const counts = new Float64Array(16);
  for (let seed = 0; seed < 4000; seed++) {
    random(seed).permutation(4).forEach((value, place) => counts[4 * place + value]++);
  }
  for (const count of counts) assert.ok(Math.abs(count - 1000) < 5 * Math.sqrt(1000 * 0.75));
});

Deno.test("random() keeps the streams of seeds", () => {
  const recorded: [number, number, number][] = [
    [0, 0.34279854425255873, 0.29618407246065226],
    [1, 0.30255486622119265, 0.21105951606203766],
    [42, 0.06469798243614155, 0.05097603666350958],
    [2147483647, 0.9549358428374657, 0.8387977942460363],
    [2147483648, 0.9323672942123593, 0.8888387467399079],
    [4294967295, 0.6237354312896599, 0.3505851760635822],
  ];
  for (const [seed, first, split] of recorded) {
    assert.equal(random(seed).next(), first, `seed ${seed}`);
    assert.equal(random(seed).split(1).split(7).next(), split, `seed ${seed}`);
  }
  const wide: [number, number, number][] = [
    [2 ** 40 + 5, 0.7781088997214455, 0.7511179341872369],
    [-7, 0.7136690533933294, 0.4526001485800286],
    [1 - 2 ** 53, 0.558294145053348, 0.44067430650284667],
  ];
  for (const [seed, first, split] of wide) {
    assert.equal(random(seed).next(), first, `seed ${seed}`);
    assert.equal(random(seed).split(2 ** 33 + 1).split(7).next(), split, `seed ${seed}`);
  }
});

Deno.test("random() has a stream of its own for negative seeds and seeds beyond 32 bits", () => {
  const near = [0, 1, 2, 41, 2 ** 31, 2 ** 32 - 1];
  const shifts = [0, -1, 1, -(2 ** 20), 2 ** 20].map((high) => high * 2 ** 32);
  const seeds = near.flatMap((seed) => shifts.map((shift) => seed + shift));
  const all = new Set([...seeds, ...seeds.map((seed) => -seed), -42, 2 ** 53 - 1, 1 - 2 ** 53]);
  const firsts = [...all].map((seed) => String(Array.from({ length: 4 }, draws(random(seed)))));
  assert.equal(new Set(firsts).size, all.size);
});

Deno.test("Random.split() has a stream of its own for every number of more than 32 bits", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeNat(), fc.maxSafeNat(), (seed, a, b) => {
      fc.pre(a !== b);
      for (const parent of [random(seed), random(seed).split(2 ** 40)]) {
        const [one, other] = [a, b].map((stream) => parent.split(stream));
        assert.notEqual(
          String(Array.from({ length: 4 }, draws(one))),
          String(Array.from({ length: 4 }, draws(other))),
        );
      }
    }),
    { seed: 1, examples: [[0, 0, 2 ** 32 + 1], [3, 256, 2 ** 40], [-1, 1, 2 ** 32]] },
  );
});

Deno.test("random() of wide and negative seeds is uniform from the first draw on", () => {
  let mean = 0, together = 0;
  for (let i = 0; i < 20000; i++) {
    const u = random(-i * 2 ** 30 - 1).next();
    const v = random((i + 1) * 2 ** 33).next();
    mean += u + v;
    together += (u - 0.5) * (v - 0.5);
  }
  assert.ok(Math.abs(mean / 40000 - 0.5) < 5 * Math.sqrt(1 / 12 / 40000));
  assert.ok(Math.abs(together / 20000) < 5 / 12 / Math.sqrt(20000));
});

Deno.test("random() refuses a seed that is not whole, or not safe", () => {
  assert.throws(() => random(0.5), /Cannot use seed: 0.5 was given/);
  for (const seed of [NaN, Infinity, 2 ** 53, -(2 ** 53)]) {
    assert.throws(() => random(seed), RangeError);
  }
  assert.throws(() => random("1" as unknown as number), TypeError);
  assert.throws(() => random(1).sample(3, 4), RangeError);
  assert.throws(() => random(1).integer(0), RangeError);
});

function draws(source: { next(): number }): () => number {
  return () => source.next();
}

Deno.test("Random.normal() gives the numbers of d3-random on the same source, bit for bit", () => {
  for (let seed = 0; seed < 20; seed++) {
    const [ours, uniform] = [random(seed), random(seed)];
    const theirs = randomNormal.source(() => uniform.next())();
    for (let i = 0; i < 500; i++) assert.ok(Object.is(ours.normal(), theirs()));
  }
});

Deno.test("Random.integers() gives the numbers of Random.integer(), and checks its arguments", () => {
  // Of the largest, almost half of the words are drawn again.
  for (const below of [1, 7, 1000, 2 ** 31 + 1, 2 ** 32]) {
    const [one, many] = [random(5), random(5)];
    const expected = Array.from({ length: 50 }, () => one.integer(below));
    assert.deepEqual([...many.integers(below, 30), ...many.integers(below, 20)], expected);
    assert.equal(many.next(), one.next());
  }
  assert.equal(random(1).integers(9, 0).length, 0);
  for (const [below, count] of [[0, 1], [1.5, 1], [2 ** 32 + 1, 1], [1, -1]]) {
    assert.throws(() => random(1).integers(below, count), RangeError);
  }
});

Deno.test("Random.integer() gives the numbers of pure-rand's uniformInt, bit for bit", () => {
  const edges = [2 ** 31, 2 ** 32, 2 ** 33, 3 * 2 ** 32, 2 ** 53 - 1];
  const bounds = [1, 2, 3, 10, 1000, ...edges.flatMap((edge) => [edge - 1, edge, edge + 1])]
    .filter(Number.isSafeInteger);
  for (const below of bounds) {
    const source = random(testSeed());
    const words = random(testSeed());
    const generator = { next: () => words.integer(2 ** 32) - 2 ** 31 };
    for (let i = 0; i < 100; i++) {
      const expected = uniformInt(generator as Parameters<typeof uniformInt>[0], 0, below - 1);
      assert.equal(source.integer(below), expected, `below ${below}`);
    }
  }
});
