import type { Equivalent } from "../find_equivalent.ts";

/** Changes of a kernel of the `simd` backend that have one reason. */
export interface KernelGroup {
  /** Path of the file from the folder of the kernels. */
  readonly file: string;
  /** The reason. */
  readonly because: string;
  /** Lines of code, and indented below each what is replaced and, after arrows, what replaces it. */
  readonly changes: string;
}

/** Lists the mutants that groups describe. */
export function readGroups(groups: readonly KernelGroup[]): Equivalent[] {
  return groups.flatMap(({ file, because, changes }) => {
    let line = "";
    return changes.trim().split("\n").flatMap((text) => {
      if (!text.startsWith(" ")) line = text;
      const [original, ...replacements] = text.trim().split(" → ");
      return replacements.map((replacement) => ({
        ...{ file: `packages/simd/kernels/${file}`, line, original, replacement, because },
      }));
    });
  });
}
