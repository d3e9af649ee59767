// deno-lint-ignore-file no-console -- printing is what it is for
/**
 * Prints which rows of new embeddings are unlike those that are known, whatever model gave them.
 * Each file is a table or an array of numbers, a row per text, picture or sound: NPY, Parquet, CSV.
 *
 *     deno run --allow-read examples/programs/embedding_ood/main.ts known.npy new.npy
 */
import { splitRows } from "@mixtape/datasets/preparation";
import { readTable } from "@mixtape/datasets/table";
import { benjaminiHochberg, conformalPValues, nearestNeighbors } from "@mixtape/ood";
import { takeRows } from "@mixtape/tensor-utils";
import process from "node:process";

const [knownFile, newFile] = process.argv.slice(2);
const known = await readTable(knownFile);
const { x: embeddings } = await readTable(newFile, { columns: known.columns });

// The p-values compare with rows that the detector has not seen, as it has not seen the new ones.
const { train, test: heldOut } = splitRows(known.x.shape[0], { testShare: 0.3 });
const detector = await nearestNeighbors({ activations: [takeRows(known.x, train)] });
const heldOutScores = await detector.score({ activations: [takeRows(known.x, heldOut)] });
const scores = await detector.score({ activations: [embeddings] });
const pValues = conformalPValues(heldOutScores, scores);
const { rejected, count } = benjaminiHochberg(pValues, { rate: 0.1 });

console.log(`${count} of ${pValues.length} rows are unlike those of ${knownFile}`);
for (const row of [...rejected.keys()].filter((row) => rejected[row])) {
  console.log(`row ${row}: p = ${pValues[row].toPrecision(2)}`);
}
