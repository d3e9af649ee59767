import assert from "node:assert/strict";
import { probeCapabilities } from "./capabilities.ts";
import { planBackend, type Surroundings } from "./plan_backend.ts";

const everything: Surroundings = {
  capabilities: {
    webAssembly: true,
    simd: true,
    memory: true,
    relaxedSimd: true,
    sharedMemory: true,
  },
  processors: 4,
  workers: true,
};

function without(missing: Partial<Surroundings["capabilities"]>): Surroundings {
  return { ...everything, capabilities: { ...everything.capabilities, ...missing } };
}

Deno.test("planBackend() takes everything there is", () => {
  assert.deepEqual(planBackend({}, everything), {
    engine: "wasm",
    threads: 4,
    sharedMemory: true,
    relaxedSimd: true,
    maximumBytes: 2 ** 32,
    stepsDown: [],
  });
});

Deno.test("planBackend() takes at most eight threads unless asked for more", () => {
  const surroundings = { ...everything, processors: 32 };
  assert.equal(planBackend({}, surroundings).threads, 8);
  assert.equal(planBackend({ threads: 12 }, surroundings).threads, 12);
});

Deno.test("planBackend() steps down to one thread where memory cannot be shared", () => {
  const plan = planBackend({}, without({ sharedMemory: false }));
  assert.equal(plan.threads, 1);
  assert.equal(plan.sharedMemory, false);
  assert.equal(plan.stepsDown[0].lost, "threads");
  assert.match(plan.stepsDown[0].reason, /cross-origin isolated/);
});

Deno.test("planBackend() steps down to one thread where workers cannot start", () => {
  const plan = planBackend({}, { ...everything, workers: false });
  assert.deepEqual([plan.threads, plan.stepsDown[0].lost], [1, "threads"]);
});

Deno.test("planBackend() steps down to plain SIMD, then to the CPU backend", () => {
  const plain = planBackend({}, without({ relaxedSimd: false }));
  assert.deepEqual([plain.engine, plain.relaxedSimd], ["wasm", false]);
  assert.equal(plain.stepsDown[0].lost, "relaxed SIMD");
  const cpu = planBackend({}, without({ simd: false }));
  assert.deepEqual([cpu.engine, cpu.threads, cpu.stepsDown[0].lost], ["cpu", 1, "WebAssembly"]);
  const small = planBackend({}, without({ memory: false, sharedMemory: false }));
  assert.equal(small.engine, "cpu");
  assert.match(small.stepsDown[0].reason, /no WebAssembly memory can be reserved/);
  const forbidden = planBackend({}, without({ webAssembly: false }));
  assert.equal(forbidden.engine, "cpu");
  assert.match(forbidden.stepsDown[0].reason, /wasm-unsafe-eval/);
});

Deno.test("planBackend() takes a step down that the options ask for, and says so", () => {
  const plan = planBackend({ threads: 2, relaxed: false, shared: false }, everything);
  assert.deepEqual(plan.stepsDown, [
    { lost: "threads", reason: "switched off by options.shared" },
    { lost: "relaxed SIMD", reason: "switched off by options.relaxed" },
  ]);
  assert.deepEqual(planBackend({ threads: 1 }, everything).stepsDown, []);
});

Deno.test("planBackend() rejects options outside their range", () => {
  for (const threads of [0, 1.5, 65, NaN]) {
    assert.throws(() => planBackend({ threads }, everything), RangeError);
  }
  for (const maximumBytes of [0, 100, 2 ** 33]) {
    assert.throws(() => planBackend({ maximumBytes }, everything), RangeError);
  }
});

/** Probes the engine as it would be with other globals. */
function probeWith(globals: Readonly<Record<string, unknown>>) {
  const before = Object.fromEntries(
    Object.keys(globals).map((name) => [name, Reflect.get(globalThis, name)]),
  );
  Object.assign(globalThis, globals);
  try {
    return probeCapabilities();
  } finally {
    Object.assign(globalThis, before);
  }
}

/** WebAssembly with some functions in place of its own. */
const webAssemblyWith = (other: object) => ({
  validate: WebAssembly.validate,
  Module: WebAssembly.Module,
  Memory: WebAssembly.Memory,
  ...other,
});

class Refused {
  constructor() {
    throw new RangeError("refused");
  }
}

Deno.test("probeCapabilities() finds what an engine has, and what it lacks", () => {
  const { capabilities } = everything;
  const nothing = Object.fromEntries(Object.keys(capabilities).map((name) => [name, false]));
  assert.deepEqual(probeCapabilities(), capabilities);
  assert.deepEqual(probeWith({ WebAssembly: undefined }), nothing);
  assert.deepEqual(probeWith({ WebAssembly: webAssemblyWith({ Module: Refused }) }), nothing);
  // Feature by feature: the probe of relaxed SIMD is the one with three vectors as parameters.
  for (const relaxed of [true, false]) {
    const validate = (bytes: Uint8Array) => bytes[10] === 1 && bytes[12] === 3 === relaxed;
    const has = relaxed ? { simd: false } : { relaxedSimd: false };
    assert.deepEqual(probeWith({ WebAssembly: webAssemblyWith({ validate }) }), {
      ...capabilities,
      ...has,
    });
  }
  assert.deepEqual(probeWith({ WebAssembly: webAssemblyWith({ Memory: Refused }) }), {
    ...capabilities,
    memory: false,
    sharedMemory: false,
  });
  class Unshared {
    readonly buffer = new ArrayBuffer(0);
    constructor({ initial, maximum, shared }: WebAssembly.MemoryDescriptor) {
      assert.deepEqual([initial, maximum], [1, 1]);
      if (shared === true) throw new RangeError("shared memory is refused");
    }
  }
  class Alone {
    readonly buffer = new ArrayBuffer(0);
  }
  for (
    const globals of [
      { WebAssembly: webAssemblyWith({ Memory: Unshared }) },
      { WebAssembly: webAssemblyWith({ Memory: Alone }) },
      { SharedArrayBuffer: undefined },
    ]
  ) assert.deepEqual(probeWith(globals), { ...capabilities, sharedMemory: false });
});
