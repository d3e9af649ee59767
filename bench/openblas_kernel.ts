import { peerFile, python } from "./peers.ts";

/** The kernel that OpenBLAS chooses on a machine, and the instructions of its processor. */
export interface BlasChoice {
  /** Name of the kernel; `null` without OpenBLAS. */
  readonly kernel: string | null;
  /** Instruction sets, as Linux names them. */
  readonly instructions: readonly string[];
}

// Those of OpenBLAS for x86-64 that use no AVX2. On a processor newer than itself it takes the first.
const narrow = new Set(
  "Prescott Generic Core2 Penryn Dunnington Nehalem Atom Athlon Opteron Opteron_SSE3 Barcelona Bobcat Nano Sandybridge"
    .split(" "),
);
const wide = [
  { kernel: "SkylakeX", needs: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"] },
  { kernel: "Haswell", needs: ["avx2", "fma"] },
];

/**
 * Returns the kernel that OpenBLAS should be told to take, because it does not know the processor and would take one
 * for processors of long ago, several times slower.
 *
 * @param choice The kernel that it chooses by itself, and the instructions of the processor.
 * @returns Name of the kernel; `undefined` if its own choice is a good one.
 */
export function betterKernel({ kernel, instructions }: BlasChoice): string | undefined {
  if (kernel === null || !narrow.has(kernel)) return undefined;
  return wide.find(({ needs }) => needs.every((name) => instructions.includes(name)))?.kernel;
}

/** Returns the variables by which peers in Python choose the kernels that suit this processor. */
export async function blasEnvironment(): Promise<Record<string, string>> {
  const kernel = betterKernel(await readChoice());
  return kernel === undefined ? {} : { OPENBLAS_CORETYPE: kernel };
}

async function readChoice(): Promise<BlasChoice> {
  const none = { kernel: null, instructions: [] };
  try {
    const { success, stdout } = await new Deno.Command(python, {
      args: ["-B", peerFile("blas_kernel.py")],
      stderr: "null",
    }).output();
    return success ? JSON.parse(new TextDecoder().decode(stdout)) : none;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return none;
    throw error;
  }
}
