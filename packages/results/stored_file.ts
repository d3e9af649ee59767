import { z } from "zod";
import { positive, type Shape } from "./checks.ts";

/** A file beside a result. */
export interface StoredFile {
  /** Path of the file, relative to the folder of the results. */
  readonly file: string;
  /** How long it is. */
  readonly byteLength: number;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
}

/** The schemas of the fields of a {@link StoredFile}. */
export function storedFile(path: z.ZodType<string>): Shape<StoredFile> {
  return {
    file: path,
    byteLength: positive,
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits"),
  };
}
