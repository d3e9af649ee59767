import * as tf from "@tensorflow/tfjs-core";
import { CheckedWebGpuBackend } from "./backend.ts";
import { namedKernels, neededFeatures } from "./operations/registry.ts";
import { requestDevice } from "./request_device.ts";

const NAME = "webgpu";
/** As TensorFlow.js registers its own: before `cpu`. */
const PRIORITY = 3;

/** Marks the engine, which copies of this package share, with the factory that is registered. */
const key = Symbol.for("mixtape.webgpu.factory");

/**
 * Registers the TensorFlow.js backend `webgpu` in place of TensorFlow.js's own. It starts, on a
 * device of its own, with `tf.setBackend("webgpu")` or with `useBackend("webgpu")` of
 * `@mixtape/tensor-utils`. Called again, it does nothing unless the device was lost: then the next
 * start is on another device, and tensors of the former one are gone.
 */
export function registerWebGpuBackend(): void {
  const engine = tf.engine() as ReturnType<typeof tf.engine> & { [key]?: unknown };
  const registered: unknown = engine.registryFactory[NAME]?.factory;
  const running = engine.registry[NAME];
  const isOurs = running instanceof CheckedWebGpuBackend;
  const isLost = isOurs && running.faults.isLost;
  registerKernels(isOurs && !isLost ? running.device : undefined);
  if (registered && registered === engine[key] && !isLost) return;
  if (registered) tf.removeBackend(NAME);
  engine[key] = start;
  tf.registerBackend(NAME, start, PRIORITY);
}

/** Registers kernels; once there is a device, only those that it can run. */
function registerKernels(device: GPUDevice | undefined): void {
  for (const [kernelName, kernel] of Object.entries(namedKernels)) {
    if (device && !canRun(kernelName, device)) continue;
    unregister(kernelName);
    const kernelFunc = kernel as unknown as tf.KernelFunc;
    tf.registerKernel({ kernelName, backendName: NAME, kernelFunc });
  }
}

function unregister(kernelName: string): void {
  if (tf.getKernel(kernelName, NAME)) tf.unregisterKernel(kernelName, NAME);
}

function canRun(kernelName: string, device: GPUDevice): boolean {
  const feature = neededFeatures[kernelName as keyof typeof namedKernels];
  return feature === undefined || device.features.has(feature as GPUFeatureName);
}

async function start(): Promise<tf.KernelBackend> {
  const started = await requestDevice();
  if (started) {
    for (const kernelName of Object.keys(neededFeatures)) {
      if (!canRun(kernelName, started.device)) unregister(kernelName);
    }
    return new CheckedWebGpuBackend(started.device, started.adapter);
  }
  throw new RangeError(
    "Cannot start the backend webgpu: no adapter was found, " +
      "a graphics processor with its driver is needed",
  );
}
