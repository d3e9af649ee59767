import { z } from "zod";
import { record } from "./checks.ts";
import { type StoredFile, storedFile } from "./stored_file.ts";

/**
 * A file beside a result, for data that are binary or too large for its JSON: weights, fitted models, pixels. Its
 * path looks like `try-it/0123456789ab/classifier.safetensors`.
 */
export type Asset = StoredFile;

/** The schema of an {@link Asset}. */
export const asset: z.ZodType<Asset> = record<Asset>(
  storedFile(
    z.string().regex(
      /^[a-z0-9][a-z0-9_-]*(?:\/[a-z0-9][a-z0-9._-]*)*\.(?:safetensors|json|bin)$/,
      "expected the relative path of a file, such as try-it/classifier.safetensors",
    ),
  ),
  "Asset",
);
