import assert from "node:assert/strict";
import type { NamedKernel } from "@mixtape/operations";
import { backendInfo, registerSimdBackend } from "@mixtape/simd";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import * as tf from "@tensorflow/tfjs-core";
import {
  type BackendName,
  BackendUnavailableError,
  ensureBackend,
  useBackend,
  type UseBackendOptions,
} from "./backend.ts";
import { backendKernel } from "./operations/kernel.ts";
import { withKernel } from "./testing/with_kernel.ts";

Deno.test("useBackend() starts the cpu backend", async () => {
  const info = await useBackend("cpu");
  assert.equal(info.name, "cpu");
  assert.equal(tf.getBackend(), "cpu");
});

Deno.test("useBackend() refuses a name it does not know", async () => {
  const name = "gpu" as BackendName;
  await assert.rejects(useBackend(name), /Cannot use backend: "gpu" was given, one of "auto"/);
});

/** Lets `navigator` be another object for a while. */
async function withNavigator(value: object, look: () => Promise<void>): Promise<void> {
  const navigator = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  try {
    await look();
  } finally {
    Object.defineProperty(globalThis, "navigator", navigator as PropertyDescriptor);
  }
}

Deno.test("useBackend() says when there is no adapter for webgpu", async () => {
  const nothing = { requestAdapter: () => Promise.resolve(null) };
  const refusal = { requestAdapter: () => Promise.reject(new TypeError("no")) };
  for (const navigator of [{}, { gpu: nothing }, { gpu: refusal }]) {
    await withNavigator(navigator, async () => {
      await assert.rejects(useBackend("webgpu"), BackendUnavailableError);
      assert.equal((await useBackend("auto")).name, "simd");
    });
  }
});

/** Stands for a graphics processor that presents itself by `info` and does not start; counts who asks for it. */
async function withAdapter(
  info: Partial<GPUAdapterInfo>,
  look: (asked: () => number) => Promise<void>,
): Promise<void> {
  registerWebGpuBackend();
  let asked = 0;
  const adapter = { info: { vendor: "", architecture: "", device: "", description: "", ...info } };
  const gpu = { requestAdapter: () => Promise.resolve((asked++, adapter)) };
  // TensorFlow.js prints why a backend did not start.
  tf.env().set("PROD", true);
  try {
    await withNavigator({ gpu }, () => look(() => asked));
  } finally {
    tf.env().set("PROD", false);
  }
}

Deno.test("useBackend() names an adapter that does not start by what it says of itself", async () => {
  const cases: [Partial<GPUAdapterInfo>, string][] = [
    [{ vendor: "acme", device: "7", description: "Acme 7" }, "Acme 7"],
    [{ vendor: "acme", device: "7" }, "acme 7"],
    [{ vendor: "acme", architecture: "k", device: "7" }, "acme k 7"],
    [{ architecture: "k" }, "k"],
    [{}, "WebGPU"],
  ];
  for (const [info, name] of cases) {
    await withAdapter(info, async () => {
      await assert.rejects(useBackend("webgpu"), {
        name: "BackendUnavailableError",
        message: `Cannot use the backend webgpu: its adapter (${name}) did not start, use simd`,
      });
      assert.notEqual((await useBackend("auto")).name, "webgpu");
    });
  }
});

Deno.test("useBackend() looks at the adapter for auto, and starts it unless it is made of software", async () => {
  const software = [
    "llvmpipe (LLVM 19)",
    "Lavapipe",
    "SwiftShader Device",
    "Microsoft Basic Render Driver",
  ];
  for (const description of software) {
    await withAdapter({ description }, async (asked) => {
      assert.equal((await useBackend("auto")).name, "simd");
      assert.equal(asked(), 1, description);
    });
  }
  await withAdapter({ description: "Acme 7" }, async (asked) => {
    assert.equal((await useBackend("auto")).name, "simd");
    assert.ok(asked() > 1);
  });
});

