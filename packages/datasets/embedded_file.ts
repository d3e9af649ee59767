import { fromBase64 } from "@mixtape/tensor-utils/host";
import { type DatasetEntry, expectedFiles } from "./manifest.ts";
import { manifest } from "./embedded/manifest.ts";

type Files = Readonly<Record<string, string>>;

/** Data sets that this package holds itself, by name; each is loaded when it is asked for. */
const sample: Readonly<Record<string, () => Promise<{ readonly files: Files }>>> = {
  "digits-8x8": () => import("./embedded/digits_8x8.ts"),
  "fashion-8x8": () => import("./embedded/fashion_8x8.ts"),
};

/**
 * Returns true if this package holds the files of a data set itself.
 *
 * @param name The name of the data set.
 * @param entry Its entry, which another manifest than that of this package may have changed.
 */
export function isEmbedded(name: string, entry: DatasetEntry): boolean {
  if (!Object.hasOwn(sample, name)) return false;
  const held = expectedFiles(manifest.datasets[name]);
  return expectedFiles(entry).every(({ file, sha256 }, i) =>
    file === held[i].file && sha256 === held[i].sha256
  );
}

/** Returns a file of a data set that this package holds, compressed with gzip. */
export async function embeddedFile(name: string, file: string): Promise<Uint8Array> {
  const { files } = await sample[name]();
  return fromBase64(files[file]);
}
