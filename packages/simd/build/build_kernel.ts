import { compileKernel } from "./compile_kernel.ts";
import { generateSources } from "./generate_sources.ts";
import { writeModule } from "./write_module.ts";

/** Folder of the package. */
const folder = `${import.meta.dirname}/..`;

/** Lists the names of all kernels, each a file in `kernels/`. */
export function kernelNames(): string[] {
  return [...Deno.readDirSync(`${folder}/kernels`)]
    .filter((entry) => entry.isFile && entry.name.endsWith(".ts"))
    .map((entry) => entry.name.slice(0, -3)).sort();
}

/** Returns the AssemblyScript that programs write, by path. */
export function generatedSources(): Map<string, string> {
  return new Map(
    [...generateSources()].map(([name, text]) => [`${folder}/kernels/generated/${name}`, text]),
  );
}

/** Returns the path of the generated TypeScript of a kernel. */
export function modulePath(name: string): string {
  return `${folder}/module/${name}.ts`;
}

/**
 * Compiles `kernels/NAME.ts` (AssemblyScript) with and without relaxed SIMD.
 *
 * @param name Name of the kernel.
 * @returns The generated TypeScript, which holds both modules in base64.
 * @throws {SyntaxError} If the kernel does not compile.
 */
export async function buildKernel(name: string): Promise<string> {
  const file = `kernels/${name}.ts`;
  return writeModule(name, await compileKernel(file, false), await compileKernel(file, true));
}
