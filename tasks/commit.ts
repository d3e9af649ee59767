import { dirname, join, resolve } from "node:path";

/** References that name others may do so for so many steps. */
const steps = 5;

/**
 * Reads which commit is checked out, from the files of git, so that no task need run git for it.
 *
 * @param folder A folder of the repository; in a worktree or submodule, `.git` is a file that leads to the real one.
 * @returns The hash in 40 digits; null where there is no repository, no commit yet, or its files are not understood.
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
  /** Where this working tree keeps what is its own, such as HEAD. */
  readonly gitDir: string;
  /** Where all working trees keep what they share, such as branches. */
  readonly commonDir: string;
}

/** Looks in the folder and in those that it is in. */
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

/** The text of a file; nothing if there is no such file, a folder in its place, or it may not be read. */
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
