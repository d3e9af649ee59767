import assert from "node:assert/strict";
import type {
  HostMatrix,
  LloydRun,
  LloydRunRules,
  LloydSession,
  PlusPlusDraws,
} from "@mixtape/operations";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose, clusteredRows, testRounds, testSeed } from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../runtime.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { now } from "../testing/now.ts";
import { openLloyd, openPlusPlus } from "./lloyd.ts";

guardMemory();

const one = new SimdRuntime({ threads: 1, shared: false, relaxed: true });

function open(
  runtime: SimdRuntime,
  x: HostMatrix,
  sampleWeight?: Float64Array,
  signal?: AbortSignal,
) {
  return openLloyd({ inputs: {}, attrs: { x, sampleWeight, signal }, backend: { runtime } });
}

/** Rows of the data as starts, all of them distinct. */
function someStarts({ values, shape: [n, d] }: HostMatrix, k: number, runs: number, seed: number) {
  const source = random(seed);
  return Array.from({ length: runs }, () =>
    Float64Array.from(
      [...source.sample(n, k)].flatMap((row) => [...values.subarray(row * d, (row + 1) * d)]),
    ));
}

/** Makes runs by steps; undefined if a cluster loses its rows. */
async function inSteps(
  session: LloydSession,
  starts: readonly Float64Array[],
  { maxIterations, tolerance, variance }: LloydRunRules,
): Promise<LloydRun | undefined> {
  let best: LloydRun | undefined;
  for (const start of starts) {
    session.reset();
    let [centroids, settled, converged] = [start, false, false];
    const history: number[] = [];
    let step = await session.step(centroids);
    while (!settled && history.length < maxIterations) {
      history.push(step.inertia);
      converged = step.changed === 0;
      if (converged) break;
      const { sums, counts } = step;
      if (counts.includes(0)) return undefined;
      const d = sums.length / counts.length;
      const next = sums.map((sum, at) => sum / counts[Math.floor(at / d)]);
      const shift = next.reduce((total, to, at) => total + (to - centroids[at]) ** 2, 0);
      settled = shift <= tolerance * (variance ?? 0);
      centroids = next;
      step = await session.step(centroids);
    }
    const { inertia } = step;
    if (best && !(inertia < best.inertia)) continue;
    best = {
      ...{ centroids, labels: step.labels.slice(), inertia, iterations: history.length },
      ...{ inertiaHistory: Float64Array.from(history), converged: converged || settled },
    };
  }
  return best;
}

Deno.test("MixtapeLloyd makes whole runs as it makes them step by step, to the last bit", async () => {
  const two = new SimdRuntime({ threads: 2, shared: true, relaxed: true });
  const shapes = [[60, 1, 3], [2500, 2, 8], [1400, 3, 5], [1030, 4, 2], [700, 10, 5], [900, 33, 4]];
  const kinds = ["float32", "float64", "bytes", "sparse bytes"] as const;
  let made = 0;
  for (let round = 0; round < testRounds(1); round++) {
    for (const kind of kinds) {
      for (const [n, d, k] of shapes) {
        const seed = testSeed() + 100 * round + n;
        const offset = kind.startsWith("float") && n % 3 === 0 ? 1e4 : 0;
        const values = clusteredRows(kind, n, d, seed, { offset });
        const x: HostMatrix = { values, shape: [n, d] };
        const source = random(seed);
        const weights = n % 4 ? undefined : Float64Array.from({ length: n }, () => source.next());
        const starts = someStarts(x, k, 1 + n % 5, seed);
        for (
          const rules of [
            { maxIterations: 300, tolerance: 0 },
            { maxIterations: 3, tolerance: 0 },
            { maxIterations: 300, tolerance: 1e-2, variance: 1 },
          ]
        ) {
          using stepped = open(one, x, weights);
          const expected = await inSteps(stepped, starts, rules);
          for (const runtime of [one, two]) {
            using session = open(runtime, x, weights);
            const run = await session.bestRun!(starts, rules);
            if (run) made++;
            if (run) assert.deepEqual(run, expected, `${kind}, ${n} × ${d}, ${runtime.threads}`);
          }
        }
      }
    }
  }
  assert.ok(made > 72, `of 144 runs, ${made} were made at once`);
  two.stop();
});

