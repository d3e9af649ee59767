/** The reason and the remedy for each error code of the file system. */
const reasons: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  EACCES: ["permission is denied", "change its permissions or choose another path"],
  EBUSY: ["it is in use", "close what uses it and try again"],
  EDQUOT: ["your quota of the disk is used up", "free some space or choose another disk"],
  EEXIST: ["something of that name is there", "move it away or choose another path"],
  EFBIG: ["the file would be too large for the file system", "choose another disk"],
  EINVAL: ["the name is not one that files can have", "choose another name"],
  EIO: ["the device failed", "check the disk or choose another"],
  EISDIR: ["it is a folder", "move it away or name a file"],
  ELOOP: ["its symbolic links lead in a circle", "mend the links or choose another path"],
  EMFILE: ["too many files are open", "raise the limit (ulimit -n) and try again"],
  ENAMETOOLONG: ["the name is too long", "choose a shorter one"],
  ENFILE: ["too many files are open on this machine", "close some programs and try again"],
  ENOENT: ["there is no such file or folder", "check the path"],
  ENOSPC: ["the disk is full", "free some space or choose another disk"],
  ENOTDIR: ["a part of the path is a file, not a folder", "choose another path"],
  ENOTEMPTY: ["the folder is not empty", "close what writes into it and try again"],
  EPERM: ["it is not permitted", "change its permissions or choose another path"],
  EROFS: ["it is read-only", "choose another path or make it writable"],
  ETXTBSY: ["it is in use", "close what uses it and try again"],
  EXDEV: ["it is on another disk than the folder it is in", "choose another path"],
};

const readingCalls =
  /^(readfile|readdir|stat|lstat|realpath|readlink|read|scandir|opendir|access)$/;

/** The part of a path that lies in a temporary work folder, in which files are prepared before they are moved. */
const workFolder = /[/\\]\.mixtape-[^/\\]*([/\\].*)?$/;

/**
 * Describes an error of the file system in a sentence.
 *
 * @param error The error that Deno or Node.js threw.
 * @returns The sentence, with the path and a remedy; nothing if the error is not from the file system or already has
 * a message of this form.
 */
export function describeFileError(error: Error): string | undefined {
  if (error instanceof Deno.errors.NotCapable) return describeDenial(error.message);
  const { code, path: named, syscall } = error as Error & Partial<Record<string, unknown>>;
  const known = typeof code === "string" ? reasons[code] : undefined;
  const fromSystem = /\(os error \d+\)/.test(error.message) || syscall !== undefined;
  if (known === undefined || !fromSystem) return undefined;
  const [reason, remedy] = known;
  const said = /(\w+) '([^']*)'(?: -> '(.*)')?$/s.exec(error.message);
  const call = said?.[1] ?? String(syscall ?? "open");
  const path = said?.[3] ?? said?.[2] ?? (typeof named === "string" ? named : undefined);
  const verb = verbOf(call);
  const place = path === undefined ? "a file" : path.replace(workFolder, "");
  return `Cannot ${verb} ${place}: ${reason}, ${remedy}`;
}

function verbOf(call: string): string {
  if (call.startsWith("spawn")) return "run";
  if (call === "open") return "open";
  return readingCalls.test(call) ? "read" : "write to";
}

function describeDenial(message: string): string | undefined {
  const said = /^Requires (\w+) access to "(.*?)"/s.exec(message);
  if (said === null) return undefined;
  const [, kind, what] = said;
  if (kind === "all") {
    return `Cannot use ${what}: Deno keeps /dev, /proc and /sys from tasks, choose another path`;
  }
  const verbs: Readonly<Record<string, string>> = { read: "read", write: "write to", run: "run" };
  const verb = verbs[kind] ?? `use (${kind})`;
  const flag = `--allow-${kind}=${what}`;
  return `Cannot ${verb} ${what}: this task is not permitted to, add ${flag} to its command in deno.json`;
}
