import { z } from "zod";
import { positive, type Shape } from "./checks.ts";

/** A reference to a file beside a result. */
export interface StoredFile {
  /** Path, relative to the folder of the results. */
  readonly file: string;
  /** Length in bytes, 1 or more. */
  readonly byteLength: number;
  /** SHA-256 of the bytes, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Makes the schemas of the fields of a {@link StoredFile}. */
export function storedFile(path: z.ZodType<string>): Shape<StoredFile> {
  return {
    file: path,
    byteLength: positive,
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits"),
  };
}
