import {
  type ReadProgress,
  readTable,
  type Table,
  type TableOptions,
} from "@mixtape/datasets/table";
import type { ParameterValue, TableScale } from "@mixtape/results";
import { compactLabels, type HostMatrix, random, takeRows } from "@mixtape/tensor-utils";
import { basename } from "node:path";
import { hashSource } from "./hash_source.ts";
import { type ImageSize, smallSize } from "./image_size.ts";
import { MOST_CLASSES, type OwnRows, type OwnTable } from "./own_table.ts";
import { learnPreparation } from "./preparation.ts";
import { type ForeignTable, readForeign } from "./read_foreign.ts";
import { pickColumns } from "./pick_columns.ts";

/** Files of one's own, and the way to read them. */
export interface OwnSettings {
  /** Path of the file or folder. */
  readonly path: string;
  /** Path of rows that do not belong, if any. */
  readonly foreign?: string;
  /** Column of the labels. */
  readonly label?: string;
  /** Column of the ids. */
  readonly id?: string;
  /** Columns to use; all columns of numbers by default. */
  readonly columns?: readonly string[];
  /** Columns to leave out. */
  readonly exclude?: readonly string[];
  /** Text between the cells of a CSV. */
  readonly delimiter?: string;
  /** Scale of the columns; `standard` for tables and `none` for images by default. */
  readonly scale?: TableScale;
  /** Size to which images are brought; by default theirs, or a small one where they are large. */
  readonly imageSize?: ImageSize;
  /** 1 to read images as grey, 3 in colour; by default as the first image is. */
  readonly channels?: 1 | 3;
  /** Number of rows to draw; all by default. */
  readonly sampleRows?: number;
}

/** Seed, signal and progress of a reading. */
export interface ReadingContext {
  /** The seed of all randomness. */
  readonly seed: number;
  /** Signal that Ctrl-C aborts. */
  readonly signal: AbortSignal;
  /** Called with the share that is done, from 0 to 1, and a note on what is read. */
  readonly onProgress: (fraction: number, note: string) => void;
  /** Called with a line for the reader about what is left out. */
  readonly onNote?: (note: string) => void;
}

/**
 * Reads data of one's own from a file or folder, draws rows if asked, and prepares them for models.
 *
 * @param settings The files, and the way to read them.
 * @param context Seed, signal and progress.
 * @returns The table; the same for the same files, settings and seed.
 * @throws {RangeError} If there is no such column, or none is left; if the foreign rows lack a column.
 * @throws {SyntaxError} If a file is damaged.
 */
