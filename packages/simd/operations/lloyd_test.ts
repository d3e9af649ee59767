import assert from "node:assert/strict";
import type { HostMatrix, NearestAttributes } from "@mixtape/operations";
import fc from "fast-check";
import {
  assertAllClose,
  clusteredRows,
  meansOf,
  type PlainStep,
  plainStep,
  plainSteps,
  rowKinds,
  source,
  testRounds,
} from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../runtime.ts";
import { nearest, openLloyd, openPlusPlus } from "./lloyd.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { now, withoutTurns } from "../testing/now.ts";

withoutTurns();

guardMemory();

type Session = ReturnType<typeof openLloyd>;

// Workers are not waited for at the end: they let the process exit.
const runtimes = {
  "one thread": new SimdRuntime({ threads: 1, shared: true, relaxed: true }),
  "two threads": new SimdRuntime({ threads: 2, shared: true, relaxed: true, worthWaking: 0 }),
  "plain SIMD": new SimdRuntime({ threads: 1, shared: true, relaxed: false }),
  "unshared memory": new SimdRuntime({ threads: 1, shared: false, relaxed: true }),
};

// Loading the kernels takes memory that is never given back.
for (const runtime of Object.values(runtimes)) {
  open(runtime, { values: new Float32Array(1), shape: [1, 1] })[Symbol.dispose]();
}

function open(
  runtime: SimdRuntime,
  x: HostMatrix,
  sampleWeight?: Float64Array,
  once?: boolean,
): Session {
  return openLloyd({ inputs: {}, attrs: { x, sampleWeight, once }, backend: { runtime } });
}

function nearestOn(runtime: SimdRuntime, attrs: NearestAttributes) {
  return now(nearest({ inputs: {}, attrs, backend: { runtime } }));
}

/** Steps on all runtimes from the same start: each must equal plain Lloyd, also after a reset. */
function compareSteps(
  x: HostMatrix,
  start: Float64Array,
  steps: number,
  weights?: Float64Array,
): void {
  const expected = plainSteps(x, start, steps, weights);
  for (const [name, runtime] of Object.entries(runtimes)) {
    const held = runtime.memory.heldRegions;
    {
      using session = open(runtime, x, weights);
      followPlain(name, session, x, expected);
      session.reset();
      followPlain(`${name}, again`, session, x, expected.slice(0, 2));
      using once = open(runtime, x, weights, true);
      for (const step of expected) followPlain(`${name}, once`, once, x, [step]);
    }
    assert.equal(runtime.memory.heldRegions, held, name);
  }
}

function followPlain(
  name: string,
  session: Session,
  x: HostMatrix,
  steps: PlainStep[],
): void {
  const extent = Float64Array.from(x.values).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const atol = 1e-13 * x.shape[0] * extent;
  steps.forEach((expected, at) => {
    const actual = now(session.step(expected.centroids));
    assert.deepEqual(Int32Array.from(actual.labels), expected.labels, `${name}, step ${at}`);
    assertAllClose(actual.sums, expected.sums, { rtol: 1e-12, atol });
    assert.deepEqual(Float64Array.from(actual.counts), expected.counts);
    assertAllClose([actual.inertia], [expected.inertia], { rtol: 1e-9 });
    const before = steps[at - 1]?.labels;
    const changed = expected.labels.filter((label, i) => label !== before?.[i]).length;
    assert.equal(actual.changed, changed);
    assertAllClose(now(session.distances()), expected.distances, { rtol: 1e-11 });
  });
}

const problem = fc.record({
  n: fc.integer({ min: 1, max: 60 }),
  d: fc.integer({ min: 1, max: 37 }),
  k: fc.integer({ min: 1, max: 30 }),
  kind: fc.constantFrom(...rowKinds),
  magnitude: fc.constantFrom(1e-30, 1e-6, 1, 1e6, 1e15),
  offset: fc.constantFrom(0, 1, 1e4),
  weighted: fc.boolean(),
  seed: fc.integer({ min: 0, max: 99 }),
});

Deno.test("MixtapeLloyd property: equals plain float64 Lloyd, whatever the kind, shape and magnitude", () => {
  fc.assert(
    fc.property(problem, ({ n, d, k, kind, magnitude, offset, weighted, seed }) => {
      const values = clusteredRows(kind, n, d, seed, { magnitude, offset });
      const next = source(seed + 1000);
      const start = Float64Array.from({ length: k * d }, (_, at) => {
        const row = Math.floor(at / d) % n;
        return values[row * d + at % d] + (next() < 0.5 ? 0 : magnitude * next());
      });
      const weights = Float64Array.from({ length: n }, () => Math.floor(3 * next()));
      compareSteps({ values, shape: [n, d] }, start, 3, weighted ? weights : undefined);
    }),
    { seed: 1, numRuns: testRounds(60) },
  );
});

