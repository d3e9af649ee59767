/** The folder of downloads cannot be read or written: a full disk, a missing permission. */
export class CacheError extends TypeError {
  /** What a caller can tell this error by when classes are duplicated. */
  override readonly name = "CacheError";
  /** The file or folder that failed. */
  readonly path: string;

  /**
   * Says what failed, and why.
   *
   * @param path The file or folder that failed.
   * @param cause The error of the file system.
   */
  constructor(path: string, cause: Error & { readonly code?: unknown }) {
    const why = reasons[String(cause.code)] ?? cause.message;
    super(
      `Cannot keep downloads in ${path}: ${why}, put that right ` +
        `or choose another folder of downloads (cacheDir)`,
      { cause },
    );
    this.path = path;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EDQUOT: "the quota of the disk is used up",
  EEXIST: "a file is in the place of a folder",
  EFBIG: "the file is larger than files may be",
  EISDIR: "a folder is in the place of a file",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "the disk is full",
  ENOTDIR: "a file is in the place of a folder",
  EPERM: "it is not permitted",
  EROFS: "it is read-only",
};

/**
 * The error that says of a failure of the file system where it was.
 *
 * @param error What was thrown.
 * @param folder The folder that was written to, in case the failure does not name its path.
 * @returns The error; nothing if it was no failure of the file system.
 */
export function cacheError(error: unknown, folder: string): CacheError | undefined {
  const { code, syscall, path } = error as { code?: unknown; syscall?: unknown; path?: unknown };
  if (!(error instanceof Error) || typeof code !== "string") return undefined;
  if (syscall === undefined && !Object.hasOwn(reasons, code)) return undefined;
  return new CacheError(typeof path === "string" ? path : folder, error);
}