/** Random draws for as many starts. */
function someDraws(clusters: number, runs: number, seed: number): PlusPlusDraws[] {
  const source = random(seed);
  const trials = 2 + Math.floor(Math.log(clusters));
  return Array.from({ length: runs }, () => {
    const uniforms = new Float64Array(1 + (clusters - 1) * trials).map(() => source.next());
    return { clusters, trials, uniforms };
  });
}

Deno.test("MixtapeLloyd makes runs from the rows that MixtapePlusPlus chooses, to the last bit", async () => {
  const two = new SimdRuntime({ threads: 2, shared: true, relaxed: true });
  const shapes = [[60, 1, 1], [2500, 2, 8], [1401, 3, 5], [1030, 4, 2], [700, 10, 5], [900, 33, 4]];
  const rules = { maxIterations: 300, tolerance: 1e-3, variance: 1 };
  let made = 0;
  for (const kind of ["float32", "float64", "bytes", "sparse bytes"] as const) {
    for (const [n, d, k] of shapes) {
      const seed = testSeed() + n;
      const offset = kind === "float32" && n % 3 === 0 ? 1e4 : 0;
      const values = clusteredRows(kind, n, d, seed, { offset });
      const x: HostMatrix = { values, shape: [n, d] };
      const draws = someDraws(k, 1 + n % 5, seed);
      for (const runtime of [one, two]) {
        using session = open(runtime, x);
        const run = await session.bestRun!(draws, rules);
        if (!run) continue;
        made++;
        using choice = openPlusPlus({ inputs: {}, attrs: { x }, backend: { runtime: one } });
        const starts = draws.map((own) => {
          const rows = [...now(choice.choose!(own))!];
          return Float64Array.from(
            rows.flatMap((row) => [...values.subarray(row * d, (row + 1) * d)]),
          );
        });
        assert.deepEqual(run, await session.bestRun!(starts, rules), `${kind}, ${n} × ${d}`);
      }
    }
  }
  assert.ok(made > 24, `of 48 runs, ${made} were made at once`);
  two.stop();
});

Deno.test("MixtapeLloyd leaves starts to the host where rows have weights, or choices take long", () => {
  const rules = { maxIterations: 300, tolerance: 0 };
  const x: HostMatrix = { values: Float32Array.of(0, 1, 10, 11, 20, 29), shape: [6, 1] };
  const draws = someDraws(2, 2, 0);
  using plain = open(one, x);
  assert.ok(now(plain.bestRun!(draws, rules)));
  using weighted = open(one, x, Float64Array.of(1, 1, 1, 1, 1, 2));
  assert.equal(now(weighted.bestRun!(draws, rules)), undefined);
  const many: HostMatrix = {
    values: new Float32Array(20_000).map((_, i) => i),
    shape: [20_000, 1],
  };
  using long = open(one, many);
  assert.ok(now(long.bestRun!(someDraws(20, 1, 0), rules)));
  assert.equal(now(long.bestRun!(someDraws(64, 1, 0), rules)), undefined);
});