export async function readOwnTable(
  settings: OwnSettings,
  { seed, signal, onProgress, onNote }: ReadingContext,
): Promise<OwnTable> {
  const { path, label, id, columns, exclude, delimiter, sampleRows } = settings;
  const name = nameOf(path);
  const share = settings.foreign === undefined ? 0.9 : 0.6;
  const small = settings.imageSize === undefined ? await smallSize(path, signal) : undefined;
  if (small !== undefined) {
    const { from, to } = small;
    onNote?.(
      `Images: made smaller, from ${from.width} × ${from.height} to ${to.width} × ${to.height} pixels ` +
        `(--image-size chooses)`,
    );
  }
  const imageSize = settings.imageSize ?? small?.to;
  const { channels } = settings;
  const shared: TableOptions = {
    delimiter,
    signal,
    ...imageSize && { imageSize },
    ...channels && { channels },
  };
  const options = { ...shared, label, id, columns, exclude };
  const sha256 = await hashSource(path, signal);
  const table = await readTable(path, {
    ...options,
    onProgress: (progress) => onProgress(share * shareOf(progress), name),
  });
  const fileRows = table.x.shape[0];
  const rowNumbers = drawRows(fileRows, sampleRows ?? fileRows, seed);
  const drawn = sampleRows === undefined ? table.x : takeRows(table.x, rowNumbers);
  const { kept, omitted } = withoutEmpty(table, drawn, name);
  for (const { name: column, example, hint } of omitted) {
    if (hint === undefined) continue;
    onNote?.(
      `Not used of ${name}: ${column}, which has ${JSON.stringify(example?.value)}: ${hint}`,
    );
  }
  const used = kept.map((j) => table.columns[j]);
  const raw = pickColumns(drawn, kept);
  const isImages = table.imageShape !== undefined;
  const scale = settings.scale ?? (isImages ? "none" : "standard");
  const { preparation, prepared } = await learnPreparation(raw, {
    columns: used,
    scale,
    isImages,
  });
  const { labels, classNames } = classesOf(table, rowNumbers);
  const reading = given({
    label,
    id,
    columns,
    exclude,
    delimiter,
    sampleRows,
    channels,
    imageSize: imageSize && `${imageSize.width}x${imageSize.height}`,
  });
  const described = {
    kind: "table" as const,
    columns: used.length,
    imageShape: table.imageShape ?? null,
    scale,
    reading,
  };
  const foreignTable = settings.foreign === undefined ? null : await readForeign(
    { path: settings.foreign, name: nameOf(settings.foreign) },
    { name, columns: used, table, options: shared },
    (progress) => onProgress(share + (0.9 - share) * shareOf(progress), nameOf(settings.foreign!)),
  );
  if (foreignTable !== null && foreignTable.unused.length > 0) {
    onNote?.(`Not used of ${foreignTable.name}: ${foreignTable.unused.join(", ")}`);
  }
  const foreign = foreignTable && await foreignRows(foreignTable);
  onProgress(1, name);
  return {
    name,
    raw,
    prepared,
    rowNumbers,
    fileIds: table.ids ?? null,
    columns: used,
    labels,
    classNames,
    labelColumn: label ?? null,
    idColumn: id ?? null,
    imageShape: table.imageShape ?? null,
    omitted,
    preparation,
    foreign,
    used: {
      ...described,
      role: "in-distribution",
      name,
      title: name,
      files: [{ name, sha256 }],
      rows: rowNumbers.length,
      fileRows,
      missing: countMissing(raw),
      classes: classNames.length,
      classNames: classNames.length > MOST_CLASSES ? [] : classNames,
    },
  };

  async function foreignRows({ raw, ids, name, path }: ForeignTable): Promise<OwnRows> {
    const n = raw.shape[0];
    return {
      name,
      raw,
      prepared: await preparation.apply(raw),
      rowNumbers: drawRows(n, n, seed),
      fileIds: ids,
      used: {
        ...described,
        role: "out-of-distribution",
        name,
        title: name,
        files: [{ name, sha256: await hashSource(path, signal) }],
        rows: n,
        fileRows: n,
        missing: countMissing(raw),
        classes: 0,
        classNames: [],
      },
    };
  }
}

function nameOf(path: string): string {
  return basename(path.replace(/[/\\]+$/, "")) || path;
}

function shareOf({ bytes, totalBytes }: ReadProgress): number {
  return bytes === undefined || !totalBytes ? 0 : Math.min(1, bytes / totalBytes);
}

/** Draws rows of a file, ascending; all of them if it has no more. */
function drawRows(n: number, count: number, seed: number): Uint32Array {
  if (count >= n) return Uint32Array.from({ length: n }, (_, row) => row);
  return random(seed).sample(n, count).sort();
}

/** Leaves out columns without any value, which a file may have by name, or a draw may leave. */
function withoutEmpty(
  { columns, omitted }: Table,
  { values, shape: [n, d] }: HostMatrix,
  name: string,
): Pick<Table, "omitted"> & { readonly kept: readonly number[] } {
  const has = new Uint8Array(d);
  for (let i = 0; i < n * d; i++) if (values[i] === values[i]) has[i % d] = 1;
  const indices = columns.map((_, j) => j);
  const empty = indices.filter((j) => has[j] === 0);
  if (empty.length === d) {
    throw new RangeError(
      `Cannot use ${name}: no column has a value in the ${n} rows that were drawn, ` +
        `raise --sample-rows or choose other --columns`,
    );
  }
  return {
    kept: indices.filter((j) => has[j] === 1),
    omitted: [...omitted, ...empty.map((j) => ({ name: columns[j], reason: "empty" as const }))],
  };
}

function classesOf({ labels }: Table, rows: Uint32Array): Pick<OwnTable, "labels" | "classNames"> {
  if (labels === undefined) return { labels: null, classNames: [] };
  const { codes, values } = compactLabels(Array.from(rows, (row) => labels[row]));
  return { labels: Int32Array.from(codes), classNames: values.map(String) };
}

function countMissing({ values }: HostMatrix): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) count++;
  return count;
}

/** Returns the settings that are not undefined. */
function given(
  settings: Readonly<Record<string, ParameterValue | undefined>>,
): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]),
  );
}
