import { z } from "zod";
import { count, list, number, oneOf, positive, record, text } from "./checks.ts";
import { type ParameterValue, parameterValue } from "./parameter.ts";

/** A file of a data set. */
export interface DataFile {
  /** Canonical name, such as `train-images-idx3-ubyte`, or that of a file or folder of one's own. */
  readonly name: string;
  /**
   * SHA-256, 64 hexadecimal digits: of the decompressed bytes of a file of the manifest, of the bytes of a file of
   * one's own, or of the names and hashes of the files in a folder.
   */
  readonly sha256: string;
}

/** The description that all kinds of data have. */
export interface DescribedData {
  /** Role of the data set in the experiment. */
  readonly role: "in-distribution" | "out-of-distribution";
  /** Name in the manifest, such as `fashion-mnist`, or that of the file or folder, without its path. */
  readonly name: string;
  /** Name to show, such as `Fashion-MNIST`. */
  readonly title: string;
  /** The files that were read. */
  readonly files: readonly DataFile[];
  /** Names of the classes, in the order of the labels. */
  readonly classNames: readonly string[];
}

/** Images of the manifest, and the number of them, that an experiment used. */
export interface UsedImages extends DescribedData {
  /** Kind of the data. */
  readonly kind: "images";
  /** Source of the data: a home page or a citation, never a local path. */
  readonly source: string;
  /** Licence, as an SPDX identifier where there is one. */
  readonly licence: string;
  /** Numbers of training and test rows that the experiment used. */
  readonly rows: { readonly train: number; readonly test: number };
  /** Size of an image in pixels. */
  readonly imageShape: { readonly height: number; readonly width: number };
  /** Largest possible value of a pixel. */
  readonly maxValue: number;
}

/** Scales to which the columns of a table of one's own are brought. */
export type TableScale = "standard" | "robust" | "none";

/** Data of one's own that an experiment used: a table, embeddings, or a folder of images. */
export interface UsedTable extends DescribedData {
  /** Kind of the data. */
  readonly kind: "table";
  /** Number of rows that were used. */
  readonly rows: number;
  /** Number of rows in the file; more than `rows` if some were drawn. */
  readonly fileRows: number;
  /** Number of columns of numbers. */
  readonly columns: number;
  /** Number of cells without a value among them. */
  readonly missing: number;
  /** Number of distinct labels, 0 without any; `classNames` is empty where it is above 1,000. */
  readonly classes: number;
  /** Size of an image in pixels, and its channels, if rows are images. */
  readonly imageShape: {
    readonly height: number;
    readonly width: number;
    readonly channels: number;
  } | null;
  /** Scale of the columns on which models work. */
  readonly scale: TableScale;
  /** Options of the reading that were given: `label`, `id`, `columns`, `exclude`, `delimiter`, `sampleRows`. */
  readonly reading: Readonly<Record<string, ParameterValue>>;
}

/** A data set that an experiment used. */
export type UsedData = UsedImages | UsedTable;

/** The schema of a {@link DataFile}. */
export const dataFile: z.ZodType<DataFile> = record<DataFile>({
  name: text,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits"),
});

const described = {
  role: oneOf(["in-distribution", "out-of-distribution"]),
  name: text,
  title: text,
};

const usedImages = record<UsedImages>({
  kind: z.literal("images"),
  ...described,
  source: text,
  licence: text,
  files: list(dataFile),
  rows: record<UsedImages["rows"]>({ train: count, test: count }),
  imageShape: record<UsedImages["imageShape"]>({ height: positive, width: positive }),
  classNames: list(text, 1),
  maxValue: number,
}, "UsedImages");

const usedTable = record<UsedTable>({
  kind: z.literal("table"),
  ...described,
  files: list(dataFile),
  rows: positive,
  fileRows: positive,
  columns: positive,
  missing: count,
  classes: count,
  classNames: list(text),
  imageShape: record<NonNullable<UsedTable["imageShape"]>>({
    height: positive,
    width: positive,
    channels: positive,
  }).nullable(),
  scale: oneOf(["standard", "robust", "none"]),
  reading: z.record(z.string(), parameterValue),
}, "UsedTable");

/** The schema of {@link UsedData}. */
export const usedData: z.ZodType<UsedData> = z.discriminatedUnion("kind", [
  usedImages as unknown as z.ZodObject<{ kind: z.ZodLiteral<"images"> }>,
  usedTable as unknown as z.ZodObject<{ kind: z.ZodLiteral<"table"> }>,
]) as unknown as z.ZodType<UsedData>;