Deno.test("backendKernel() finds what the current backend registered and nothing else", async () => {
  await useBackend("cpu");
  const name = "MixtapeFloat64Product";
  assert.equal(backendKernel(name), undefined);
  const product: NamedKernel<typeof name, tf.KernelBackend> = (
    { inputs, attrs: { a, b }, backend },
  ) => {
    assert.deepEqual(inputs, {});
    assert.equal(backend, tf.backend());
    return Float64Array.of(a[0] * b[0]);
  };
  await withKernel(name, product, () => {
    const factors = { a: Float64Array.of(2), b: Float64Array.of(3), m: 1, n: 1, k: 1 };
    assert.deepEqual(backendKernel(name)?.(factors), Float64Array.of(6));
  });
});

Deno.test("backendKernel() knows the named operations and what each takes and gives", () => {
  // @ts-expect-error no operation has this name
  assert.equal(backendKernel("MixtapeTest"), undefined);
  const product = backendKernel("MixtapeFloat64Product");
  // @ts-expect-error the number of terms is missing
  product?.({ a: new Float64Array(1), b: new Float64Array(1), m: 1, n: 1 });
});

/** Makes TensorFlow.js as it is where only some backends were registered, and none was used. */
function leaveUnused(names: readonly string[]): void {
  for (const name of Object.keys(tf.engine().registryFactory)) {
    if (!names.includes(name)) tf.removeBackend(name);
  }
  tf.engine().reset();
  assert.deepEqual(Object.keys(tf.engine().registryFactory).sort(), names);
}

Deno.test("ensureBackend() leaves a backend in use alone", async () => {
  registerSimdBackend({ threads: 1 });
  leaveUnused(["cpu", "simd"]);
  await tf.setBackend("cpu");
  await ensureBackend();
  assert.equal(tf.getBackend(), "cpu");
});

class Inert extends tf.KernelBackend {
  override dispose(): void {}
}

Deno.test("ensureBackend() leaves the choice to TensorFlow.js where the program registered others", async () => {
  registerSimdBackend({ threads: 1 });
  leaveUnused(["cpu", "simd"]);
  tf.registerBackend("acme", () => new Inert(), 9);
  await ensureBackend();
  assert.equal(tf.getBackend(), "acme");
  await useBackend("cpu");
  tf.removeBackend("acme");
});

Deno.test("useBackend() asks for the package of webgpu where it is not registered", async () => {
  leaveUnused(["cpu", "simd"]);
  const gpu = { requestAdapter: () => Promise.resolve({ info: { description: "Acme 7" } }) };
  const refusal = /it is not registered, install @mixtape\/webgpu and call its register/;
  const factory = () => new Inert();
  await withNavigator({ gpu }, async () => {
    await assert.rejects(useBackend("webgpu"), refusal);
    assert.equal((await useBackend("auto")).name, "simd");
    // TensorFlow.js's own hears no errors of its device.
    tf.registerBackend("webgpu", factory);
    await assert.rejects(useBackend("webgpu"), refusal);
    assert.equal((await useBackend("auto")).name, "simd");
  });
  tf.removeBackend("webgpu");
});

Deno.test("useBackend() goes from simd to cpu without WebAssembly, and not for another mistake", async () => {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class {
    constructor() {
      throw new RangeError("could not allocate memory");
    }
  } as unknown as typeof Memory;
  try {
    await assert.rejects(useBackend("simd"), {
      name: "BackendUnavailableError",
      message: /^Cannot use the backend simd: no WebAssembly memory can be reserved .*, use cpu$/,
    });
    await withNavigator({}, async () => {
      assert.equal((await useBackend("auto")).name, "cpu");
    });
  } finally {
    WebAssembly.Memory = Memory;
  }
  await withNavigator({}, async () => {
    await assert.rejects(useBackend("auto", { threads: 0 }), { name: "RangeError" });
  });
});

/** A device that computes nothing, and a way to lose it. */
function inertDevice(features: readonly string[]) {
  const { promise: lost, resolve } = Promise.withResolvers<GPUDeviceLostInfo>();
  const device = {
    features: new Set(features),
    limits: {},
    queue: {},
    lost,
    addEventListener() {},
    destroy() {},
  };
  return {
    device,
    lose: () => resolve({ message: "gone", reason: "unknown" } as GPUDeviceLostInfo),
  };
}

