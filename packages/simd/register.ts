import * as tf from "@tensorflow/tfjs-core";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { SimdBackend } from "./backend.ts";
import type { SimdBackendInfo, SimdBackendOptions } from "./backend_info.ts";
import { probeCapabilities } from "./capabilities.ts";
import { namedKernels, stockKernels } from "./operations/registry.ts";
import { planBackend } from "./plan_backend.ts";
import { canStartWorkers } from "./pool/start_worker.ts";
import { SimdRuntime } from "./runtime.ts";

const NAME = "simd";
/** Above `cpu`, which importing this package registers, and below backends of graphics processors. */
const PRIORITY = 1.5;
const PAGE = 65536;

/** The backend that is registered: the engine holds it, which copies of this package share. */
interface Registration {
  info?: SimdBackendInfo;
  backend?: SimdBackend;
}

const key = Symbol.for("mixtape.simd.registration");

function registration(): Registration {
  const engine = tf.engine() as { [key]?: Registration };
  return engine[key] ??= {};
}

/**
 * Registers the TensorFlow.js backend `simd`; `tf.setBackend("simd")` then makes it current.
 * Features that the engine lacks are left out, see {@linkcode backendInfo}.
 *
 * Called again with the same outcome, it does nothing; otherwise it replaces the backend, and
 * tensors of the former one are gone.
 *
 * @throws {RangeError} If an option is out of range.
 */
export function registerSimdBackend(options: SimdBackendOptions = {}): SimdBackendInfo {
  const info = planBackend(options, {
    capabilities: probeCapabilities(),
    processors: processors(),
    workers: canStartWorkers(),
  });
  const held = registration();
  const unchanged = JSON.stringify(info) === JSON.stringify(held.info);
  if (unchanged && NAME in tf.engine().registryFactory) return info;
  held.info = info;
  held.backend = undefined;
  if (NAME in tf.engine().registry) tf.removeBackend(NAME);
  registerKernels(info);
  // Not by tf.registerBackend, which keeps a factory that TensorFlow.js may be about to call.
  registryFactory[NAME] = { factory: () => createBackend(info), priority: PRIORITY };
  return info;
}

/** Registers with the defaults when TensorFlow.js starts the backend. */
function startWithDefaults(): tf.KernelBackend {
  return createBackend(registerSimdBackend());
}

// Imported, it is there, as TensorFlow.js's own backends are: a tensor made before the choice of a
// backend would start `cpu`, which this package imports. Priority 0 is a promise to import this.
const { registryFactory } = tf.engine();
if (!(registryFactory[NAME]?.priority > 0)) {
  registryFactory[NAME] = { factory: startWithDefaults, priority: PRIORITY };
}

/**
 * Returns the configuration of the `simd` backend, or undefined before {@linkcode
 * registerSimdBackend}. Workers start with the first job that is worth it; if they cannot, one
 * thread is reported from then on.
 */
export function backendInfo(): SimdBackendInfo | undefined {
  const { info, backend } = registration();
  const reason = backend?.threadsLost;
  if (!info || !reason) return info;
  const stepsDown = [...info.stepsDown, { lost: "threads", reason } as const];
  return { ...info, threads: 1, sharedMemory: false, stepsDown };
}

function createBackend(info: SimdBackendInfo): tf.KernelBackend {
  if (info.engine === "cpu") return quietCpuBackend();
  const runtime = new SimdRuntime({
    threads: info.threads,
    shared: info.sharedMemory,
    relaxed: info.relaxedSimd,
    maximumPages: info.maximumBytes / PAGE,
  });
  return registration().backend = new SimdBackend(runtime);
}

/** In Deno and Node the CPU backend prints an advertisement for tfjs-node when first used. */
function quietCpuBackend(): tf.KernelBackend {
  const backend = new MathBackendCPU();
  (backend as unknown as { firstUse: boolean }).firstUse = false;
  return backend;
}

function registerKernels({ engine }: SimdBackendInfo): void {
  for (const { kernelName } of tf.getKernelsForBackend(NAME)) tf.unregisterKernel(kernelName, NAME);
  tf.copyRegisteredKernels("cpu", NAME);
  if (engine === "cpu") return;
  for (const { kernelName, kernelFunc } of stockKernels) replaceKernel(kernelName, kernelFunc);
  for (const [name, kernel] of Object.entries(namedKernels)) replaceKernel(name, kernel);
}

/** The engine's type of a kernel knows neither attributes nor the results of named operations. */
function replaceKernel(kernelName: string, kernelFunc: unknown): void {
  if (tf.getKernel(kernelName, NAME)) tf.unregisterKernel(kernelName, NAME);
  tf.registerKernel({ kernelName, backendName: NAME, kernelFunc: kernelFunc as tf.KernelFunc });
}

/**
 * Returns the number of processors; browsers and Deno have it in `navigator`, Node 20 in `node:os`.
 */
function processors(): number {
  const { navigator, process } = globalThis as {
    navigator?: { hardwareConcurrency?: number };
    process?: { getBuiltinModule?: (name: string) => { availableParallelism(): number } };
  };
  return navigator?.hardwareConcurrency ??
    process?.getBuiltinModule?.("node:os").availableParallelism() ?? 1;
}
