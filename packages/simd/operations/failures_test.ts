/** What is left of a session when one of its jobs or allocations fails: as a lost worker or full memory do. */
import assert from "node:assert/strict";
import { clusteredRows } from "@mixtape/tensor-utils/testing";
import type { SimdBackend } from "../backend.ts";
import { WorkerLostError } from "../pool/worker_lost_error.ts";
import { SimdRuntime } from "../runtime.ts";
import type { LloydStep } from "./lloyd/clusters.ts";
import { simdKernels } from "./registry.ts";

/** A use of a named operation: what it is opened on, and what is done with it. */
interface Use {
  readonly operation: string;
  readonly attrs: object;
  /** One call a step; what a step returns must not depend on failed attempts before. */
  // deno-lint-ignore no-explicit-any -- sessions of every kind
  readonly steps: readonly ((session: any) => unknown)[];
}

const [n, d, k] = [2100, 40, 9];

function lloyd(kind: "float32" | "sparse bytes"): Use {
  const values = clusteredRows(kind, n, d, 3);
  const start = Float64Array.from(values.subarray(0, k * d));
  const step = (shift: number) => (session: { step(centroids: Float64Array): LloydStep }) => {
    const { labels, sums, counts, inertia } = session.step(
      start.map((value, at) => value + shift * Math.sin(at)),
    );
    // They are views, which the next step overwrites.
    return { labels: labels.slice(), sums: sums.slice(), counts: counts.slice(), inertia };
  };
  const steps = [0, 0.05, 0.07].map(step);
  return { operation: "MixtapeLloyd", attrs: { x: { values, shape: [n, d] } }, steps };
}

function plusPlus(): Use {
  const values = clusteredRows("float32", n, d, 4);
  const closest = () => new Float64Array(n).fill(1e6);
  return {
    operation: "MixtapePlusPlus",
    attrs: { x: { values, shape: [n, d] } },
    steps: [
      (session) => session.candidates(Uint32Array.of(5, 6, 7), closest()),
      (session) => {
        const lowered = closest();
        session.accept(6, lowered);
        return lowered;
      },
    ],
  };
}

function mixture(): Use {
  const columns = 9;
  const values = Float32Array.from({ length: n * columns }, (_, i) => Math.sin(i * i * 0.37));
  const factors = (shift: number) => ({
    k: 2,
    constants: Float32Array.of(0, -1),
    means: Float32Array.from({ length: 2 * columns }, (_, i) => Math.sin(i) + shift),
    meanErrors: new Float64Array(2 * columns),
    precisionFactors: Float32Array.from(
      { length: 2 * columns * columns },
      (_, i) => i % (columns * columns) % (columns + 1) === 0 ? 3 : 0,
    ),
    offsets: new Float32Array(2 * columns),
  });
  const steps = [0, 0.01, 0.02].map((shift) => {
    return (session: { step(factors: object): unknown }) => session.step(factors(shift));
  });
  const attrs = { values, rows: n, columns, covariance: "full" };
  return { operation: "MixtapeMixture", attrs, steps };
}

function neighbors(): Use {
  const points = Float32Array.from({ length: 96 }, (_, i) => 0.1 * Math.sin(i * i));
  const pointFactor = new Float32Array(48 * 4);
  for (let i = 0; i < 48; i++) {
    const [a, b] = points.subarray(2 * i, 2 * i + 2);
    pointFactor.set([a, b, 0, -(a * a + b * b) / 2], 4 * i);
  }
  const sizes = { dimensions: 2, k: 3, width: 4, group: 4, groups: 12, doubt: 1e-5 };
  return {
    operation: "MixtapeNeighbors",
    attrs: { points, pointFactor, ...sizes },
    steps: [
      (session) =>
        session.kthDistances(Float64Array.of(0.1, 0.05), Float32Array.of(0.1, 0.05, 0, 1)),
    ],
  };
}

