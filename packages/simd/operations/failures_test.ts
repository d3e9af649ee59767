/** Checks the state of a session after one of its jobs or allocations fails, by a lost worker or full memory. */
import assert from "node:assert/strict";
import { WorkerLostError } from "../pool/worker_lost_error.ts";
import { SimdRuntime } from "../runtime.ts";
import { training, uses } from "../testing/uses.ts";
import { withoutTurns } from "../testing/now.ts";

withoutTurns();

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
        const session = use.open(runtime);
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
            session = use.open(runtime);
            for (const step of use.steps.slice(0, failing)) step(session);
          }
          const restore = failOnce(runtime, what, number);
          try {
            session ??= use.open(runtime);
            use.steps[failing](session);
          } catch (error) {
            assert.ok(error instanceof WorkerLostError, `${error}`);
          }
          failed = restore();
          if (failed) failures++;
          session ??= use.open(runtime);
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

for (const use of [...uses, training()]) {
  Deno.test(`${use.operation} refuses to go on once it was disposed of, and can be disposed of again`, () => {
    const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
    const session = use.open(runtime);
    use.steps[0](session);
    session[Symbol.dispose]();
    session[Symbol.dispose]();
    for (const step of use.steps) {
      assert.throws(
        () => step(session),
        /^TypeError: Cannot use \w+\(\) of a session: it was disp/,
      );
    }
    assert.equal(runtime.memory.heldRegions, 0);
  });

  Deno.test(`${use.operation} computes the same after its backend was disposed of`, () => {
    const results = [false, true].map((disposed) => {
      const runtime = new SimdRuntime({ threads: 2, shared: true, relaxed: true, worthWaking: 0 });
      const session = use.open(runtime);
      const steps = use.steps.map((step) => {
        if (disposed) runtime.stop();
        return step(session);
      });
      runtime.stop();
      return steps;
    });
    assert.deepEqual(results[1], results[0]);
  });
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
