/** Address of the repository of the project. */
export const repository = "https://github.com/mixtape/mixtape";

/** Scope of the packages in their registry. */
export const registry = "jsr:@mixtape";

/**
 * Returns the address at which a folder of the repository can be read.
 *
 * @param folder Its path, from the top.
 * @param commit The commit; null for the newest.
 */
export function sourceAddress(folder: string, commit: string | null): string {
  return `${repository}/tree/${commit ?? "HEAD"}/${folder}`;
}

/** Holder of the copyright, as in LICENSE. */
export const author = "The Mixtape contributors";
