import * as tf from "@tensorflow/tfjs-core";
import { checkChoice } from "./checks.ts";
import { lendKernels } from "./operations/lend_kernels.ts";
import { givenOptions } from "./options.ts";

/** A TensorFlow.js backend that Mixtape runs on. */
export type BackendName = "webgpu" | "simd" | "cpu";

/** Description of the backend in use. */
export interface BackendInfo {
  /** Name of the backend. */
  readonly name: BackendName;
  /** Device, or method of computation, in words. */
  readonly adapter: string;
  /** Number of threads that compute; 1 if the backend does not report it. */
  readonly threads: number;
  /**
   * Features of the machine that the backend uses, for example `simd`, `relaxed-simd`,
   * `shared-memory`.
   */
  readonly features: readonly string[];
  /** Features that the backend could have and does without, threads among them, each with the reason. */
  readonly missing: readonly MissingFeature[];
}

/** A feature that a backend does without. */
export interface MissingFeature {
  /** Name of the feature. */
  readonly feature: string;
  /** The reason, and the remedy if there is one. */
  readonly reason: string;
}

/** Options of {@link useBackend}. */
export interface UseBackendOptions {
  /** Number of threads of the `simd` backend; by default, the number of processors. */
  readonly threads?: number;
}

/** Thrown when the backend that was asked for cannot run here. */
export class BackendUnavailableError extends RangeError {
  /** Name of the class. */
  override readonly name = "BackendUnavailableError";
}

const backendNames = ["webgpu", "simd", "cpu"] as const;

/**
 * Chooses the TensorFlow.js backend for the whole program.
 *
 * `auto` picks `webgpu` on a hardware adapter, otherwise `simd`, otherwise `cpu`. A software
 * adapter is used only if `webgpu` is asked for by name.
 *
 * A program that is to run on a graphics processor installs `@mixtape/webgpu`, which is large, and
 * calls its `registerWebGpuBackend()` before this function; `auto` does without it otherwise. Named
 * operations for which it has no kernel, or none that is known to be faster, are computed by `simd`:
 * `missing` lists them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { useBackend } from "@mixtape/tensor-utils";
 *
 * const backend = await useBackend("cpu");
 * assert.equal(backend.name, "cpu");
 * ```
 *
 * @param name The backend, or `auto`.
 * @param options Number of threads.
 * @returns The backend that was chosen, and its adapter.
 * @throws {BackendUnavailableError} If the backend asked for by name cannot run here, or was not
 * imported.
 * @throws {TypeError} If an option is unknown.
 * @throws {RangeError} If there is no backend of that name.
 */
export async function useBackend(
  name: "auto" | BackendName,
  options?: UseBackendOptions,
): Promise<BackendInfo> {
  const given = givenOptions(options, { threads: true }, "useBackend");
  checkChoice(name, "backend", ["auto", ...backendNames]);
  if (name === "webgpu") return await startWebGpu(given);
  if (name === "simd") return await startSimd(given);
  if (name === "cpu") return await startCpu();
  if (isWebGpuRegistered() && await hasHardwareGpu()) {
    const info = await startWebGpu(given).catch(() => undefined);
    if (info) return info;
  }
  return await startWithoutGpu(given);
}

/**
 * Makes sure that TensorFlow.js has a backend: the one in use, otherwise the best one that the
 * program registered, otherwise `simd`, or `cpu` if that cannot run. That `cpu` is registered is no
 * choice of the program's, as imports of other packages do it. Packages call it, so that programs
 * need not.
 *
 * It does not look for a graphics processor, which takes longer than many a fit; call
 * `useBackend("auto")` for that.
 */
export async function ensureBackend(): Promise<void> {
  if (tf.getBackend()) return;
  // Not tf.engine().registryFactory.simd?.priority, for which Rspack keeps all of TensorFlow.js.
  const { simd, cpu: _, ...others } = tf.engine().registryFactory;
  if (Object.keys(others).length > 0) return await tf.ready();
  // Registered by the program, which may have set its threads.
  if (simd?.priority > 0) return void await tf.setBackend("simd");
  await setSimd({}).catch((error) => {
    if (error instanceof BackendUnavailableError) return setCpu();
    throw error;
  });
}

// A tensor that a program makes before any backend is chosen: TensorFlow.js says to await tf.ready(), which starts
// simd, instead of that there is no backend. Other backends come first.
if (!tf.findBackendFactory("simd")) {
  tf.registerBackend("simd", async () => {
    await importSimd();
    return await tf.findBackendFactory("simd")();
  }, 0);
}

async function startWithoutGpu(options: UseBackendOptions): Promise<BackendInfo> {
  return await startSimd(options).catch((error) => {
    if (error instanceof BackendUnavailableError) return startCpu();
    throw error;
  });
}

/** Makes `cpu` current; as {@link setSimd}, no more than a fit needs, which bundlers load first. */
async function setCpu(): Promise<void> {
  // A page may have registered the backend with fewer kernels.
  if (!Object.hasOwn(tf.engine().registryFactory, "cpu")) {
    await import("@tensorflow/tfjs-backend-cpu");
  }
  await tf.setBackend("cpu");
  // In Deno and Node, the backend prints an advertisement for tfjs-node when it is first used.
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
}

async function startCpu(): Promise<BackendInfo> {
  await setCpu();
  return { name: "cpu", adapter: "JavaScript", threads: 1, features: [], missing: [] };
}

