import { auroc, outlierDetector } from "@mixtape/ood";
import { takeRows } from "@mixtape/tensor-utils";
import type { Measurement } from "../../core/measurement.ts";
import { readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

/** The arguments of outlier detection. */
export interface OutlierArguments {
  /** The file of the data sets and their splits. */
  readonly file: string;
}

interface OutlierSet {
  readonly name: string;
  readonly x: string;
  readonly splits: readonly Split[];
}

interface Split {
  readonly fitted: readonly number[];
  readonly heldOut: readonly number[];
  readonly odd: readonly number[];
  readonly seed: number;
}

/** Measures the mean AUROC of the default outlier score on each data set. */
export async function outliers({ file }: OutlierArguments): Promise<Measurement> {
  const sets: OutlierSet[] = JSON.parse(await Deno.readTextFile(file));
  const { result: details, seconds } = await timed(async () => {
    const means: Record<string, number> = {};
    for (const { name, x, splits } of sets) {
      let sum = 0;
      for (const split of splits) sum += await aurocOf(x, split);
      means[name] = sum / splits.length;
    }
    return means;
  });
  return { seconds, details };
}

async function aurocOf(path: string, { fitted, heldOut, odd, seed }: Split): Promise<number> {
  const x = readMatrix(path);
  const model = await outlierDetector(takeRows(x, fitted), { seed });
  return auroc(await model.score(takeRows(x, heldOut)), await model.score(takeRows(x, odd)));
}
