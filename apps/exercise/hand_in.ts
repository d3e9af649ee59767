import { createHash } from "node:crypto";
import { join } from "node:path";
import { replaceFolder } from "@mixtape/report-site";
import { formatFor } from "../report-site/language/format.ts";
import { languages } from "../report-site/language/languages.ts";
import { type CodeCell, splitCells } from "./cells.ts";
import { compose, type Part } from "./compose.ts";
import { notebookOf } from "./notebook.ts";
import { type CellRun, runCells } from "./run_cells.ts";

/** The data of the exercise, and how much of them. */
export interface ExerciseData {
  /** Name of the pair of data sets. */
  readonly dataset: "mnist" | "sample";
  /** Folder of MNIST, if the user chose one. */
  readonly dataDir: string | undefined;
  /** Most images of each split. */
  readonly rows: number;
}

/** The exercise, done: its parts in each language. */
export interface DoneExercise {
  /** Key of the code and its data: notebooks of the same key are the same. */
  readonly key: string;
  /** The folder of the language among the pages, its tag, and the parts. */
  readonly documents: readonly {
    readonly folder: string;
    readonly tag: string;
    readonly parts: readonly Part[];
  }[];
}

/** Name of the notebook in the folder of each language. */
export const notebookFile = "exercise.ipynb";

/** Name of the printed document in the folder of each language. */
export const pdfFile = "exercise.pdf";

/**
 * Runs the code of the exercise, and composes it with questions and answers in each language.
 *
 * @param data The data.
 * @param onCell Called with the name of each cell that begins, and the share of cells before it.
 */
export async function doExercise(
  data: ExerciseData,
  onCell: (name: string, share: number) => void,
): Promise<DoneExercise> {
  const cells = await readCells(data);
  const run: CellRun = await runCells(cells.map((cell) => inFolder(cell, data)), onCell);
  return {
    key: keyOf(cells),
    documents: languages.map(({ folder, tag, text }) => ({
      folder,
      tag,
      parts: compose(cells, run, { text, format: formatFor(tag) }),
    })),
  };
}

/**
 * Writes the notebook of each language; printed documents of others before them are taken away.
 *
 * @param folder Folder for them; it is replaced whole.
 * @param exercise The exercise, done.
 * @param print Prints parts as a PDF; none if there is nothing to print with.
 */
export async function handIn(
  folder: string,
  { key, documents }: DoneExercise,
  print?: (parts: readonly Part[], language: string) => Promise<Uint8Array>,
): Promise<void> {
  await replaceFolder(folder, async (next) => {
    for (const { folder: of, tag, parts } of documents) {
      await Deno.mkdir(join(next, of), { recursive: true });
      await Deno.writeTextFile(join(next, of, notebookFile), notebookOf(parts, key));
      if (print) await Deno.writeFile(join(next, of, pdfFile), await print(parts, tag));
    }
  });
}

/**
 * Returns true if the notebook in a folder is of the same code on the same data.
 *
 * @param folder The folder.
 * @param data The data.
 */
export async function isHandedIn(folder: string, data: ExerciseData): Promise<boolean> {
  try {
    const { metadata } = JSON.parse(await Deno.readTextFile(join(folder, notebookFile)));
    return metadata.mixtape.key === keyOf(await readCells(data));
  } catch {
    // None, or a damaged one: it is written anew.
    return false;
  }
}

function keyOf(cells: readonly CodeCell[]): string {
  return createHash("sha256").update(JSON.stringify(cells)).digest("hex");
}

/** Reads the code, as the notebook has it: for the data set and the number of images of this run. */
async function readCells({ dataset, rows }: ExerciseData): Promise<CodeCell[]> {
  const program = await Deno.readTextFile(new URL("./exercise.ts", import.meta.url));
  return splitCells(
    program.replace('chooseDataset("sample"', `chooseDataset("${dataset}"`)
      .replace("most = 60_000", `most = ${String(rows).replace(/\B(?=(\d{3})+$)/g, "_")}`),
  );
}

/** Has a cell read the folder that the user chose, rather than that of the environment. */
function inFolder({ name, source }: CodeCell, { dataDir }: ExerciseData): CodeCell {
  const named = dataDir === undefined ? "undefined" : JSON.stringify(dataDir);
  return { name, source: source.replace('Deno.env.get("MIXTAPE_DATA_DIR")', named) };
}
