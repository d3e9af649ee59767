/**
 * Writes the penultimate activations of a small classifier as Parquet: of digits, and of clothes that it has never
 * seen.
 *
 * @module
 */
import { mlpClassifier } from "@mixtape/classifier";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { openRowsFile, type RowValue } from "../../experiments/run/own/rows_file.ts";
import { readSample } from "../read_sample.ts";

/**
 * Trains the classifier and writes `digits.parquet` and `clothes.parquet`.
 *
 * @param folder Folder for the files; it is made if need be.
 * @param signal Ends the work.
 */
export async function makeEmbeddings(folder: string, signal?: AbortSignal): Promise<void> {
  const { inDistribution: digits, outOfDistribution: clothes } = await readSample(signal);
  using model = await mlpClassifier(digits.train.images, digits.train.labels, {
    classes: digits.classNames.length,
    hidden: [{ units: 32, activation: "relu" }, { units: 16, activation: "relu" }],
    inputScale: 1 / digits.maxValue,
    epochs: 20,
    seed: 0,
    signal,
  });
  const names = Array.from(digits.test.labels, (label) => digits.classNames[label]);
  await write(
    `${folder}/digits.parquet`,
    await model.activations(digits.test.images, "penultimate"),
    names,
  );
  await write(
    `${folder}/clothes.parquet`,
    await model.activations(clothes.test.images, "penultimate"),
  );
}

async function write(
  path: string,
  { values, shape: [n, d] }: HostMatrix,
  labels?: readonly string[],
): Promise<void> {
  const columns = Array.from({ length: d }, (_, j) => `unit_${j}`);
  await using file = await openRowsFile(path, [...labels ? ["digit"] : [], ...columns]);
  const units = columns.map((_, j): RowValue[] =>
    Array.from({ length: n }, (_, i) => values[i * d + j])
  );
  await file.write([...labels ? [labels] : [], ...units]);
  await file.finish();
}

if (import.meta.main) await makeEmbeddings(Deno.args[0] ?? "data");
