import type { TableScale } from "@mixtape/results";
import Papa from "papaparse";
import type { ImageSize } from "../experiments/run/own/image_size.ts";
import type { OwnSettings } from "../experiments/run/own/read_own_table.ts";
import { readInteger, readName, readPath, suggest, UsageError } from "./command_line.ts";

/** The data sets that have names. */
export const datasetNames = ["auto", "mnist", "sample"] as const;

/** The data of a run, as they were asked for: a set that has a name, or files of one's own. */
export type AskedData =
  | { readonly named: typeof datasetNames[number] }
  | { readonly own: OwnSettings };

/** The flags of the command line about data. */
export interface DataFlags {
  /** A name, a file or a folder. */
  readonly dataset: string;
  /** Folder that holds the data sets that have names. */
  readonly "data-dir"?: string;
  /** File or folder of rows that do not belong. */
  readonly foreign?: string;
  /** Column of the labels. */
  readonly label?: string;
  /** Column of the ids. */
  readonly id?: string;
  /** Columns to use, separated by commas. */
  readonly columns?: string;
  /** Columns to leave out, separated by commas. */
  readonly exclude?: string;
  /** Text between the cells of a CSV. */
  readonly delimiter?: string;
  /** Scale of the columns. */
  readonly scale?: string;
  /** Size to which images are brought. */
  readonly "image-size"?: string;
  /** Channels of images. */
  readonly channels?: string;
  /** Number of rows to draw. */
  readonly "sample-rows"?: string;
}

const ownFlags = [
  "foreign",
  "label",
  "id",
  "columns",
  "exclude",
  "delimiter",
  "scale",
  "image-size",
  "channels",
  "sample-rows",
] as const;

const scales: readonly TableScale[] = ["standard", "robust", "none"];

/**
 * Reads the flags about data.
 *
 * @param flags The flags.
 * @returns The data that were asked for; their files exist.
 * @throws {UsageError} If a value is wrong, or a flag is for data of another kind.
 */
export async function readDataFlags(flags: DataFlags): Promise<AskedData> {
  const named = datasetNames.find((name) => name === flags.dataset);
  if (named !== undefined) {
    const wrong = ownFlags.find((flag) => flags[flag] !== undefined);
    if (wrong === undefined) return { named };
    throw new UsageError(
      `Cannot use --${wrong} with --dataset ${named}: it is for data of your own, ` +
        `name their file or folder in --dataset`,
    );
  }
  const path = await existing(flags.dataset, "--dataset");
  if (flags["data-dir"] !== undefined) {
    throw new UsageError(
      `Cannot use --data-dir with --dataset ${path}: it is for MNIST, leave it out`,
    );
  }
  const { foreign, label, id, columns, exclude, delimiter, scale } = flags;
  const { "sample-rows": sampleRows, "image-size": imageSize, channels } = flags;
  return {
    own: {
      path,
      ...foreign !== undefined && { foreign: await existing(foreign, "--foreign") },
      ...label !== undefined && { label },
      ...id !== undefined && { id },
      ...columns !== undefined && { columns: readColumns(columns, "--columns") },
      ...exclude !== undefined && { exclude: readColumns(exclude, "--exclude") },
      ...delimiter !== undefined && { delimiter: readDelimiter(delimiter) },
      ...scale !== undefined && { scale: readName("--scale", scale, scales) },
      ...imageSize !== undefined && { imageSize: readImageSize(imageSize) },
      ...channels !== undefined && {
        channels: Number(readName("--channels", channels, ["1", "3"])) as 1 | 3,
      },
      ...sampleRows !== undefined && {
        sampleRows: readInteger(sampleRows, "--sample-rows", { min: 2 }),
      },
    },
  };
}

/**
 * Has the errors of a reading name the flags of the command line in place of the options of the reading.
 *
 * @param reading The reading.
 * @returns The outcome of the reading.
 */
export async function inFlags<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error) {
      error.message = error.message.replace(
        /^Cannot use (label|id|columns|exclude|delimiter): /,
        "Cannot use --$1: ",
      ).replace("the option imageSize,", "--image-size WIDTHxHEIGHT,")
        .replace("the option channels: 3 reads", "--channels 3 reads");
    }
    throw error;
  }
}

/** Returns a path if there is something. */
export async function existing(text: string, flag: string): Promise<string> {
  const path = readPath(text, flag);
  try {
    await Deno.stat(path);
    return path;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) {
      throw error;
    }
    const nearest = flag === "--dataset" ? suggest(path, datasetNames) : undefined;
    const remedy = nearest === undefined ? "" : `did you mean ${nearest}? `;
    const names = flag === "--dataset" ? `${datasetNames.join(", ")}, or ` : "";
    throw new UsageError(
      `Cannot use ${flag} ${path}: ${remedy}there is no such file or folder, ` +
        `it can be ${names}a file or folder that exists`,
    );
  }
}

/** Reads names separated by commas; a name with a comma in it is put in quotes. */
export function readColumns(text: string, flag: string): string[] {
  const { data: [names = []] } = Papa.parse<string[]>(text, { delimiter: "," });
  if (names.length > 0 && names.every((name) => name !== "")) return names;
  throw new UsageError(
    `Cannot use ${flag} ${JSON.stringify(text)}: names of columns are needed, separated by commas`,
  );
}

/** Reads a mark, where `\t` and `tab` are easier to type than a tabulator. */
export function readDelimiter(text: string): string {
  if (text === "\\t" || text === "tab") return "\t";
  if (/^[^"\r\n\d]+$/.test(text)) return text;
  throw new UsageError(
    `Cannot use --delimiter ${JSON.stringify(text)}: ` +
      `a mark without quotes, digits and ends of lines is needed, such as ";"`,
  );
}

/** Reads a size such as 32x24: width and height in pixels. */
function readImageSize(text: string): ImageSize {
  const [, width, height] = /^(\d{1,4})[x×](\d{1,4})$/i.exec(text) ?? [];
  const size = { width: Number(width), height: Number(height) };
  if (size.width >= 1 && size.height >= 1) return size;
  throw new UsageError(
    `Cannot use --image-size ${JSON.stringify(text)}: ` +
      `a width and a height in pixels are needed, such as 32x24`,
  );
}
