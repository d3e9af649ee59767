import { fileURLToPath } from "node:url";
import { makeEmbeddings } from "./embeddings/make_embeddings.ts";
import { makePictures } from "./pictures/make_pictures.ts";

/** An example of data of one's own. */
export interface Example {
  /** Name of the example and of its folder. */
  readonly name: string;
  /**
   * Writes the data, if they are not in the repository.
   *
   * @param folder Folder for them.
   * @param signal Ends the work.
   */
  make?(folder: string, signal: AbortSignal): Promise<void>;
  /**
   * Returns the flags of `deno task experiments` for its data.
   *
   * @param folder Folder of the data.
   */
  flags(folder: string): readonly string[];
}

/** The examples, in the order in which they are shown. */
export const examples: readonly Example[] = [
  {
    name: "wine",
    flags: () => [
      "--dataset",
      fileURLToPath(new URL("./wine/wine.csv", import.meta.url)),
      "--label",
      "cultivar",
    ],
  },
  {
    name: "embeddings",
    make: makeEmbeddings,
    flags: (folder) => [
      "--dataset",
      `${folder}/digits.parquet`,
      "--label",
      "digit",
      "--foreign",
      `${folder}/clothes.parquet`,
    ],
  },
  {
    name: "pictures",
    make: makePictures,
    flags: (folder) => ["--dataset", `${folder}/digits`, "--foreign", `${folder}/clothes`],
  },
];
