/**
 * Thrown when the folder of downloads cannot be read or written, because of a full disk or a
 * missing permission, for instance.
 */
export class CacheError extends TypeError {
  /** Name of the class, which identifies this error even if the class is loaded twice. */
  override readonly name = "CacheError";
  /** File or folder that failed. */
  readonly path: string;

  /**
   * Makes an error whose message names the path and the reason.
   *
   * @param path The file or folder that failed.
   * @param cause The error of the file system.
   */
  constructor(path: string, cause: Error & { readonly code?: unknown }) {
    const why = reasons[String(cause.code)] ?? cause.message;
    super(
      `Cannot keep downloads in ${path}: ${why}, fix that ` +
        `or choose another folder of downloads (cacheDir)`,
      { cause },
    );
    this.path = path;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EDQUOT: "the quota of the disk is used up",
  EEXIST: "there is a file instead of a folder",
  EFBIG: "the file exceeds the size limit",
  EISDIR: "there is a folder instead of a file",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "the disk is full",
  ENOTDIR: "there is a file instead of a folder",
  EPERM: "the operation is not permitted",
  EROFS: "the file system is read-only",
};

/**
 * Turns a failure of the file system into a {@linkcode CacheError} that names its path.
 *
 * @param error The value that was thrown.
 * @param folder The folder that was written to, for failures that do not name their path.
 * @returns The error; undefined if `error` is not a failure of the file system.
 */
export function cacheError(error: unknown, folder: string): CacheError | undefined {
  const { code, syscall, path } = error as { code?: unknown; syscall?: unknown; path?: unknown };
  if (!(error instanceof Error) || typeof code !== "string") return undefined;
  if (syscall === undefined && !Object.hasOwn(reasons, code)) return undefined;
  return new CacheError(typeof path === "string" ? path : folder, error);
}