for (const kind of rowKinds) {
  for (
    const [n, d, k] of [[3001, 41, 10], [2100, 130, 33], [2100, 50, 7], [2100, 50, 3], [
      2101,
      31,
      21,
    ]]
  ) {
    Deno.test(`MixtapeLloyd follows plain Lloyd for 8 steps on ${n} × ${d} ${kind}, k = ${k}`, () => {
      const values = clusteredRows(kind, n, d, 7);
      const start = Float64Array.from(values.subarray(0, k * d));
      compareSteps({ values, shape: [n, d] }, start, 8);
    });
  }
}

Deno.test("MixtapeLloyd follows plain Lloyd on more columns than are packed at a time", () => {
  const [n, d, k] = [301, 1027, 33];
  const values = clusteredRows("float32", n, d, 7);
  compareSteps({ values, shape: [n, d] }, Float64Array.from(values.subarray(0, k * d)), 4);
});

for (const [kind, d] of [["float32", 5], ["sparse bytes", 5], ["sparse float32", 64]] as const) {
  Deno.test(`MixtapeLloyd follows plain Lloyd where the rows of a partition fill several chunks of groups, ${kind}`, () => {
    const [n, k] = [8197, 257];
    const values = clusteredRows(kind, n, d, 7);
    compareSteps({ values, shape: [n, d] }, Float64Array.from(values.subarray(0, k * d)), 3);
  });
}

for (const [n, d, k] of [[2600, 48, 9], [2600, 66, 37], [700, 7, 260]]) {
  Deno.test(`MixtapeLloyd bounds hold where ${k} centroids leap and come back`, () => {
    const x: HostMatrix = { values: clusteredRows("float32", n, d, 3), shape: [n, d] };
    const next = source(5);
    using session = open(runtimes["two threads"], x);
    let centroids = Float64Array.from(x.values.subarray(0, k * d));
    for (let step = 0; step < 20; step++) {
      const expected = plainStep(x, centroids);
      const actual = now(session.step(centroids));
      assert.deepEqual(Int32Array.from(actual.labels), expected.labels, `step ${step}`);
      const reach = next() < 0.2 ? 3 : 0.02;
      centroids = centroids.map((value) => value + reach * (next() - 0.5));
      // Twins come and go, which puts a centroid out of play and back.
      if (step % 5 === 2) centroids.copyWithin(d, 0, d);
      if (step % 11 === 7) centroids.fill(1e30, 0, d);
    }
  });
}

for (const [n, d, k] of [[700, 6, 9], [700, 65, 37], [700, 6, 260]]) {
  Deno.test(`MixtapeLloyd bounds hold where one of ${k} centroids leaps and the others stand still`, () => {
    const x: HostMatrix = { values: clusteredRows("float32", n, d, 3), shape: [n, d] };
    const next = source(6);
    using session = open(runtimes["one thread"], x);
    let centroids = Float64Array.from(x.values.subarray(0, k * d));
    for (let step = 0; step < 25; step++) {
      const expected = plainStep(x, centroids);
      const actual = now(session.step(centroids));
      assert.deepEqual(Int32Array.from(actual.labels), expected.labels, `step ${step}`);
      // Rows that were far from it are now near to it, and it is the only one to say so.
      const [leaping, to] = [step % k, Math.floor(n * next())];
      centroids = centroids.slice();
      centroids.set(x.values.subarray(to * d, to * d + d), leaping * d);
    }
  });
}

Deno.test("MixtapeLloyd bounds hold for rows whose centroid is the fastest, while the second fastest comes near", () => {
  // Rows near 0 are 1 from the first centroid and 2 from the second; no one centroid moves by more than that.
  const values = Float32Array.from({ length: 600 }, (_, i) => 1e-3 * (i % 50));
  const x: HostMatrix = { values, shape: [600, 1] };
  for (const order of [[0, 1, 2], [2, 1, 0]]) {
    using session = open(runtimes["one thread"], x);
    for (const place of [[-1, 2, 99], [-1, 2, 99], [-1.6, 1.41, 99], [-1, 2, 99]]) {
      const centroids = Float64Array.from(order, (at) => place[at]);
      const expected = plainStep(x, centroids);
      const { labels } = now(session.step(centroids));
      assert.deepEqual(Int32Array.from(labels), expected.labels, `${order}: ${place}`);
    }
  }
});

