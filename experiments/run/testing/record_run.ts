import assert from "node:assert/strict";
import type { RunContext, Runnable } from "../experiment.ts";
import type { ExperimentData } from "../image_dataset.ts";
import { type Asked, partsHere } from "../parts.ts";
import type { Tiles } from "../sprite_sheet.ts";

/** Outputs of a run besides its payload; for tests only. */
export interface RecordedRun {
  /** Sheets of images by name. */
  readonly images: ReadonlyMap<string, Tiles>;
  /** Files by name. */
  readonly assets: ReadonlyMap<string, Uint8Array>;
  /** Names of the stages, in the order in which they began. */
  readonly stages: readonly string[];
  /** Notes that were shown, in order. */
  readonly notes: readonly string[];
}

/**
 * Runs an experiment, and asserts that its progress never goes back and stays between 0 and 1; for tests only.
 *
 * @param run The experiment.
 * @param data The data.
 * @param seed The seed.
 * @param parameters Parameters that differ from the profile `quick`.
 * @returns The payload, and what the run drew, kept and showed.
 */
export async function recordRun<Payload>(
  run: Omit<Runnable, "run"> & {
    // deno-lint-ignore no-explicit-any -- each experiment has its own parameters
    run(context: RunContext<any>): Promise<Payload>;
  },
  data: ExperimentData,
  seed: number,
  parameters: Readonly<Record<string, unknown>>,
): Promise<RecordedRun & { readonly payload: Payload }> {
  const images = new Map<string, Tiles>();
  const assets = new Map<string, Uint8Array>();
  const stages: string[] = [];
  const notes: string[] = [];
  const fractions: number[] = [];
  const keep = (name: string) => ({ file: name, byteLength: 1, sha256: "0".repeat(64) });
  const asked = askedOf(run, data, seed, parameters);
  const payload = await run.run({
    ...asked,
    ...partsHere({ id: "recorded", parts: run.parts }, asked),
    stage: async (name, work) => {
      stages.push(name);
      return await work();
    },
    update(fraction, note) {
      fractions.push(fraction);
      if (note !== undefined) notes.push(note);
    },
    image(name, tiles) {
      assert(!images.has(name), name);
      images.set(name, tiles);
      const { shape: { height, width }, columns = 10, values } = tiles;
      const count = values.length / (height * width);
      return { ...keep(`${name}.png`), tile: { width, height }, columns, count };
    },
    asset(name, bytes) {
      assert(!assets.has(name), name);
      assets.set(name, bytes);
      return keep(name);
    },
  });
  fractions.forEach((fraction, at) => {
    assert(fraction >= 0 && fraction <= 1, `${fraction}, ${notes[at]}`);
    assert(at === 0 || fraction >= fractions[at - 1], `${fractions[at - 1]}, then ${fraction}`);
  });
  return { payload, images, assets, stages, notes };
}

/**
 * Does one part of an experiment, as a worker that did none before; for tests only.
 *
 * @param run The experiment.
 * @param data The data.
 * @param seed The seed.
 * @param parameters Parameters that differ from the profile `quick`.
 * @param name Name of the part.
 * @param question The question of the part.
 * @returns The answer.
 */
export async function recordPart(
  run: Pick<Runnable, "profiles" | "parts">,
  data: ExperimentData,
  seed: number,
  parameters: Readonly<Record<string, unknown>>,
  name: string,
  question: Asked,
): Promise<unknown> {
  const doer = partsHere(
    { id: "recorded", parts: run.parts },
    askedOf(run, data, seed, parameters),
  );
  return await doer.part(run.parts![name], question);
}

function askedOf(
  { profiles }: Pick<Runnable, "profiles">,
  data: ExperimentData,
  seed: number,
  parameters: Readonly<Record<string, unknown>>,
) {
  const { signal } = new AbortController();
  return { ...data, parameters: { ...profiles.quick, ...parameters }, seed, signal };
}
