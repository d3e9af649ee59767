import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "@mixtape/operations";
import {
  assertAllClose,
  clusteredRows,
  plainStep,
  rowKinds,
  source,
  testSeed,
} from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../runtime.ts";
import { nearest, openLloyd, openPlusPlus } from "./lloyd.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { now, withoutTurns } from "../testing/now.ts";

withoutTurns();

guardMemory();

const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });

/** Integers at, just below and just above multiples of block sizes. */
function near(...edges: readonly number[]): fc.Arbitrary<number> {
  return fc.constantFrom(...edges.flatMap((edge) => [edge - 1, edge, edge + 1]));
}

/** Shapes around the sizes at which the kernels change their way: lanes, tiles, blocks, partitions, the basis. */
const shape = fc.oneof(
  fc.record({ n: near(64, 256, 512), d: near(4, 8, 16, 32), k: near(4, 8, 12, 16, 24) }),
  fc.record({ n: near(8, 256, 2048), d: fc.integer({ min: 1, max: 4 }), k: near(2, 8, 16) }),
  fc.record({ n: near(2048, 2560), d: near(33, 48), k: near(4, 8, 12, 16) }),
  fc.record({ n: near(2048), d: near(128), k: near(12, 16) }),
  fc.record({ n: near(64, 256), d: near(64, 68), k: near(32, 40, 48) }),
  fc.record({ n: near(512), d: near(6), k: near(256, 260, 264) }),
);

const kind = fc.constantFrom(...rowKinds);

/** Ways in which centroids move from a step to the next. */
const moves = ["little", "one far", "on a row", "onto another", "beyond float32", "not"] as const;

const problem = fc.record({
  shape,
  kind,
  weighted: fc.boolean(),
  moves: fc.array(fc.constantFrom(...moves), { minLength: 4, maxLength: 8 }),
  seed: fc.nat(1000),
});

function move(
  way: typeof moves[number],
  { values, shape: [n, d] }: HostMatrix,
  centroids: Float64Array,
  next: () => number,
): Float64Array {
  const moved = centroids.slice();
  const k = moved.length / d;
  const [one, other, row] = [k, k, n].map((below) => Math.floor(below * next()));
  const spread = values instanceof Uint8Array ? 50 : 1;
  for (let p = 0; p < d; p++) {
    const at = one * d + p;
    if (way === "one far") moved[at] += 4 * spread * (next() - 0.5);
    else if (way === "on a row") moved[at] = values[row * d + p];
    else if (way === "onto another") moved[at] = moved[other * d + p];
    else if (way === "beyond float32") moved[at] = 1e30;
  }
  return way === "little" ? moved.map((value) => value + 0.05 * spread * (next() - 0.5)) : moved;
}

Deno.test("MixtapeLloyd property: equals plain Lloyd at the edges of blocks, however centroids move", () => {
  fc.assert(
    fc.property(problem, ({ shape: { n, d, k }, kind, weighted, moves, seed }) => {
      const next = source(seed);
      const x: HostMatrix = { values: clusteredRows(kind, n, d, seed), shape: [n, d] };
      const weights = weighted ? Float64Array.from({ length: n }, () => 3 * next()) : undefined;
      const extent = Float64Array.from(x.values).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      using session = openLloyd({
        inputs: {},
        attrs: { x, sampleWeight: weights },
        backend: { runtime },
      });
      let centroids: Float64Array = Float64Array.from(
        { length: k * d },
        (_, at) => x.values[at % (n * d)],
      );
      let before: Int32Array | undefined;
      for (const way of ["not", ...moves] as const) {
        centroids = move(way, x, centroids, next);
        const expected = plainStep(x, centroids, weights);
        const actual = now(session.step(centroids));
        assert.deepEqual(Int32Array.from(actual.labels), expected.labels, way);
        const rounding = { rtol: 1e-12, atol: 1e-13 * n * extent };
        assertAllClose(actual.sums, expected.sums, rounding);
        assertAllClose(actual.counts, expected.counts, { rtol: 1e-12, atol: 1e-12 * n });
        assertAllClose([actual.inertia], [expected.inertia], { rtol: 1e-9 });
        assert.equal(
          actual.changed,
          expected.labels.filter((label, i) => label !== before?.[i]).length,
        );
        before = expected.labels;
      }
      assertAllClose(now(session.distances()), plainStep(x, centroids).distances, { rtol: 1e-11 });
    }),
    { seed: testSeed() + 1, numRuns: 16 },
  );
});

