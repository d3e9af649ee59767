import { decodeBase64 } from "./decode_base64.ts";

/** WebAssembly features of the engine. */
export interface Capabilities {
  /**
   * True if modules can be compiled: an engine may have WebAssembly, and a page's policy forbid it.
   */
  readonly webAssembly: boolean;
  readonly simd: boolean;
  /** True if there are addresses for a memory: engines reserve some 10 GiB, and a process may have fewer. */
  readonly memory: boolean;
  readonly relaxedSimd: boolean;
  readonly sharedMemory: boolean;
}

// (func (result v128) v128.const 0…)
const SIMD_PROBE = "AGFzbQEAAAABBQFgAAF7AwIBAAoWARQA/QwAAAAAAAAAAAAAAAAAAAAACw==";

// (func (param v128 v128 v128) (result v128) (f32x4.relaxed_madd …))
const RELAXED_PROBE = "AGFzbQEAAAABCAFgA3t7ewF7AwIBAAoNAQsAIAAgASAC/YUCCw==";

/** Probes the engine. */
export function probeCapabilities(): Capabilities {
  const webAssembly = typeof WebAssembly === "object" && canCompile();
  return {
    webAssembly,
    simd: webAssembly && WebAssembly.validate(decodeBase64(SIMD_PROBE)),
    memory: webAssembly && canReserveMemory(),
    relaxedSimd: webAssembly && WebAssembly.validate(decodeBase64(RELAXED_PROBE)),
    sharedMemory: webAssembly && canShareMemory(),
  };
}

/** Compiles an empty module, which only a content policy without `wasm-unsafe-eval` refuses. */
function canCompile(): boolean {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return false;
  }
}

function canReserveMemory(): boolean {
  try {
    return Boolean(new WebAssembly.Memory({ initial: 1, maximum: 1 }));
  } catch {
    return false;
  }
}

/** Browsers offer shared memory only to cross-origin-isolated pages. */
function canShareMemory(): boolean {
  if (typeof SharedArrayBuffer === "undefined") return false;
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer instanceof
      SharedArrayBuffer;
  } catch {
    return false;
  }
}
