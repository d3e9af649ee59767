import { basename, dirname, join } from "node:path";

const prefix = ".mixtape-";
const ownerFile = "owner.json";

/** A folder without an owner's name is one being opened, unless it has been there for so long. */
const openingMs = 60_000;

/**
 * A folder beside a target, in which one process prepares what it then moves into place.
 *
 * Its name is its own, so that any number of processes work at the same time, and it goes when the work ends. Its
 * owner holds a lock that the system gives up with the process: the folder of a process that was killed is
 * recognised, and taken away when the next one is opened beside the same target.
 */
export class WorkFolder implements AsyncDisposable {
  /** Path of the folder. */
  readonly path: string;
  readonly #owner: Deno.FsFile;

  private constructor(path: string, owner: Deno.FsFile) {
    this.path = path;
    this.#owner = owner;
  }

  /** Path for the previous version; it is put back if the owner is killed before the new version is in place. */
  get previous(): string {
    return previousIn(this.path);
  }

  /**
   * Makes a folder of its own, and takes away those that were left beside the same target.
   *
   * @param target The file or folder that is going to be written; it need not exist, nor its folder.
   * @throws {Deno.errors.PermissionDenied} If nothing may be written beside `target`.
   */
  static async open(target: string): Promise<WorkFolder> {
    const parent = dirname(target);
    await Deno.mkdir(parent, { recursive: true });
    for await (const { name, isDirectory } of Deno.readDir(parent)) {
      if (isDirectory && name.startsWith(prefix)) await clearIfLeft(join(parent, name));
    }
    const path = join(parent, `${prefix}${crypto.randomUUID()}`);
    await Deno.mkdir(path);
    try {
      return new WorkFolder(path, await claim(path, basename(target)));
    } catch (error) {
      await Deno.remove(path, { recursive: true });
      throw error;
    }
  }

  /** Takes the folder away with what is still in it. */
  async [Symbol.asyncDispose](): Promise<void> {
    // Without its owner's name, nobody takes it for one that was left.
    await this.#owner.truncate().catch(() => {});
    this.#owner.close();
    // What cannot be taken away must not hide why the work failed; the next owner tries again.
    await Deno.remove(this.path, { recursive: true }).catch(() => {});
  }
}

function previousIn(path: string): string {
  return join(path, "previous");
}

/** Takes the lock first and writes the owner's name second: a name without a lock has lost its owner. */
async function claim(path: string, target: string): Promise<Deno.FsFile> {
  const file = await Deno.open(join(path, ownerFile), { createNew: true, read: true, write: true });
  try {
    await file.lock(true);
    const owner = { target, pid: Deno.pid, since: new Date().toISOString() };
    await Deno.writeTextFile(join(path, ownerFile), JSON.stringify(owner));
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Takes away a folder that was left, if that can be done: what cannot must not keep anybody from working. */
async function clearIfLeft(path: string): Promise<void> {
  try {
    // Locked until it is gone, so that no two processes take it away at the same time.
    using owner = await openIfThere(join(path, ownerFile));
    if (owner !== undefined && !await owner.tryLock(true)) return;
    const target = owner && targetOf(await readStart(owner));
    if (target === undefined) return await removeIfOld(path, openingMs);
    putBack(previousIn(path), join(dirname(path), target));
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    // Somebody else's, in a folder to which all may write, or one on a disk that fails.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

async function openIfThere(path: string): Promise<Deno.FsFile | undefined> {
  try {
    return await Deno.open(path, { read: true, write: true });
  } catch (error) {
    // Its owner, or another process, took it away in the meantime.
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function readStart(file: Deno.FsFile): Promise<string> {
  const buffer = new Uint8Array(1024);
  const length = await file.read(buffer) ?? 0;
  return new TextDecoder().decode(buffer.subarray(0, length));
}

/** The name in an owner's file, which may be empty or cut short. */
function targetOf(text: string): string | undefined {
  try {
    const { target } = JSON.parse(text);
    return typeof target === "string" && basename(target) === target ? target : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Removes a file or folder that nothing has changed for some time.
 *
 * @param path Its path; it may be gone already.
 * @param ageMs For how long, in milliseconds.
 */
export async function removeIfOld(path: string, ageMs: number): Promise<void> {
  try {
    const { mtime } = await Deno.lstat(path);
    if (mtime === null || Date.now() - mtime.getTime() <= ageMs) return;
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function putBack(previous: string, target: string): void {
  try {
    Deno.lstatSync(target);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    renameIfThere(previous, target);
  }
}

/**
 * Renames a file or folder.
 *
 * @param from Path of the folder to rename; nothing happens if it does not exist.
 * @param to New path.
 */
export function renameIfThere(from: string, to: string): void {
  try {
    Deno.renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
