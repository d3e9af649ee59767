/**
 * AssemblyScript of the `simd` backend, and the modules that it is built into.
 */
import { dirname, join } from "node:path/posix";

/** Path of the package from the root of the workspace. */
export const simdFolder = "packages/simd";

const folder = `${simdFolder}/kernels/`;

/** Returns true for AssemblyScript that is written by hand. */
export function isKernel(path: string): boolean {
  return path.startsWith(folder) && path.endsWith(".ts") && !path.includes("/generated/");
}

/** Returns true if a path names the folder of the AssemblyScript, or lies in it. */
export function namesKernels(path: string): boolean {
  return `${path}/`.startsWith(folder);
}

/** Name of the kernel that a file of AssemblyScript is, or is part of, or of the folder that it shares with others. */
export function kernelName(file: string): string {
  return file.slice(folder.length).split("/")[0].replace(/\.ts$/, "");
}

/** Replaces decorators, which Babel does not take before functions, by as many blanks. */
export function blankDecorators(text: string): string {
  return text.replace(/^[ \t]*@\w+/gm, (decorator) => " ".repeat(decorator.length));
}

/**
 * Names the kernels that a file of AssemblyScript is part of.
 *
 * @param root Path of the workspace.
 * @param file Path of the file from there.
 */
export function kernelsOf(root: string, file: string): string[] {
  return [...Deno.readDirSync(join(root, folder))]
    .filter(({ isFile, name }) => isFile && name.endsWith(".ts"))
    .filter(({ name }) => filesOf(root, folder + name).has(file))
    .map(({ name }) => name.slice(0, -3)).sort();
}

/** Paths of the generated TypeScript of the kernels that a file is part of. */
export function modulesOf(root: string, file: string): string[] {
  return kernelsOf(root, file).map(modulePath);
}

/** Path of the generated TypeScript of a kernel, from the root of the workspace. */
export function modulePath(kernel: string): string {
  return `${simdFolder}/module/${kernel}.ts`;
}

/** Files that a file imports, directly or not, and itself. */
function filesOf(root: string, entry: string): Set<string> {
  const found = new Set([entry]);
  for (const file of found) {
    const text = Deno.readTextFileSync(join(root, file));
    for (const [, target] of text.matchAll(/ from "(\.[^"]+)"/g)) {
      found.add(join(dirname(file), target));
    }
  }
  return found;
}
