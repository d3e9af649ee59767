import type { Envelope } from "@mixtape/results";
import {
  count,
  list,
  oneOf,
  record,
  share,
  type Sprite,
  sprite,
  text,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** The numbers of images of each class in a split. */
export interface SplitCounts {
  /** Name of the split. */
  readonly split: "train" | "test";
  /** Images in all. */
  readonly rows: number;
  /** Images of each class, in the order of the labels. */
  readonly classCounts: readonly number[];
}

/** A summary of a data set. */
export interface DataSetSummary {
  /** Name in the manifest, as in the envelope's `data`. */
  readonly name: string;
  /** The splits that were read. */
  readonly splits: readonly SplitCounts[];
  /** Share of pixels that are not 0. */
  readonly density: number;
  /** Nine images of the set. */
  readonly samples: Sprite;
  /** The mean image of each class, in the order of the labels. */
  readonly classMeans: Sprite;
}

/** The payload of the experiment `data`. */
export interface DataPayload {
  /** One entry per data set. */
  readonly sets: readonly DataSetSummary[];
}

/** The schema of {@link DataPayload}. */
export const dataPayload: z.ZodType<DataPayload> = record<DataPayload>({
  sets: list(
    record<DataSetSummary>({
      name: text,
      splits: list(
        record<SplitCounts>({
          split: oneOf(["train", "test"]),
          rows: count,
          classCounts: list(count, 1),
        }),
        1,
      ),
      density: share,
      samples: sprite,
      classMeans: sprite,
    }),
    1,
  ),
});

/** The result of the experiment `data`. */
export type DataResult = Envelope<"data", DataPayload>;
