import type { ImageShape } from "@mixtape/datasets/table";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";

/** A model in the folder of the models of a run. */
export interface ModelEntry {
  /** Name of its file, without extension. */
  readonly name: string;
  /** SHA-256 of its file, in hexadecimal digits. */
  readonly sha256: string;
}

/** The list of the models of a run. */
export interface RunModels {
  /** Identifier of the format. */
  readonly format: "mixtape-run";
  /** Version of the format. */
  readonly version: 1;
  /** The data on which models were fitted. */
  readonly data: { readonly name: string; readonly sha256: string; readonly rows: number };
  /** Column of the ids; null without any. */
  readonly idColumn: string | null;
  /** Column of the labels; null without any. */
  readonly labelColumn: string | null;
  /** Size of the images, if rows are images; else null. */
  readonly imageShape: ImageShape | null;
  /** Name of each class; none without labels. */
  readonly classNames: readonly string[];
  /** The way from the cells of a file to those on which models work. */
  readonly preparation: ModelEntry;
  /** The experiments that fitted models, in their order. */
  readonly experiments: readonly {
    /** The experiment. */
    readonly experiment: string;
    /** Key of its result. */
    readonly key: string;
    /** Its models. */
    readonly models: readonly ModelEntry[];
  }[];
}

/** Name of the file that lists the models of a run. */
export const runModelsFile = "run.json";

const entry = z.object({ name: z.string().regex(/^[a-z][a-z0-9_-]*$/), sha256: z.string() });
const size = z.int().min(1);

const runModels: z.ZodType<RunModels> = z.object({
  format: z.literal("mixtape-run"),
  version: z.literal(1),
  data: z.object({ name: z.string(), sha256: z.string(), rows: size }),
  idColumn: z.string().nullable(),
  labelColumn: z.string().nullable(),
  imageShape: z.object({ height: size, width: size, channels: size }).nullable(),
  classNames: z.array(z.string()),
  preparation: entry,
  experiments: z.array(
    z.object({ experiment: z.string(), key: z.string(), models: z.array(entry) }),
  ),
}) as z.ZodType<RunModels>;

/**
 * Reads the list of the models of a run.
 *
 * @param folder Folder of the report.
 * @returns The list.
 * @throws {RangeError} If there are no models.
 * @throws {SyntaxError} If the list is damaged, or of another version.
 */
export async function readRunModels(folder: string): Promise<RunModels> {
  const file = join(folder, "models", runModelsFile);
  const text = await Deno.readTextFile(file).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new RangeError(
      `Cannot use ${folder}: it has no models, run deno task experiments --dataset FILE --out ${folder} first`,
    );
  });
  const remedy = "run deno task experiments again to write it anew";
  try {
    return runModels.parse(JSON.parse(text));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const place = issue?.path.join(".") || "the file";
    const reason = issue === undefined ? "it is no JSON" : `${place}: ${issue.message}`;
    throw new SyntaxError(`Cannot read ${file}: ${reason}; ${remedy}`, { cause: error });
  }
}

/**
 * Reads a model of a run.
 *
 * @param folder Folder of the report.
 * @param entry Name and hash of the model.
 * @returns The JSON of the model.
 * @throws {SyntaxError} If its file is not the one that the run wrote.
 */
export async function readModel(folder: string, { name, sha256 }: ModelEntry): Promise<unknown> {
  const file = join(folder, "models", `${name}.json`);
  const bytes = await Deno.readFile(file);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found === sha256) return JSON.parse(new TextDecoder().decode(bytes));
  throw new SyntaxError(
    `Cannot read ${file}: it is not the model of this run, its SHA-256 is ${found}, ` +
      `${sha256} is needed; run deno task experiments again to write it anew`,
  );
}
