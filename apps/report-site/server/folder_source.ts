import { join, relative, sep } from "node:path";
import type { FileSource, ServedFile } from "./answer.ts";

/** The files of a folder, and nothing outside it. */
export class FolderSource implements FileSource {
  readonly #folder: string;

  /** Serves a folder. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Finds a file in the folder; a link that leads out of it, or to a hidden file, finds none. */
  async file(path: string): Promise<ServedFile | undefined> {
    try {
      const root = await Deno.realPath(this.#folder);
      const file = await Deno.realPath(join(root, path));
      const steps = relative(root, file).split(sep);
      // Upward steps begin with a dot, too.
      if (steps.some((step) => step.startsWith("."))) return undefined;
      if (!(await Deno.stat(file)).isFile) return undefined;
      return { content: await Deno.readFile(file) };
    } catch (error) {
      if (isNoFile(error)) return undefined;
      throw error;
    }
  }
}

const classes = [
  Deno.errors.NotFound,
  Deno.errors.NotADirectory,
  Deno.errors.IsADirectory,
  Deno.errors.FilesystemLoop,
  Deno.errors.PermissionDenied,
  Deno.errors.NotCapable,
];

/** Returns true for errors that mean that there is no readable file of that name. */
function isNoFile(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return classes.some((one) => error instanceof one) || code === "ENAMETOOLONG" || code === "ELOOP";
}
