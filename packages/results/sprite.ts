import { z } from "zod";
import { positive, record } from "./checks.ts";
import { type StoredFile, storedFile } from "./stored_file.ts";

/**
 * A PNG image of tiles of equal size, filled row by row from left to right. Its path looks like
 * `kmeans-init/0123456789ab/centroids.png`.
 */
export interface Sprite extends StoredFile {
  /** Size of a tile, in pixels of the file. */
  readonly tile: { readonly width: number; readonly height: number };
  /** Number of tiles per row. */
  readonly columns: number;
  /** Number of tiles in all; the last row may be shorter. */
  readonly count: number;
}

/** The schema of a {@link Sprite}. */
export const sprite: z.ZodType<Sprite> = record<Sprite>({
  ...storedFile(
    z.string().regex(
      /^[a-z0-9][a-z0-9_-]*(?:\/[a-z0-9][a-z0-9._-]*)*\.png$/,
      "expected the relative path of a PNG file, such as kmeans-init/centroids.png",
    ),
  ),
  tile: record<Sprite["tile"]>({ width: positive, height: positive }),
  columns: positive,
  count: positive,
}, "Sprite");
