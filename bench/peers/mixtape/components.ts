import { principalComponents } from "@mixtape/datasets/preparation";
import type { Measurement } from "../../core/measurement.ts";
import { readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

/** Measures PCA with the data in its directions; reports the variance in all of them. */
export async function components(
  { x, components }: { readonly x: string; readonly components: number },
): Promise<Measurement> {
  const data = readMatrix(x);
  const { result, seconds } = await timed(() => principalComponents(data, { components }));
  return { seconds, details: { value: result.variances.reduce((sum, value) => sum + value, 0) } };
}
