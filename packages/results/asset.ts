import { z } from "zod";
import { positive, record } from "./checks.ts";

/** A file beside a result that holds what is too large or not text: weights, fitted models, pixels. */
export interface Asset {
  /** Path of the file, relative to the folder of the results: `try-it/classifier.safetensors`. */
  readonly file: string;
  /** How long it is. */
  readonly byteLength: number;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
}

/** The schema of an {@link Asset}. */
export const asset: z.ZodType<Asset> = record<Asset>({
  file: z.string().regex(
    /^[a-z0-9][a-z0-9_-]*(?:\/[a-z0-9][a-z0-9._-]*)*\.(?:safetensors|json|bin)$/,
    "expected the relative path of a file, such as try-it/classifier.safetensors",
  ),
  byteLength: positive,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits"),
}, "Asset");