for (const [scale, offset] of [[1, 0], [1e-5, 3], [1e6, 1e9]]) {
  Deno.test(`MixtapeLloyd follows plain Lloyd on groups that lie apart, ${scale} wide, at ${offset}`, () => {
    // Some groups begin with several centroids and most with none, so rows differ in how many are near.
    const [n, d, k, groups] = [2400, 36, 40, 55];
    const next = source(8);
    const centres = Float64Array.from({ length: groups * d }, () => 20 * next());
    const values = Float64Array.from({ length: n * d }, (_, at) => {
      const group = (Math.floor(at / d) * 31) % groups % (1 + Math.floor(at / d) % groups);
      const noise = next() + next() + next() - 1.5;
      return offset + scale * (centres[group * d + at % d] + 2 * noise);
    });
    compareSteps({ values, shape: [n, d] }, values.slice(0, k * d), 15);
  });
}

Deno.test("MixtapeLloyd gives the same bits with one thread and with two", () => {
  const [n, d] = [5000, 70];
  for (
    const [kind, k] of [
      ["float32", 12],
      ["float32", 40],
      ["float32", 260],
      ["sparse bytes", 12],
      ["sparse float32", 12],
    ] as const
  ) {
    const x: HostMatrix = { values: clusteredRows(kind, n, d, 9), shape: [n, d] };
    const runs = (["one thread", "two threads"] as const).map((name) => {
      using session = open(runtimes[name], x);
      let centroids: Float64Array = Float64Array.from(x.values.subarray(0, k * d));
      const seen: number[] = [];
      for (let step = 0; step < 10; step++) {
        const { sums, counts, inertia, changed } = now(session.step(centroids));
        centroids = meansOf(sums, counts, centroids);
        seen.push(inertia, changed, ...sums);
      }
      using once = open(runtimes[name], x, undefined, true);
      const { labels, sums, inertia } = now(once.step(centroids));
      seen.push(inertia, ...labels, ...sums);
      return seen;
    });
    assert.deepEqual(runs[0], runs[1]);
  }
});

Deno.test("MixtapeLloyd leaves sums of exactly 0 where a cluster lost all its rows", () => {
  const values = clusteredRows("float32", 300, 5, 2);
  using session = open(runtimes["one thread"], { values, shape: [300, 5] });
  now(session.step(Float64Array.from(values.subarray(0, 10))));
  const away = new Float64Array(10);
  away.fill(1e6, 0, 5);
  const { sums, counts } = now(session.step(away));
  assert.deepEqual([...sums.subarray(0, 5)], [0, 0, 0, 0, 0]);
  assert.deepEqual([...counts], [0, 300]);
});

Deno.test("MixtapeNearest labels and measures all rows", () => {
  for (const kind of rowKinds) {
    const [n, d, k] = [500, 71, 6];
    const x: HostMatrix = { values: clusteredRows(kind, n, d, 4), shape: [n, d] };
    const centroids = Float64Array.from(x.values.subarray(0, k * d));
    const expected = plainStep(x, centroids);
    for (const [name, runtime] of Object.entries(runtimes)) {
      const all = now(nearestOn(runtime, { x, centroids, k }));
      assert.deepEqual(all.labels, expected.labels, name);
      assertAllClose(all.distances, expected.distances, { rtol: 1e-11 });
    }
  }
});

Deno.test("MixtapeNearest adds up distances where they are, unless one is 0", () => {
  for (const d of [3, 30]) {
    const [n, k] = [500, 4];
    const x: HostMatrix = { values: clusteredRows("float32", n, d, 4), shape: [n, d] };
    const centroids = Float64Array.from(x.values.subarray(0, k * d), (value) => value + 0.5);
    const sum = { from: 3, weights: Float64Array.from({ length: n }, (_, row) => row % 2) };
    for (const [name, runtime] of Object.entries(runtimes)) {
      const { distances } = now(nearestOn(runtime, { x, centroids, k }));
      const found = now(nearestOn(runtime, { x, centroids, k, sum }));
      assert.equal(found.distances.length, 0, name);
      assert.equal(found.sum, distances.reduce((a, b, row) => a + b * sum.weights[row], 3), name);
      const own = Float64Array.from(x.values.subarray(0, k * d));
      const given = now(nearestOn(runtime, { x, centroids: own, k, sum }));
      assert.equal(given.sum, undefined, name);
      assert.deepEqual([given.distances.length, given.distances[0]], [n, 0], name);
    }
  }
});

