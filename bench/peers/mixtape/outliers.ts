import { auroc, outlierDetector } from "@mixtape/ood";
import { type HostMatrix, takeRows } from "@mixtape/tensor-utils";
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
  /** File of its rows. */
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
      const rows = readMatrix(x);
      let sum = 0;
      for (const split of splits) sum += await aurocOf(rows, split);
      means[name] = sum / splits.length;
    }
    return means;
  });
  return { seconds, details };
}

async function aurocOf(
  x: HostMatrix,
  { fitted, heldOut, odd, seed }: Split,
): Promise<number> {
  const model = await outlierDetector(takeRows(x, fitted), { seed });
  return auroc(await model.score(takeRows(x, heldOut)), await model.score(takeRows(x, odd)));
}
