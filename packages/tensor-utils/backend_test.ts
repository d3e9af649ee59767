import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  type BackendName,
  BackendUnavailableError,
  ensureBackend,
  useBackend,
  type UseBackendOptions,
} from "./backend.ts";
import { backendKernel } from "./operations/kernel.ts";

Deno.test("useBackend() starts the cpu backend", async () => {
  const info = await useBackend("cpu");
  assert.equal(info.name, "cpu");
  assert.equal(tf.getBackend(), "cpu");
});

Deno.test("useBackend() refuses a name it does not know", async () => {
  const name = "gpu" as BackendName;
  await assert.rejects(useBackend(name), /Cannot use backend: "gpu" was given, one of "auto"/);
});

Deno.test("useBackend() says when there is no adapter for webgpu", async () => {
  const withoutGpu = { name: "Navigator without a GPU" } as unknown as Navigator;
  const navigator = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: withoutGpu, configurable: true });
  try {
    await assert.rejects(useBackend("webgpu"), BackendUnavailableError);
    assert.notEqual((await useBackend("auto")).name, "webgpu");
  } finally {
    Object.defineProperty(globalThis, "navigator", navigator as PropertyDescriptor);
  }
});

Deno.test("backendKernel() finds what the current backend registered and nothing else", async () => {
  await useBackend("cpu");
  assert.equal(backendKernel("MixtapeTest"), undefined);
  const kernelFunc = (({ attrs }: { attrs: { value: number } }) => attrs.value + 1) as unknown;
  tf.registerKernel({
    kernelName: "MixtapeTest",
    backendName: "cpu",
    kernelFunc: kernelFunc as tf.KernelFunc,
  });
  try {
    assert.equal(backendKernel<{ value: number }, number>("MixtapeTest")?.({ value: 1 }), 2);
  } finally {
    tf.unregisterKernel("MixtapeTest", "cpu");
  }
});

Deno.test("ensureBackend() leaves a backend in use alone", async () => {
  await useBackend("cpu");
  await ensureBackend();
  assert.equal(tf.getBackend(), "cpu");
});

Deno.test("useBackend() refuses an option it does not know", async () => {
  const options = { thread: 1 } as object as UseBackendOptions;
  await assert.rejects(useBackend("cpu", options), /the nearest is threads/);
});
