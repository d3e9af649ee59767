/** A compiled kernel file, as `module/*.ts` carries it. */
export interface KernelModule<F extends string = string> {
  readonly name: string;
  /** Exported functions in export order; each is `(thread, args) => void`. */
  readonly functions: readonly F[];
  /** What every engine with SIMD runs. */
  readonly plain: KernelBuild;
  /** With relaxed SIMD (fused multiply-add). */
  readonly relaxed: KernelBuild;
}

/** One WebAssembly module. */
export interface KernelBuild {
  /** Offset of the byte that says whether the imported memory is shared. */
  readonly memoryFlagAt: number;
  readonly base64: string;
}

/** A function of a kernel module, as the host sees it. */
export type KernelFunction = (thread: number, args: number) => void;

const UNSHARED_WITH_MAXIMUM = 1;

/** The WebAssembly bytes of `module` for this kind of engine and memory. */
export function moduleBytes(
  module: KernelModule,
  { relaxed, shared }: { relaxed: boolean; shared: boolean },
): Uint8Array<ArrayBuffer> {
  const build = relaxed ? module.relaxed : module.plain;
  const text = atob(build.base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  // The one difference between a module for shared and for unshared memory is this flag: atomic
  // instructions are valid on both.
  if (!shared) bytes[build.memoryFlagAt] = UNSHARED_WITH_MAXIMUM;
  return bytes;
}