Deno.test("MixtapePlusPlus measures candidates, equal rows exactly 0, and lowers the closest", () => {
  for (const kind of rowKinds) {
    for (const magnitude of [1, 1e-25, 1e17]) {
      const [n, d] = [400, 71];
      const values = clusteredRows(kind, n, d, 6, { magnitude });
      values.copyWithin(d, 0, d);
      const x: HostMatrix = { values, shape: [n, d] };
      for (const [name, runtime] of Object.entries(runtimes)) {
        using session = openPlusPlus({ inputs: {}, attrs: { x }, backend: { runtime } });
        const closest = new Float64Array(n).fill(Infinity);
        now(session.accept(0, closest));
        assertAllClose(closest, rowDistances(x, 0), { rtol: 1e-5 });
        assert.equal(closest[0], 0, name);
        assert.equal(closest[1], 0, name);
        const rows = new Uint32Array([5, 6, 77]);
        const { potentials } = now(session.candidates(rows, closest));
        const expected = [...rows].map((row) => {
          return rowDistances(x, row).reduce((sum, v, i) => sum + Math.min(v, closest[i]), 0);
        });
        assertAllClose(potentials, expected, { rtol: 1e-6 });
        now(session.accept(77, closest));
        assertAllClose([closest.reduce((a, b) => a + b, 0)], [potentials[2]], { rtol: 1e-12 });
      }
    }
  }
});

function rowDistances(x: HostMatrix, row: number): Float64Array {
  const d = x.shape[1];
  return plainStep(x, Float64Array.from(x.values.subarray(row * d, (row + 1) * d))).distances;
}

Deno.test("MixtapeLloyd, MixtapeNearest and MixtapePlusPlus share prepared data while one is open", () => {
  const runtime = runtimes["one thread"];
  const before = runtime.memory.heldRegions;
  const x: HostMatrix = { values: clusteredRows("sparse bytes", 300, 20, 8), shape: [300, 20] };
  {
    using session = open(runtime, x);
    const held = runtime.memory.heldRegions;
    now(nearestOn(runtime, { x, centroids: new Float64Array(20), k: 1 }));
    assert.equal(runtime.memory.heldRegions, held);
    now(session.step(new Float64Array(40)));
  }
  assert.equal(runtime.memory.heldRegions, before);
});

Deno.test("MixtapeNearest tells rows that are not finite from those whose squares exceed float32, in any place of a block", () => {
  const [n, d, k] = [515, 6, 9];
  for (const runtime of Object.values(runtimes)) {
    const x: HostMatrix = { values: clusteredRows("float32", n, d, 8), shape: [n, d] };
    const centroids = Float64Array.from(x.values.subarray(0, k * d));
    for (const row of [1, 2, 3, 509, 510, 512, 513, 514]) {
      for (const value of [NaN, Infinity, -1e30]) {
        const values = Float32Array.from(x.values);
        values[row * d + 4] = value;
        const changed: HostMatrix = { values, shape: [n, d] };
        const found = nearestOn(runtime, { x: changed, centroids, k, labelsAlone: true });
        assert.equal(found.notFinite?.row, Number.isFinite(value) ? undefined : row);
        if (found.notFinite) continue;
        assert.deepEqual(found.labels, plainStep(changed, centroids).labels);
      }
    }
  }
});

Deno.test("MixtapeLloyd takes values that are in the module's memory without a copy", () => {
  const runtime = runtimes["unshared memory"];
  const given = clusteredRows("float32", 300, 20, 8) as Float32Array;
  const { address } = runtime.memory.place(given);
  const values = runtime.memory.float32(address, given.length);
  const start = Float64Array.from(given.subarray(0, 60));
  const held = runtime.memory.heldBytes;
  using session = open(runtime, { values, shape: [300, 20] });
  const expected = plainStep({ values: given, shape: [300, 20] }, start);
  assert.ok(runtime.memory.heldBytes - held < given.byteLength);
  assert.deepEqual(Int32Array.from(now(session.step(start)).labels), expected.labels);
  runtime.memory.free(address);
});

Deno.test("MixtapeLloyd gives the labels of its last step whenever they are asked for, though the memory has grown", () => {
  const runtime = runtimes["unshared memory"];
  const x: HostMatrix = { values: clusteredRows("float32", 300, 3, 8), shape: [300, 3] };
  const start = Float64Array.from(x.values.subarray(0, 9));
  using session = open(runtime, x);
  const step = now(session.step(start));
  const large = runtime.memory.allocate(runtime.memory.buffer.byteLength);
  const { labels } = step;
  runtime.memory.free(large);
  const grown = runtime.memory.allocate(2 * runtime.memory.buffer.byteLength);
  assert.deepEqual(labels, plainStep(x, start).labels);
  assert.deepEqual(step.labels, labels);
  runtime.memory.free(grown);
});
