import { dirname, join, resolve } from "node:path";

/** The longest chain of symbolic references to follow. */
const steps = 5;

/**
 * Reads the hash of the commit that is checked out from git's files, so that no task needs to run git.
 *
 * @param folder A folder of the repository; in a worktree or submodule, `.git` is a file that leads to the real one.
 * @returns The hash, 40 hexadecimal digits; null if there is no repository, no commit yet, or a format not known here.
 */
export async function readCommit(folder: string): Promise<string | null> {
  const gitDir = await findGitDir(resolve(folder));
  if (gitDir === undefined) return null;
  const common = await readLine(join(gitDir, "commondir"));
  const places = { gitDir, commonDir: common === undefined ? gitDir : resolve(gitDir, common) };
  let value = await readLine(join(gitDir, "HEAD"));
  for (let step = 0; step < steps; step += 1) {
    const name = /^ref: (refs\/.+)$/.exec(value ?? "")?.[1];
    if (name === undefined) break;
    value = await readReference(name, places);
  }
  return value !== undefined && /^[0-9a-f]{40}$/.test(value) ? value : null;
}

interface Places {
  /** Folder of the files of this working tree alone, such as HEAD. */
  readonly gitDir: string;
  /** Folder of the files that all working trees share, such as branches. */
  readonly commonDir: string;
}

/** Finds git's folder for a folder or the nearest of its parents that has one. */
async function findGitDir(folder: string): Promise<string | undefined> {
  const path = join(folder, ".git");
  const link = /^gitdir: (.+)$/.exec(await readLine(path) ?? "")?.[1];
  if (link !== undefined) return resolve(folder, link);
  if (await readLine(join(path, "HEAD")) !== undefined) return path;
  const above = dirname(folder);
  return above === folder ? undefined : await findGitDir(above);
}

async function readReference(
  name: string,
  { gitDir, commonDir }: Places,
): Promise<string | undefined> {
  const loose = await readLine(join(gitDir, name)) ?? await readLine(join(commonDir, name));
  if (loose !== undefined) return loose;
  const packed = await readText(join(commonDir, "packed-refs")) ?? "";
  const line = packed.split(/\r?\n/).find((line) => line.endsWith(` ${name}`));
  return line?.split(" ")[0];
}

async function readLine(path: string): Promise<string | undefined> {
  return (await readText(path))?.split(/\r?\n/)[0].trim();
}

/** Reads a file; returns nothing if it does not exist, is a folder, or may not be read. */
async function readText(path: string): Promise<string | undefined> {
  const { NotFound, NotADirectory, IsADirectory, PermissionDenied, NotCapable } = Deno.errors;
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const absent = [NotFound, NotADirectory, IsADirectory, PermissionDenied, NotCapable]
      .some((kind) => error instanceof kind);
    if (absent) return undefined;
    throw error;
  }
}
