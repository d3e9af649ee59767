import { describeValue } from "@mixtape/tensor-utils/host";
import { fileSystem } from "./file_system.ts";

/** A file of a folder. */
export interface FolderFile {
  /** Path within the folder, with slashes. */
  readonly path: string;
  /** Path or name for error messages. */
  readonly name: string;
  /** Reads the file. */
  bytes(): Promise<Uint8Array>;
}

/** Lists the files of a folder and its subfolders by their paths, without hidden ones. */
export async function folderFiles(folder: string): Promise<FolderFile[]> {
  const { readdir, readFile } = fileSystem(folder);
  const root = folder.replace(/[/\\]+$/, "");
  const files: FolderFile[] = [];
  const visit = async (inside: string) => {
    for (const entry of await readdir(`${root}/${inside}`, { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const path = `${inside}${entry.name}`;
      if (entry.isDirectory()) await visit(`${path}/`);
      else {
        const name = `${root}/${path}`;
        files.push({ path, name, bytes: async () => new Uint8Array(await readFile(name)) });
      }
    }
  };
  await visit("");
  return byPath(files);
}

/**
 * Lists files that a page was given, as by `<input type="file" webkitdirectory>`.
 *
 * @throws {TypeError} If an entry is no file.
 * @throws {RangeError} If there are files, but no images.
 */
export function listedFiles(list: readonly unknown[]): FolderFile[] {
  const other = list.find((entry) => Object.prototype.toString.call(entry) !== "[object File]");
  if (other !== undefined) {
    throw new TypeError(
      `Cannot read a table from a list that holds ${
        describeValue(other)
      }: a list is one of image ` +
        `files, rows in memory are given as new Blob([JSON.stringify(rows)])`,
    );
  }
  const files = list as readonly File[];
  if (files.length > 0 && !files.some(({ name }) => isImageName(name))) {
    throw new RangeError(
      `Cannot read a list of files: ${JSON.stringify(files[0].name)} is no PNG or JPEG image, ` +
        `a table is given as the File itself, not in a list`,
    );
  }
  return byPath(files.map((file) => {
    // The first part is the folder that was chosen.
    const path = file.webkitRelativePath?.split("/").slice(1).join("/") || file.name;
    return { path, name: path, bytes: async () => new Uint8Array(await file.arrayBuffer()) };
  }));
}

/** Returns true for the names of images that are read. */
export function isImageName(path: string): boolean {
  return /\.(png|jpe?g)$/i.test(path);
}

function byPath(files: FolderFile[]): FolderFile[] {
  return files.sort((a, b) => a.path < b.path ? -1 : 1);
}
