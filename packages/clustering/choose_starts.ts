import { isReader, pacer, type Random, random, type Rows } from "@mixtape/tensor-utils";
import type { CheckedOptions } from "./kmeans_options.ts";
import { plusPlusStarts } from "./plus_plus_start.ts";
import { classMeanStart, randomStart } from "./start_centroids.ts";

/** Chooses the initial centroids of each run that the options ask for, k × d numbers each. */
export async function chooseStarts(x: Rows, options: CheckedOptions): Promise<Float64Array[]> {
  const { clusters, init, labels, sampleWeight, signal } = options;
  const given = { sampleWeight, signal };
  if (init instanceof Float64Array) return [init];
  if (init === "class-means") return [await classMeanStart(x, clusters, labels!, given)];
  const sources = startSources(options);
  if (init === "k-means++" && !isReader(x)) {
    return await plusPlusStarts(x, clusters, sources, given);
  }
  const choose = init === "random"
    ? randomStart.bind(null, x)
    : (await import("./over_blocks.ts")).chooserOverBlocks(x, init);
  const pace = pacer(signal);
  const starts: Float64Array[] = [];
  for (const restart of sources) {
    await pace();
    starts.push(await choose(clusters, restart, given));
  }
  return starts;
}

/** Returns the randomness of each start. */
export function startSources({ seed, restarts }: CheckedOptions): Random[] {
  const source = random(seed);
  return Array.from({ length: restarts }, (_, restart) => source.split(restart));
}