Deno.test("MixtapeNearest and MixtapePlusPlus property: equal plain distances at the edges of blocks", () => {
  const edge = fc.record({
    n: near(64, 256, 1024, 2048),
    d: near(2, 4, 8, 16, 32),
    k: near(4, 8, 12),
    kind,
    seed: fc.nat(1000),
  });
  fc.assert(
    fc.property(edge, ({ n, d, k, kind, seed }) => {
      const next = source(seed);
      const x: HostMatrix = { values: clusteredRows(kind, n, d, seed), shape: [n, d] };
      const distancesTo = (row: number) =>
        plainStep(x, Float64Array.from(x.values.subarray(row * d, row * d + d))).distances;
      const rows = Uint32Array.from(
        { length: k },
        (_, j) => j === 0 ? n - 1 : Math.floor(n * next()),
      );
      const centroids = Float64Array.from(
        [...rows].flatMap((row) => [...x.values.subarray(row * d, row * d + d)]),
      );
      const expected = plainStep(x, centroids);
      const found = now(nearest({ inputs: {}, attrs: { x, centroids, k }, backend: { runtime } }));
      assert.deepEqual(found.labels, expected.labels);
      assertAllClose(found.distances, expected.distances, { rtol: 1e-11 });

      using session = openPlusPlus({ inputs: {}, attrs: { x }, backend: { runtime } });
      const closest = new Float64Array(n).fill(Infinity);
      now(session.accept(rows[1], closest));
      assertAllClose(closest, distancesTo(rows[1]), { rtol: 1e-4 });
      const potentials = Array.from(rows, (row) =>
        distancesTo(row).reduce(
          (sum, value, i) => sum + Math.min(value, closest[i]),
          0,
        ));
      assertAllClose(now(session.candidates(rows, closest)).potentials, potentials, { rtol: 1e-4 });
      now(session.accept(rows[k - 1], closest));
      const toFirst = distancesTo(rows[1]);
      const both = distancesTo(rows[k - 1]).map((value, i) => Math.min(value, toFirst[i]));
      assertAllClose(closest, both, { rtol: 1e-4 });
    }),
    { seed: testSeed() + 1, numRuns: 20 },
  );
});

for (
  const [n, d, k] of [
    [300, 1, 2],
    [300, 2, 5],
    [300, 3, 7],
    [300, 4, 9],
    [300, 6, 11],
    [2100, 33, 10],
    [2100, 34, 14],
    [500, 40, 23],
    [300, 6, 259],
  ]
) {
  for (const array of [Uint8Array, Float32Array, Float64Array]) {
    Deno.test(`MixtapeLloyd gives rows that are as near to several of ${k} centroids to the first, ${n} × ${d} in ${array.name}`, () => {
      // Small integers, so that distances are exact and many are equal; most are 0, so that bytes
      // are sparse.
      const next = source(k);
      const values = new array(n * d);
      for (let at = 0; at < values.length; at++) values[at] = next() < 0.7 ? 0 : 2;
      const x: HostMatrix = { values, shape: [n, d] };
      using session = openLloyd({ inputs: {}, attrs: { x }, backend: { runtime } });
      for (let step = 0; step < 4; step++) {
        const centroids = new Float64Array(k * d);
        for (let j = 0; j < k; j++) {
          for (let p = 0; p < Math.min(3, d); p++) centroids[j * d + Math.floor(d * next())] = 1;
        }
        const expected = plainStep(x, centroids);
        assert.deepEqual(Int32Array.from(now(session.step(centroids)).labels), expected.labels);
        const attrs = { x, centroids, k, labelsAlone: true };
        assert.deepEqual(
          now(nearest({ inputs: {}, attrs, backend: { runtime } })).labels,
          expected.labels,
        );
      }
    });
  }
}

