import {
  blockRowsFor,
  isReader,
  matrixSource,
  type Random,
  random,
  RowReader,
  type Rows,
} from "@mixtape/tensor-utils";
import type { CheckedOptions } from "./kmeans_options.ts";
import { plusPlusStarts } from "./plus_plus_start.ts";
import { plusPlusOverBlocks } from "./plus_plus_blocks.ts";
import { classMeanStart, randomStart, type StartOptions } from "./start_centroids.ts";

/** Chooses the initial centroids of each run that the options ask for, k × d numbers each. */
export async function chooseStarts(x: Rows, options: CheckedOptions): Promise<Float64Array[]> {
  const { clusters, init, labels, sampleWeight, signal } = options;
  const given = { sampleWeight, signal };
  if (init instanceof Float64Array) return [init];
  if (init === "class-means") return [await classMeanStart(x, clusters, labels!, given)];
  const source = random(options.seed);
  const sources = Array.from({ length: options.restarts }, (_, restart) => source.split(restart));
  if (init === "k-means++" && !isReader(x)) {
    return await plusPlusStarts(x, clusters, sources, given);
  }
  const choose = await chooserOf(x, init);
  const starts: Float64Array[] = [];
  for (const restart of sources) starts.push(await choose(clusters, restart, given));
  return starts;
}

/** Chooses the centroids of one start. */
type Chooser = (clusters: number, source: Random, options: StartOptions) => Promise<Float64Array>;

async function chooserOf(x: Rows, init: "random" | "k-means++" | "k-means||"): Promise<Chooser> {
  if (init === "random") return (...given) => randomStart(x, ...given);
  const rows = isReader(x) ? x : new RowReader(matrixSource(x, blockRowsFor(x.shape[1])));
  if (init === "k-means++") return (...given) => plusPlusOverBlocks(rows, ...given);
  // Loaded for such starts alone.
  const { parallelStart } = await import("./parallel_start.ts");
  return (...given) => parallelStart(rows, ...given);
}
