import assert from "node:assert/strict";
import type { OwnContext, OwnRunnable } from "../experiment.ts";
import type { OwnTable } from "../own/own_table.ts";
import type { ColumnValues } from "../own/row_column.ts";
import { partsHere } from "../parts.ts";
import type { Tiles } from "../sprite_sheet.ts";

/** Outputs of a run on data of one's own besides its payload; for tests only. */
export interface RecordedOwnRun<Payload> {
  /** Its payload. */
  readonly payload: Payload;
  /** Values per row, by column. */
  readonly columns: ReadonlyMap<string, ColumnValues>;
  /** Models by name, as they are read back from a file. */
  readonly models: ReadonlyMap<string, unknown>;
  /** Sheets of images by name. */
  readonly images: ReadonlyMap<string, Tiles>;
}

/**
 * Runs an experiment on data of one's own, and asserts that its progress never goes back and stays between 0 and 1; for
 * tests only.
 *
 * @param run The experiment.
 * @param table The data.
 * @param seed The seed.
 * @param parameters Parameters that differ from the profile `quick`.
 * @returns The payload, and what the run gave for its rows and for new ones.
 */
export async function recordOwnRun<Payload>(
  run: Omit<OwnRunnable, "run"> & {
    // deno-lint-ignore no-explicit-any -- each experiment has its own parameters
    run(context: OwnContext<any>): Promise<Payload>;
  },
  table: OwnTable,
  seed: number,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<RecordedOwnRun<Payload>> {
  const columns = new Map<string, ColumnValues>();
  const models = new Map<string, unknown>();
  const images = new Map<string, Tiles>();
  const keep = (name: string) => ({ file: name, byteLength: 1, sha256: "0".repeat(64) });
  let done = 0;
  const signal = new AbortController().signal;
  const asked = { table, parameters: { ...run.profiles.quick, ...parameters }, seed, signal };
  const payload = await run.run({
    ...asked,
    ...partsHere({ id: "recorded", parts: run.parts }, asked),
    stage: async (_, work) => await work(),
    update(fraction) {
      assert(fraction >= done && fraction <= 1, `${done}, then ${fraction}`);
      done = fraction;
    },
    image(name, tiles) {
      assert(!images.has(name), name);
      images.set(name, tiles);
      const { shape: { height, width }, channels = 1, columns = 10, values } = tiles;
      const count = values.length / (height * width * channels);
      return { ...keep(`${name}.png`), tile: { width, height }, columns, count };
    },
    asset: keep,
    column(name, values) {
      assert(!columns.has(name), name);
      assert.equal(values.length, table.raw.shape[0], name);
      columns.set(name, values);
    },
    model(name, json) {
      assert(!models.has(name), name);
      models.set(name, JSON.parse(JSON.stringify(json)));
    },
  });
  return { payload, columns, models, images };
}
