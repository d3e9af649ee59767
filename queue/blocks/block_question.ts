import type { AssignmentTotal } from "@mixtape/clustering";
import type {
  CandidateDraws,
  CandidateRound,
  MixtureCovariance,
  MixtureFactors,
  MixtureMoments,
  MixtureStepOptions,
} from "@mixtape/tensor-utils";
import { createHash } from "node:crypto";
import type { Json, Version } from "../job.ts";

/** Rows of a file that a run and its workers each read where they are. */
export interface BlockData {
  /** Path as the run was given it, or an address. */
  readonly path: string;
  /** SHA-256 of the file, in hexadecimal digits. */
  readonly sha256: string;
  /** Columns to use, in this order; all columns of numbers by default. */
  readonly columns?: readonly string[];
  /** Columns to leave out. */
  readonly exclude?: readonly string[];
}

/** Passes over blocks: what each is asked with, and what it answers for each block. */
export interface BlockPassTypes {
  /** Checks the rows, and finds their largest magnitude. */
  readonly magnitude: { readonly asked: null; readonly answer: number };
  /** An assignment of Lloyd's algorithm: the centroids, and those of the assignment before. */
  readonly lloyd: {
    readonly asked: { readonly centroids: Float64Array; readonly before: Float64Array | null };
    readonly answer: AssignmentTotal & { readonly changed: number };
  };
  /** A round of k-means‖. */
  readonly candidates: { readonly asked: CandidateRound; readonly answer: CandidateDraws };
  /** A step of expectation-maximisation. */
  readonly mixture: {
    readonly asked: {
      readonly covariance: MixtureCovariance;
      readonly factors: MixtureFactors;
      readonly options?: MixtureStepOptions;
    };
    readonly answer: MixtureMoments;
  };
}

/** Name of a pass. */
export type BlockPass = keyof BlockPassTypes;

/** The parameters that a pass is asked with. */
export type BlockAsked<Pass extends BlockPass> = BlockPassTypes[Pass]["asked"];

/** The answer of a pass for a block. */
export type BlockAnswer<Pass extends BlockPass> = BlockPassTypes[Pass]["answer"];

/** The question of a job: a pass over consecutive blocks. */
export interface BlockQuestion {
  readonly pass: BlockPass;
  /** Name of the parcel that holds what the pass is asked with. */
  readonly parcel: string;
  readonly data: BlockData;
  /** Number of rows of each block but the last of the data. */
  readonly blockRows: number;
  /** Index of the first block. */
  readonly firstBlock: number;
  /** Index of the block after the last one. */
  readonly endBlock: number;
}

/**
 * Tells the questions about blocks from others.
 *
 * @param question The question of a job.
 */
export function isBlockQuestion(question: unknown): question is BlockQuestion {
  return typeof (question as BlockQuestion | null)?.blockRows === "number";
}

/**
 * Names a job after all that its answer depends on.
 *
 * @param version The code and the backend.
 * @param question The question.
 * @returns SHA-256 in hexadecimal digits.
 */
export function blockJobName(version: Version, question: BlockQuestion): string {
  // The place of the data is not part of what is asked.
  const { data: { path: _, ...data }, ...asked } = question;
  return hashOf([version, data, asked] as unknown as Json);
}

/**
 * Hashes a value.
 *
 * @param value A value of JSON.
 * @returns SHA-256 in hexadecimal digits.
 */
export function hashOf(value: Json): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
