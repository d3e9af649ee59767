import type { z } from "zod";
import { oneOf } from "./checks.ts";

/** Name of a set of out-of-distribution images. */
export type OodSetName =
  | "other-data-set"
  | "rotated"
  | "inverted"
  | "shuffled-pixels"
  | "gaussian-noise"
  | "uniform-noise"
  | "blended"
  | "held-out-classes";

/** Every {@link OodSetName}. */
export const oodSetNames: readonly OodSetName[] = [
  "other-data-set",
  "rotated",
  "inverted",
  "shuffled-pixels",
  "gaussian-noise",
  "uniform-noise",
  "blended",
  "held-out-classes",
];

/** The schema of an {@link OodSetName}. */
export const oodSetName: z.ZodType<OodSetName> = oneOf<OodSetName>(oodSetNames);
