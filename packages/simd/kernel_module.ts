import { decodeBase64 } from "./decode_base64.ts";

/** A compiled kernel file, as `module/*.ts` holds it. */
export interface KernelModule<F extends string = string> {
  readonly name: string;
  /** Exported functions in export order; each is `(thread, args) => void`. */
  readonly functions: readonly F[];
  /** Build that every engine with SIMD can run. */
  readonly plain: KernelBuild;
  /** Build with relaxed SIMD (fused multiply-add). */
  readonly relaxed: KernelBuild;
}

/** A WebAssembly module. */
export interface KernelBuild {
  /** Offset of the byte that says whether the imported memory is shared. */
  readonly memoryFlagAt: number;
  readonly base64: string;
}

/** A function of a kernel module, as the host sees it. */
export type KernelFunction = (thread: number, args: number) => void;

const UNSHARED_WITH_MAXIMUM = 1;

/** Returns the WebAssembly bytes of a build for this kind of memory. */
export function moduleBytes(build: KernelBuild, shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase64(build.base64);
  // This flag is the only difference between modules for shared and for unshared memory: atomic
  // instructions are valid in both.
  if (!shared) bytes[build.memoryFlagAt] = UNSHARED_WITH_MAXIMUM;
  return bytes;
}
