import { readTable, type TableBlock, type TableOptions } from "@mixtape/datasets/table";
import { throwIfAborted } from "@mixtape/tensor-utils";
import { basename } from "node:path";
import type { AppliedModels } from "../experiment.ts";
import { preparationFromJSON } from "./preparation.ts";
import type { ColumnValues } from "./row_column.ts";
import { openRowsFile, rowNames, type RowValue } from "./rows_file.ts";
import { readModel, readRunModels, type RunModels } from "./run_models.ts";

/** An experiment that may read back its models. */
export interface Restorable {
  /** Its name. */
  readonly id: string;
  /** Loads the declaration of how it runs. */
  load(): Promise<object>;
}

/** New rows, and the way to read them. */
export interface NewData {
  /** Path of the file or folder. */
  readonly path: string;
  /** Column of the ids; that of the run by default. */
  readonly id?: string;
  /** Text between the cells of a CSV. */
  readonly delimiter?: string;
}

/** The outcome of models applied to new rows. */
export interface AppliedRows {
  /** Number of rows. */
  readonly rows: number;
  /** Names of the columns that the models gave. */
  readonly columns: readonly string[];
  /** Columns of numbers of the file that the run did not use. */
  readonly unused: readonly string[];
}

/**
 * Applies the models of a run to new rows, block by block, and writes what they say of each row.
 *
 * @param run Folder of the report.
 * @param data The new rows.
 * @param settings File to write, the experiments, a signal that ends the work, and a function that is told of progress.
 * @returns The number of rows, and the columns.
 * @throws {RangeError} If there are no models, or the new rows lack a column of the run.
 * @throws {SyntaxError} If a model or the file is damaged, or a column holds something else than numbers.
 */
export async function applyModels(
  run: string,
  data: NewData,
  { out, experiments, signal, onProgress }: {
    readonly out: string;
    readonly experiments: readonly Restorable[];
    readonly signal: AbortSignal;
    readonly onProgress: (fraction: number, note: string) => void;
  },
): Promise<AppliedRows> {
  const models = await readRunModels(run);
  const preparation = preparationFromJSON(await readModel(run, models.preparation));
  const restored = await restoreModels(run, models, experiments);
  try {
    const names = restored.flatMap(({ columns }) => columns);
    const id = models.imageShape === null ? data.id ?? models.idColumn : "path";
    const ofRows = rowNames(id, names);
    await using file = await openRowsFile(out, [...ofRows, ...names]);
    let rows = 0;
    for await (const block of blocksOf(data, models, preparation.columns, signal, onProgress)) {
      const prepared = await preparation.apply(block.x);
      const given: ColumnValues[] = [];
      for (const model of restored) {
        given.push(...await model.apply({ raw: block.x, prepared }));
        throwIfAborted(signal);
      }
      await file.write([
        ...rowValues(block).slice(0, ofRows.length),
        ...given.map((values) => Array.from(values as ArrayLike<RowValue>)),
      ]);
      rows += block.x.shape[0];
    }
    const unused = await unusedColumns(data, models, preparation.columns);
    await file.finish();
    return { rows, columns: names, unused };
  } finally {
    for (const model of restored) model.dispose();
  }
}

async function restoreModels(
  run: string,
  { experiments, classNames }: RunModels,
  known: readonly Restorable[],
): Promise<AppliedModels[]> {
  const restored: AppliedModels[] = [];
  for (const { experiment, models } of experiments) {
    const declared = await known.find(({ id }) => id === experiment)?.load() as
      | {
        restore?: (
          models: Map<string, unknown>,
          names: readonly string[],
        ) => Promise<AppliedModels>;
      }
      | undefined;
    if (declared?.restore === undefined) continue;
    const json = new Map<string, unknown>();
    for (const entry of models) json.set(entry.name, await readModel(run, entry));
    restored.push(await declared.restore(json, classNames));
  }
  if (restored.length > 0) return restored;
  throw new RangeError(
    `Cannot use ${run}: it has no models that can be applied, run all experiments on its data first`,
  );
}

/** Reads new rows in the columns of a run. */
function blocksOf(
  { path, id, delimiter }: NewData,
  { idColumn, imageShape }: RunModels,
  columns: readonly string[],
  signal: AbortSignal,
  onProgress: (fraction: number, note: string) => void,
): AsyncIterable<TableBlock> {
  const name = basename(path);
  const options: TableOptions = {
    signal,
    delimiter,
    ...imageShape === null
      ? { columns, id: id ?? idColumn ?? undefined }
      : { imageSize: imageShape, channels: imageShape.channels },
    onProgress: ({ rows, bytes, totalBytes }) =>
      onProgress(
        bytes === undefined || !totalBytes ? 0 : bytes / totalBytes,
        `${name}, row ${rows}`,
      ),
  };
  return readTable.blocks(path, options);
}

function rowValues({ x: { shape: [n] }, firstRow, ids }: TableBlock): (readonly RowValue[])[] {
  const rows = Array.from({ length: n }, (_, i) => firstRow + i);
  return ids === undefined ? [rows] : [rows, ids];
}

/** Lists the columns of numbers that a file has and the run did not use, which its first rows show. */
async function unusedColumns(
  { path, id, delimiter }: NewData,
  { idColumn, labelColumn, imageShape }: RunModels,
  columns: readonly string[],
): Promise<string[]> {
  if (imageShape !== null) return [];
  const known = new Set([...columns, labelColumn, id ?? idColumn]);
  for await (const block of readTable.blocks(path, { delimiter })) {
    return block.columns.filter((name) => !known.has(name));
  }
  return [];
}
