import type { SimdBackendInfo, SimdBackendOptions, StepDown } from "./backend_info.ts";
import type { Capabilities } from "./capabilities.ts";

const MOST_THREADS = 64;
const DEFAULT_THREADS = 8;
const PAGE = 65536;
const ADDRESSABLE = 2 ** 32;

/** Features of the machine and the runtime. */
export interface Surroundings {
  readonly capabilities: Capabilities;
  readonly processors: number;
  readonly workers: boolean;
}

/**
 * Returns the configuration that `options` and the machine allow, with every feature left out and
 * the reason.
 *
 * @throws {RangeError} If `threads` or `maximumBytes` is out of range.
 */
export function planBackend(
  options: SimdBackendOptions,
  { capabilities, processors, workers }: Surroundings,
): SimdBackendInfo {
  const asked = checkThreads(options.threads ?? Math.min(processors, DEFAULT_THREADS));
  const maximumBytes = checkMaximumBytes(options.maximumBytes ?? ADDRESSABLE);
  const without = missingWebAssembly(options, capabilities);
  if (without) {
    return {
      engine: "cpu",
      threads: 1,
      sharedMemory: false,
      relaxedSimd: false,
      maximumBytes: 0,
      stepsDown: [{ lost: "WebAssembly", reason: without }],
    };
  }
  const stepsDown: StepDown[] = [];
  const unthreaded = missingThreads(options, capabilities, workers);
  if (unthreaded && asked > 1) stepsDown.push({ lost: "threads", reason: unthreaded });
  const unfused = missingRelaxedSimd(options, capabilities);
  if (unfused) stepsDown.push({ lost: "relaxed SIMD", reason: unfused });
  const threads = unthreaded ? 1 : asked;
  return {
    engine: "wasm",
    threads,
    sharedMemory: threads > 1,
    relaxedSimd: !unfused,
    maximumBytes,
    stepsDown,
  };
}

function missingWebAssembly(options: SimdBackendOptions, has: Capabilities): string | undefined {
  if (options.webAssembly === false) return "switched off by options.webAssembly";
  if (!has.webAssembly) {
    return "WebAssembly cannot be compiled here; a page's content policy must allow wasm-unsafe-eval";
  }
  if (!has.simd) return "this engine's WebAssembly has no SIMD";
  if (!has.memory) {
    return "no WebAssembly memory can be reserved here: raise the limit of this process's addresses";
  }
  return undefined;
}

function missingThreads(
  options: SimdBackendOptions,
  has: Capabilities,
  workers: boolean,
): string | undefined {
  if (options.shared === false) return "switched off by options.shared";
  if (!has.sharedMemory) {
    return "memory cannot be shared here; a page must be cross-origin isolated (headers COOP and COEP)";
  }
  if (!workers) return "workers cannot be started from here; Node needs version 20.16 or later";
  return undefined;
}

function missingRelaxedSimd(options: SimdBackendOptions, has: Capabilities): string | undefined {
  if (options.relaxed === false) return "switched off by options.relaxed";
  if (!has.relaxedSimd) return "this engine's WebAssembly has no relaxed SIMD";
  return undefined;
}

function checkThreads(threads: number): number {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return threads;
  throw new RangeError(
    `Cannot use ${threads} threads: threads must be a whole number between 1 and ${MOST_THREADS}`,
  );
}

function checkMaximumBytes(bytes: number): number {
  if (bytes >= PAGE && bytes <= ADDRESSABLE && bytes % PAGE === 0) return bytes;
  throw new RangeError(
    `Cannot use a memory of ${bytes} bytes: maximumBytes must be a multiple of ${PAGE} up to ${ADDRESSABLE}`,
  );
}