/** A step that fails leaves weights that nobody asked for, so only its first call is repeated. */
function dense(): Use {
  const x = { values: clusteredRows("sparse bytes", 200, d, 5), shape: [200, d] };
  const wave = (length: number) => Float32Array.from({ length }, (_, i) => 0.3 * Math.sin(i));
  const layers = [{ units: 8, activation: "relu" }, { units: 3, activation: "linear" }];
  const options = { inputScale: 1 / 255, learningRate: 0.01, beta1: 0.9, beta2: 0.999 };
  return {
    operation: "MixtapeDense",
    attrs: {
      x,
      labels: Int32Array.from({ length: 200 }, (_, i) => i % 3),
      layers,
      weights: [wave(8 * d), wave(8), wave(24), wave(3)],
      options: { ...options, epsilon: 1e-8, weightDecay: 0, labelSmoothing: 0 },
    },
    steps: [(session) => session.trainBatch(Uint32Array.from({ length: 150 }, (_, i) => i))],
  };
}

function open(runtime: SimdRuntime, { operation, attrs }: Use): Disposable {
  const { kernelFunc } = simdKernels.find(({ kernelName }) => kernelName === operation)!;
  return kernelFunc({ inputs: {}, attrs, backend: { runtime } as SimdBackend }) as Disposable;
}

/** Lets the call of a given number fail, once; tells whether there was such a call. */
function failOnce(runtime: SimdRuntime, what: "run" | "allocate", number: number): () => boolean {
  const target = (what === "run" ? runtime : runtime.memory) as unknown as Record<
    string,
    (...args: unknown[]) => unknown
  >;
  const original = target[what].bind(target);
  let calls = 0;
  target[what] = (...args) => {
    if (calls++ === number) throw new WorkerLostError("Cannot finish the operation: a test");
    return original(...args);
  };
  return () => {
    target[what] = original;
    return calls > number;
  };
}

const uses: Use[] = [
  lloyd("float32"),
  lloyd("sparse bytes"),
  plusPlus(),
  mixture(),
  neighbors(),
  dense(),
];

for (const use of uses) {
  for (const what of ["run", "allocate"] as const) {
    const failure = what === "run" ? "a job" : "an allocation";
    const name = `${use.operation} (${
      (use.attrs as { x?: { values: object } }).x?.values.constructor
        .name ?? "Float32Array"
    })`;
    Deno.test(`${name} computes the same after ${failure} failed, and holds nothing of it`, () => {
      // With more threads than one, memory is spent on sharing modules; here it is all the sessions'.
      const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
      const expected = use.steps.map((step) => {
        const session = open(runtime, use);
        for (const before of use.steps.slice(0, use.steps.indexOf(step))) before(session);
        const result = step(session);
        session[Symbol.dispose]();
        return result;
      });
      const held = runtime.memory.heldRegions;
      let failures = 0;
      use.steps.forEach((_, failing) => {
        for (let number = 0, failed = true; failed; number++) {
          let session: Disposable | undefined;
          if (failing > 0) {
            session = open(runtime, use);
            for (const step of use.steps.slice(0, failing)) step(session);
          }
          const restore = failOnce(runtime, what, number);
          try {
            session ??= open(runtime, use);
            use.steps[failing](session);
          } catch (error) {
            assert.ok(error instanceof WorkerLostError, `${error}`);
          }
          failed = restore();
          if (failed) failures++;
          session ??= open(runtime, use);
          for (let at = failing; at < use.steps.length; at++) {
            if (!failed && at === failing) continue;
            assertClose(use.steps[at](session), expected[at], `${failure} ${number} of ${failing}`);
          }
          session[Symbol.dispose]();
          assert.equal(runtime.memory.heldRegions, held, `${failure} ${number} of ${failing}`);
        }
      });
      assert.ok(failures > 0);
    });
  }
}

/** Labels alike, sums but for the order in which they were added. */
function assertClose(actual: unknown, expected: unknown, message: string): void {
  if (typeof expected === "number") {
    const error = Math.abs(actual as number - expected);
    return assert.ok(
      error <= 1e-6 * Math.abs(expected) + 1e-9,
      `${message}: ${actual} ${expected}`,
    );
  }
  if (ArrayBuffer.isView(expected)) {
    const values = expected as Float64Array;
    return values.forEach((value, i) => assertClose((actual as Float64Array)[i], value, message));
  }
  for (const [key, value] of Object.entries(expected ?? {})) {
    assertClose((actual as Record<string, unknown>)[key], value, `${message}, ${key}`);
  }
}