async function startSimd(options: UseBackendOptions): Promise<BackendInfo> {
  const info = await setSimd(options);
  const features = Object.entries({
    "shared-memory": info.sharedMemory,
    "relaxed-simd": info.relaxedSimd,
  }).filter(([, present]) => present).map(([feature]) => feature);
  const missing = info.stepsDown.map(({ lost, reason }) => ({ feature: lost, reason }));
  return { name: "simd", adapter: "WebAssembly", threads: info.threads, features, missing };
}

async function setSimd({ threads }: UseBackendOptions) {
  const { registerSimdBackend } = await importSimd();
  const info = registerSimdBackend({ threads });
  if (info.engine === "cpu") {
    throw new BackendUnavailableError(
      `Cannot use the backend simd: ${
        info.stepsDown.map(({ reason }) => reason).join("; ")
      }, use cpu`,
    );
  }
  await tf.setBackend("simd");
  return info;
}

async function importSimd(): Promise<typeof import("@mixtape/simd")> {
  return await import("@mixtape/simd").catch((cause) => {
    throw new BackendUnavailableError(
      "Cannot use the backend simd: @mixtape/simd could not be loaded, " +
        "as where a bundler leaves it out; use cpu",
      { cause },
    );
  });
}

async function startWebGpu(options: UseBackendOptions): Promise<BackendInfo> {
  const adapter = await findAdapter();
  if (!adapter) {
    throw new BackendUnavailableError(
      "Cannot use the backend webgpu: no adapter was found, " +
        "a graphics processor with its driver is needed (or use simd)",
    );
  }
  const name = describe(adapter.info);
  if (!isWebGpuRegistered()) {
    throw new BackendUnavailableError(
      "Cannot use the backend webgpu: it is not registered, " +
        "install @mixtape/webgpu and call its registerWebGpuBackend() first (or use simd)",
    );
  }
  forgetLostDevice();
  const started = await tf.setBackend("webgpu").catch(() => false);
  if (!started) {
    throw new BackendUnavailableError(
      `Cannot use the backend webgpu: its adapter (${name}) did not start, use simd`,
    );
  }
  const { registerSimdBackend } = await importSimd().catch(() => ({
    registerSimdBackend: undefined,
  }));
  const simd = registerSimdBackend?.({ threads: options.threads });
  const lent = simd?.engine === "wasm" ? lendKernels("simd", "webgpu") : [];
  const missing = lent.map((operation) => ({
    feature: operation,
    reason: "the device has no kernel known to be faster, simd computes it",
  }));
  const threads = lent.length > 0 ? simd!.threads : 1;
  const backend = tf.backend() as Partial<DeviceBackend>;
  const { device, smallProblems = {} } = backend;
  backend.leavesSmall = simd?.engine === "wasm";
  if (backend.leavesSmall) {
    for (const [feature, size] of Object.entries(smallProblems)) {
      if (lent.includes(feature)) continue;
      missing.push({
        feature,
        reason: `small problems (${size}) end before the device answers, simd computes it`,
      });
    }
  }
  const features = nativeFeatures.filter((feature) => device?.features.has(feature));
  return { name: "webgpu", adapter: name, threads, features, missing };
}

/** Additions of `@mixtape/webgpu` to the backend of TensorFlow.js. */
interface DeviceBackend {
  readonly device: GPUDevice;
  readonly faults: { readonly isLost: boolean };
  /** Problems that end before the device answers, in words, by operation. */
  readonly smallProblems: Readonly<Record<string, string>>;
  /** Set to true, it leaves them to `simd`. */
  leavesSmall: boolean;
}

/** Features of a device that kernels use. */
const nativeFeatures = ["wgpu-shader-f64"] as unknown as readonly GPUFeatureName[];

/**
 * Returns true if `@mixtape/webgpu` registered the backend, which marks the engine. That of
 * TensorFlow.js alone, which registers itself when it is imported, hears no error of the device.
 */
function isWebGpuRegistered(): boolean {
  const engine = tf.engine() as ReturnType<typeof tf.engine> & Record<symbol, unknown>;
  const factory: unknown = engine.registryFactory["webgpu"]?.factory;
  return factory !== undefined && factory === engine[Symbol.for("mixtape.webgpu.factory")];
}

/** Lets the backend start another device if its own was lost. */
function forgetLostDevice(): void {
  const { registry, registryFactory } = tf.engine();
  const running = registry["webgpu"] as Partial<DeviceBackend> | undefined;
  if (!running?.faults?.isLost) return;
  const { factory, priority } = registryFactory["webgpu"];
  tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", factory, priority);
}

async function hasHardwareGpu(): Promise<boolean> {
  const adapter = await findAdapter();
  return adapter !== undefined && !isSoftware(adapter.info);
}

async function findAdapter(): Promise<GPUAdapter | undefined> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  return await gpu?.requestAdapter().catch(() => null) ?? undefined;
}

function describe({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  return description || [vendor, architecture, device].filter(Boolean).join(" ") || "WebGPU";
}

/**
 * Tests for the names under which the software adapters of Mesa, Chromium and Windows present
 * themselves.
 */
function isSoftware(adapter: GPUAdapterInfo): boolean {
  return /llvmpipe|lavapipe|swiftshader|software|basic render/i.test(describe(adapter));
}
