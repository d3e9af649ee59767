import { readTable, type TableRowSource } from "@mixtape/datasets/table";
import { createHash, randomUUID } from "node:crypto";
import { basename, join, resolve } from "node:path";
import { hashSource } from "../../experiments/run/own/hash_source.ts";
import type { BlockData } from "./block_question.ts";
import { isAddress } from "./is_address.ts";

/** Folders in which files are looked for, and into which they are downloaded. */
export interface BlockFolders {
  /** Folder to which paths are relative; the current one by default. */
  readonly dataDir?: string;
  /** Folder of downloads. */
  readonly cacheDir: string;
}

/** A file that is read by ranges of rows, and its hash. */
export interface BlockFile {
  readonly rows: TableRowSource;
  readonly sha256: string;
}

/**
 * Opens a file whose rows are to live with several workers. An address is downloaded once, into a file named after its
 * hash.
 *
 * @param data The file or address, the columns, and the hash if it is known.
 * @param folders Folders in which it lies, and into which it is downloaded.
 * @param signal Ends the reading.
 * @returns The rows, and the hash of the file.
 * @throws {RangeError} If its rows cannot be read by ranges.
 * @throws {TypeError} If its hash is another one.
 */
export async function openBlockFile(
  { path, sha256: expected, columns, exclude }: Partial<BlockData> & Pick<BlockData, "path">,
  { dataDir, cacheDir }: BlockFolders,
  signal: AbortSignal,
): Promise<BlockFile> {
  const found = isAddress(path)
    ? await download(path, expected, cacheDir, signal)
    : { file: resolve(dataDir ?? ".", path), sha256: undefined };
  const sha256 = found.sha256 ?? await hashSource(found.file, signal);
  if (expected !== undefined && sha256 !== expected) {
    throw new TypeError(
      `Cannot use ${path}: the file here is not that of the run, its hash begins with ` +
        `${sha256.slice(0, 8)} in place of ${expected.slice(0, 8)}, give this worker the same file`,
    );
  }
  const rows = await readTable.rows(found.file, {
    name: path,
    ...columns && { columns },
    ...exclude && { exclude },
  });
  if (rows.isRanged) return { rows, sha256 };
  throw new RangeError(
    `Cannot spread ${path} over workers: its rows cannot be read by ranges, ` +
      `write it as NPY (in C order, not compressed), Parquet or IDX`,
  );
}

async function download(
  address: string,
  expected: string | undefined,
  cacheDir: string,
  signal: AbortSignal,
): Promise<{ readonly file: string; readonly sha256: string }> {
  const name = basename(URL.parse(address)?.pathname ?? "") || "data";
  const fileOf = (sha256: string) => join(cacheDir, "blocks", sha256, name);
  if (expected !== undefined && await isFile(fileOf(expected))) {
    return { file: fileOf(expected), sha256: expected };
  }
  const response = await fetch(address, { signal }).catch((error) => {
    // Not what Ctrl-C ends, or a permission that is missing.
    if (!(error instanceof TypeError)) throw error;
    const { message, cause } = error;
    throw new TypeError(`Cannot read ${address}: its server does not answer (${message})`, {
      cause,
    });
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new RangeError(
      `Cannot read ${address}: the server answers ${response.status} ${response.statusText}`.trim(),
    );
  }
  const work = join(cacheDir, "blocks", randomUUID());
  await Deno.mkdir(work, { recursive: true });
  try {
    const hash = createHash("sha256");
    using file = await Deno.open(join(work, name), { write: true, create: true });
    for await (const chunk of response.body) {
      hash.update(chunk);
      for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
    }
    const sha256 = hash.digest("hex");
    if (!await isFile(fileOf(sha256))) {
      // Another program may have put it there meanwhile.
      await Deno.rename(work, join(cacheDir, "blocks", sha256)).catch(async (error) => {
        if (!await isFile(fileOf(sha256))) throw error;
      });
    }
    return { file: fileOf(sha256), sha256 };
  } finally {
    await Deno.remove(work, { recursive: true }).catch(() => {});
  }
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then(({ isFile }) => isFile, () => false);
}