Deno.test("useBackend() takes webgpu where it starts, for auto only on hardware", async () => {
  const { device, lose } = inertDevice(["wgpu-shader-f64"]);
  let started = 0;
  const requestDevice = () => Promise.resolve((started++, device));
  const gpuOf = (description: string) => ({
    gpu: {
      requestAdapter: () => Promise.resolve({ info: { description }, limits: {}, requestDevice }),
    },
  });
  await useBackend("cpu");
  registerWebGpuBackend();
  try {
    for (const name of ["webgpu", "auto"] as const) {
      await withNavigator(gpuOf("Acme 7"), async () => {
        const { missing, threads, ...info } = await useBackend(name);
        assert.deepEqual(info, {
          name: "webgpu",
          adapter: "Acme 7",
          features: ["wgpu-shader-f64"],
        });
        assert.equal(threads, backendInfo()!.threads);
        assert.ok(missing.every(({ reason }) => /simd computes it$/.test(reason)));
        assert.equal(tf.getBackend(), "webgpu");
        const factors = { a: Float64Array.of(2), b: Float64Array.of(3), m: 1, n: 1, k: 1 };
        assert.deepEqual(backendKernel("MixtapeFloat64Product")?.(factors), Float64Array.of(6));
      });
    }
    assert.equal(started, 1);
    lose();
    await device.lost;
    await withNavigator(gpuOf("SwiftShader"), async () => {
      assert.equal((await useBackend("webgpu")).name, "webgpu");
      assert.equal(started, 2, "another device");
      assert.equal((await useBackend("auto")).name, "simd");
    });
  } finally {
    await useBackend("cpu");
    tf.removeBackend("webgpu");
  }
});

Deno.test("useBackend() tells what the backend is, and what simd uses of the machine", async () => {
  const nothing = { threads: 1, features: [], missing: [] };
  assert.deepEqual(await useBackend("cpu"), { name: "cpu", adapter: "JavaScript", ...nothing });
  assert.equal((tf.backend() as unknown as { firstUse: boolean }).firstUse, false);
  const { name, adapter, threads, features, missing } = await useBackend("simd", { threads: 2 });
  assert.deepEqual([name, adapter, threads, missing], ["simd", "WebAssembly", 2, []]);
  assert.equal((await useBackend("simd", { threads: 1 })).threads, 1);
  assert.equal((await useBackend("simd", { threads: 2 })).threads, 2);
  const { sharedMemory, relaxedSimd } = backendInfo()!;
  assert.ok(sharedMemory);
  assert.deepEqual(features, ["shared-memory", ...relaxedSimd ? ["relaxed-simd"] : []]);
});

Deno.test("ensureBackend() starts simd where imports registered cpu", async () => {
  await useBackend("cpu");
  leaveUnused(["cpu"]);
  await ensureBackend();
  assert.equal(tf.getBackend(), "simd");
});

Deno.test("ensureBackend() takes simd as the program registered it", async () => {
  await useBackend("cpu");
  registerSimdBackend({ threads: 1, relaxed: false });
  leaveUnused(["cpu", "simd"]);
  await ensureBackend();
  assert.equal(tf.getBackend(), "simd");
  const { threads, relaxedSimd } = backendInfo()!;
  assert.deepEqual([threads, relaxedSimd], [1, false]);
});

Deno.test("useBackend() says why simd does without a feature", async () => {
  const buffer = Object.getOwnPropertyDescriptor(globalThis, "SharedArrayBuffer")!;
  Object.defineProperty(globalThis, "SharedArrayBuffer", { value: undefined, configurable: true });
  try {
    const { threads, missing } = await useBackend("simd", { threads: 2 });
    assert.equal(threads, 1);
    const { features } = await useBackend("simd");
    assert.ok(!features.includes("shared-memory"));
    const { reason } = missing.find(({ feature }) => feature === "threads")!;
    assert.match(reason, /cross-origin isolated/);
  } finally {
    Object.defineProperty(globalThis, "SharedArrayBuffer", buffer);
  }
});

Deno.test("useBackend() refuses an option it does not know", async () => {
  const options = { thread: 1 } as object as UseBackendOptions;
  await assert.rejects(useBackend("cpu", options), /the nearest is threads/);
});