Deno.test("MixtapeLloyd adds up sums again in whole runs, too, where rows far out leave clusters", () => {
  for (const d of [1, 2, 3, 4, 9]) {
    for (const farthest of [1e6, 1e9, 1e12, 1e15]) {
      for (const others of [1, 20]) {
        // The second cluster takes the rows far out from the first, the nearest ones last.
        const far = Array.from(
          { length: others },
          (_, i) => farthest / (others === 1 ? 1 : 3 ** i),
        );
        const near = Float64Array.from({ length: 40 }, (_, i) => 0.1 + (i * i % 37) / 100);
        const column = [...near, ...far, ...Array(20).fill(1.2 * farthest)];
        const values = Float64Array.from({ length: column.length * d }, (_, at) => {
          return column[Math.floor(at / d)] * (1 + at % d);
        });
        const x: HostMatrix = { values, shape: [column.length, d] };
        const start = Float64Array.from({ length: 2 * d }, (_, at) => {
          return (at < d ? 0.5 : 2.2 * farthest) * (1 + at % d);
        });
        using session = open(one, x);
        const run = now(session.bestRun!([start], { maxIterations: 50, tolerance: 0 }));
        assert.ok(run && run.iterations > 2);
        const rows = run.labels.reduce<number[]>((rows, j, i) => j ? rows : [...rows, i], []);
        for (let p = 0; p < d; p++) {
          const mean = rows.reduce((sum, i) => sum + values[i * d + p], 0) / rows.length;
          assertAllClose([run.centroids[p]], [mean], { rtol: 1e-10 });
        }
      }
    }
  }
});

Deno.test("MixtapeLloyd leaves runs to the host where a cluster is empty or double, or too far for float32", () => {
  const rules = { maxIterations: 2000, tolerance: 0 };
  const x: HostMatrix = { values: Float32Array.of(0, 1, 10, 11, 20, 21), shape: [6, 1] };
  using session = open(one, x);
  assert.equal(now(session.bestRun!([Float64Array.of(0, 1e3)], rules)), undefined);
  assert.equal(now(session.bestRun!([Float64Array.of(3, 3)], rules)), undefined);
  assert.equal(now(session.bestRun!([Float64Array.of(0, 1e30)], rules)), undefined);
  const good = Float64Array.of(0, 20);
  assert.equal(now(session.bestRun!([good, Float64Array.of(3, 3)], rules)), undefined);
  assert.equal(now(session.bestRun!([good], rules))?.iterations, 2);
  // Steps after runs begin anew.
  session.reset();
  assert.equal(now(session.step(good)).changed, 6);
});

Deno.test("MixtapeLloyd leaves runs to its steps where these are worth several threads", () => {
  const x: HostMatrix = { values: clusteredRows("float32", 900, 3, 4), shape: [900, 3] };
  const rules = { maxIterations: 9, tolerance: 0 };
  const eager = new SimdRuntime({ threads: 2, shared: true, relaxed: true, worthWaking: 0 });
  using shared = open(eager, x);
  assert.equal(now(shared.bestRun!(someStarts(x, 3, 2, 1), rules)), undefined);
  eager.stop();
  using many = open(one, x);
  assert.notEqual(now(many.bestRun!(someStarts(x, 64, 1, 1), rules))?.inertia, 0);
  assert.equal(now(many.bestRun!(someStarts(x, 65, 1, 1), rules)), undefined);
});

Deno.test("MixtapeLloyd makes long runs in pieces, between which they can be aborted", async () => {
  const [n, d, k] = [50_000, 4, 40];
  const x: HostMatrix = { values: clusteredRows("float32", n, d, testSeed()), shape: [n, d] };
  const starts = someStarts(x, k, 3, testSeed());
  const rules = { maxIterations: 30, tolerance: 0 };
  using stepped = open(one, x);
  const expected = await inSteps(stepped, starts, rules);
  for (const threads of [1, 2]) {
    const patient = new SimdRuntime({ threads, shared: true, relaxed: true, worthWaking: 2 ** 40 });
    using session = open(patient, x);
    const running = session.bestRun!(starts, rules);
    assert.ok(running instanceof Promise);
    assert.deepEqual(await running, expected);
    const abortion = new AbortController();
    using other = open(patient, x, undefined, abortion.signal);
    const aborted = Promise.resolve(other.bestRun!(starts, rules));
    abortion.abort();
    await assert.rejects(aborted, { name: "AbortError" });
    patient.stop();
  }
});