Deno.test("MixtapeLloyd decides between centroids about as near as float64 does, though another lies far away", () => {
  const [n, k] = [64, 5];
  for (let trial = 0; trial < 900; trial++) {
    const next = source(1000 * testSeed() + trial);
    const d = 1 + trial % 6;
    // The row at 1, the two centroids that are about as near nearer to the others or farther off.
    const [length, reach] = [10 ** (6 * next() - 3), 10 ** (8 * next())];
    const row = Float32Array.from({ length: d }, () => next() - 0.5);
    const values = new Float32Array(n * d);
    for (let at = 0; at < n * d; at++) values[at] = row[at % d] * (1 + 4e-7 * (next() - 0.5));
    const centroids = Float64Array.from({ length: k * d }, () => length * (next() - 0.5));
    const apart = 1 + 1e-6 * (next() - 0.5) / Math.max(1, length);
    for (let p = 0; p < d; p++) {
      const difference = centroids[(p + 1) % d] - row[(p + 1) % d];
      centroids[d + p] = row[p] - difference * apart;
      centroids[4 * d + p] *= reach / length;
    }
    // Rows far away, too, or all that is not there would be.
    for (let p = 0; p < d; p++) values[(n - 1) * d + p] = centroids[4 * d + p];
    const x: HostMatrix = { values, shape: [n, d] };
    const expected = plainStep(x, centroids).labels;
    for (const once of [false, true]) {
      using session = openLloyd({ inputs: {}, attrs: { x, once }, backend: { runtime } });
      const { labels } = now(session.step(centroids));
      assert.deepEqual(Int32Array.from(labels), expected, `${trial}, once: ${once}`);
    }
    const attrs = { x, centroids, k, labelsAlone: true };
    const found = now(nearest({ inputs: {}, attrs, backend: { runtime } }));
    assert.deepEqual(found.labels, expected, `${trial}`);
  }
});

Deno.test("MixtapeLloyd for one step decides in float64 whichever column the length of a row lies in", () => {
  const [n, k] = [64, 4];
  for (let d = 5; d <= 12; d++) {
    for (let column = 0; column < d; column++) {
      const next = source(d * 100 + column);
      const values = new Float32Array(n * d);
      for (let i = 0; i < n; i++) values[i * d + column] = (i % 2 ? -1 : 1) * (1e4 + next());
      // Two pairs on both sides, about as far from a row: float32 rounds them apart.
      const centroids = Float64Array.from({ length: k * d }, next);
      const apart = 3e-8 * next();
      centroids[d + column] = centroids[column] + apart;
      for (let p = 0; p < d; p++) if (p !== column) centroids[d + p] = centroids[p];
      const other = (column + 1) % d;
      centroids[d + other] += 1e4 * apart / centroids[other] * (0.95 + next() / 10);
      for (let at = 0; at < 2 * d; at++) centroids[2 * d + at] = -centroids[at];
      const x: HostMatrix = { values, shape: [n, d] };
      using session = openLloyd({ inputs: {}, attrs: { x, once: true }, backend: { runtime } });
      const { labels } = now(session.step(centroids));
      assert.deepEqual(Int32Array.from(labels), plainStep(x, centroids).labels, `${d}, ${column}`);
    }
  }
});

Deno.test("MixtapeLloyd gives the inertia of rows that lie close together, however far from 0", () => {
  const [n, d] = [1000, 20];
  for (
    const [array, offset] of [[Float64Array, 1e8], [Float64Array, 3e7], [
      Float32Array,
      3e4,
    ]] as const
  ) {
    const next = source(offset);
    const values = new array(n * d).map(() => offset + 3 + (next() < 0.1 ? 1 / 128 : 0));
    const x: HostMatrix = { values, shape: [n, d] };
    // Heavy rows hide what is lost of light ones.
    for (
      const sampleWeight of [
        undefined,
        Float64Array.from({ length: n }, (_, i) => 10 ** (i % 7)),
      ]
    ) {
      using session = openLloyd({ inputs: {}, attrs: { x, sampleWeight }, backend: { runtime } });
      const centroids = Float64Array.from({ length: 2 * d }, (_, at) => offset + 3.01 + at / 1e4);
      const { inertia } = now(session.step(centroids));
      assertAllClose([inertia], [plainStep(x, centroids, sampleWeight).inertia], { rtol: 1e-5 });
    }
  }
});

Deno.test("MixtapeLloyd gives a step that lasts while others let a memory grow that is not shared", () => {
  const unshared = new SimdRuntime({ threads: 1, shared: false, relaxed: true });
  const { memory } = unshared;
  const x: HostMatrix = { values: Float64Array.of(0, 1, 9, 11), shape: [4, 1] };
  using session = openLloyd({ inputs: {}, attrs: { x }, backend: { runtime: unshared } });
  const step = now(session.step(Float64Array.of(0, 10)));
  memory.borrow(memory.buffer.byteLength, () => {});
  assert.deepEqual(
    [step.labels, step.sums, step.counts],
    [Int32Array.of(0, 0, 1, 1), Float64Array.of(1, 20), Float64Array.of(2, 2)],
  );
});
