import type { UsedData } from "@mixtape/results";
import { createHash } from "node:crypto";
import type { OwnSettings } from "../experiments/run/own/read_own_table.ts";
import type { Asked } from "../experiments/run/parts.ts";
import type { AnyParameters } from "../experiments/run/perform.ts";
import type { Version } from "./job.ts";

/** Data as they are asked for: each worker reads them where it is. */
export type DataSource =
  | { readonly named: "mnist" | "sample" }
  | { readonly own: OwnSettings };

/** The question of a job: an experiment or a part of one, and all that its answer depends on. */
export interface ExperimentQuestion {
  /** Id of the experiment. */
  readonly experiment: string;
  /** Name of the part; null for the experiment as a whole. */
  readonly part: string | null;
  /** The question to the part; null for the experiment as a whole. */
  readonly asked: Asked | null;
  readonly parameters: AnyParameters;
  readonly seed: number;
  /** Key of the result. */
  readonly key: string;
  readonly source: DataSource;
  /** The data that the source must give, with the hashes of their files. */
  readonly data: readonly UsedData[];
  /** A text that no other run has, if outcomes of other runs are not wanted (`--force`); null otherwise. */
  readonly only: string | null;
}

/**
 * Names a job after all that its answer depends on.
 *
 * @param version The code and the backend.
 * @param question The question.
 * @returns SHA-256 in hexadecimal digits.
 */
export function jobName(version: Version, question: ExperimentQuestion): string {
  // The place of the data is not part of what is asked.
  const { source: _, ...asked } = question;
  return createHash("sha256").update(JSON.stringify([version, asked])).digest("hex");
}

/**
 * Names a job for people.
 *
 * @param question The question.
 */
export function jobTitle(question: ExperimentQuestion): string {
  const part = partTitle(question);
  return part === null ? question.experiment : `${question.experiment}: ${part}`;
}

/**
 * Names the part of a job and its question for people.
 *
 * @param question The question.
 * @returns The name; null for an experiment as a whole.
 */
export function partTitle({ part, asked }: ExperimentQuestion): string | null {
  if (part === null) return null;
  const details = Object.entries(asked ?? {}).map(([name, value]) =>
    typeof value === "string" ? value : `${name} ${value}`
  );
  return [part, ...details].join(", ");
}

/** The answer to a job: the outcome itself if it is small, or its place in the shared folder. */
export type ExperimentAnswer = {
  /** SHA-256 of the outcome. */
  readonly sha256: string;
  /** The bytes of the outcome as base64; null if they are only in the shared folder. */
  readonly inline: string | null;
};

/** Largest outcome that goes through Redis, in bytes. */
export const mostInline = 65_536;
