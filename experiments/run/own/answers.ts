import { replaceFolder } from "@mixtape/report-site";
import type { Result } from "@mixtape/results";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { ResultStore } from "../result_store.ts";
import { type OwnTable, usedTables } from "./own_table.ts";
import { decodeColumn } from "./row_column.ts";
import { openRowsFile, rowNames, type RowValue } from "./rows_file.ts";
import { type ModelEntry, type RunModels, runModelsFile } from "./run_models.ts";

/** A column of the file of rows. */
interface NamedColumn {
  readonly name: string;
  readonly values: readonly RowValue[];
}

/** The files that a run leaves beside its pages. */
export interface Answers {
  /** Paths of the files of rows. */
  readonly rows: readonly string[];
  /** Names of the columns that experiments gave. */
  readonly columns: readonly string[];
}

/** Rows that are written at a time. */
const BLOCK_ROWS = 10_000;

/**
 * Writes what experiments found of each row, as `rows.csv` and `rows.parquet`, and the models that they fitted, into
 * the folder `models`: of all results in the store that are on these data.
 *
 * @param out Folder of the report.
 * @param run The data, the results, and ids of the experiments whose results count.
 * @returns The files and columns; no column if no experiment gave one.
 */
export async function writeAnswers(
  out: string,
  { table, store, ids }: {
    readonly table: OwnTable;
    readonly store: ResultStore;
    readonly ids: readonly string[];
  },
): Promise<Answers> {
  const used = usedTables(table);
  const found = await Promise.all(ids.map((id) => store.findOn(id, used)));
  const results = found.filter((result) => result !== undefined);
  await writeModels(join(out, "models"), table, store, results);
  const given = await givenColumns(store, results);
  const columns = [...rowColumns(table, given.map(({ name }) => name)), ...given];
  const rows = ["rows.csv", "rows.parquet"].map((name) => join(out, name));
  for (const path of rows) await writeRows(path, columns);
  return { rows, columns: given.map(({ name }) => name) };
}

async function writeRows(path: string, columns: readonly NamedColumn[]): Promise<void> {
  await using file = await openRowsFile(path, columns.map(({ name }) => name));
  const rows = columns[0].values.length;
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    await file.write(columns.map(({ values }) => values.slice(from, from + BLOCK_ROWS)));
  }
  await file.finish();
}

async function givenColumns(
  store: ResultStore,
  results: readonly Result[],
): Promise<NamedColumn[]> {
  const given: NamedColumn[] = [];
  for (const { experiment, columns } of results) {
    for (const { name, kind, content } of columns) {
      if (given.some((other) => other.name === name)) {
        throw new TypeError(
          `Cannot write the column ${name} of ${experiment}: another experiment gave one`,
        );
      }
      given.push({ name, values: decodeColumn({ kind, bytes: await store.read(content) }) });
    }
  }
  return given;
}

/** Returns the columns that tell which row a line is of: its number in the file, from 0, and its id. */
function rowColumns(
  { rowNumbers, fileIds, idColumn, imageShape }: OwnTable,
  taken: readonly string[],
): NamedColumn[] {
  const name = idColumn ?? (imageShape === null ? "id" : "path");
  const names = rowNames(fileIds === null ? null : name, taken);
  const values = [
    Array.from(rowNumbers),
    Array.from(rowNumbers, (at) => fileIds === null ? null : fileIds[at]),
  ];
  return names.map((name, at) => ({ name, values: values[at] }));
}

async function writeModels(
  folder: string,
  table: OwnTable,
  store: ResultStore,
  results: readonly Result[],
): Promise<void> {
  await replaceFolder(folder, async (next) => {
    const keep = async (name: string, bytes: Uint8Array): Promise<ModelEntry> => {
      await Deno.writeFile(join(next, `${name}.json`), bytes);
      return { name, sha256: createHash("sha256").update(bytes).digest("hex") };
    };
    const preparation = await keep(
      "preparation",
      new TextEncoder().encode(JSON.stringify(table.preparation)),
    );
    const experiments: RunModels["experiments"][number][] = [];
    for (const { experiment, key, models } of results) {
      if (models.length === 0) continue;
      const entries: ModelEntry[] = [];
      for (const { name, content } of models) {
        entries.push(await keep(name, await store.read(content)));
      }
      experiments.push({ experiment, key, models: entries });
    }
    const { name, idColumn, labelColumn, imageShape, classNames, used } = table;
    const run: RunModels = {
      format: "mixtape-run",
      version: 1,
      data: { name, sha256: used.files[0].sha256, rows: used.rows },
      idColumn,
      labelColumn,
      imageShape,
      classNames: [...classNames],
      preparation,
      experiments,
    };
    await Deno.writeTextFile(join(next, runModelsFile), `${JSON.stringify(run, null, 1)}\n`);
  });
}
