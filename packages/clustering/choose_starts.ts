import { type HostMatrix, random } from "@mixtape/tensor-utils";
import type { CheckedOptions } from "./kmeans_options.ts";
import { plusPlusStarts } from "./plus_plus_start.ts";
import { classMeanStart, randomStart } from "./start_centroids.ts";

/** Chooses the initial centroids of each run that the options ask for, k × d numbers each. */
export async function chooseStarts(
  x: HostMatrix,
  options: CheckedOptions,
): Promise<Float64Array[]> {
  const { clusters, init, labels, sampleWeight, signal } = options;
  if (init instanceof Float64Array) return [init];
  if (init === "class-means") return [classMeanStart(x, clusters, labels!, sampleWeight)];
  const source = random(options.seed);
  const sources = Array.from({ length: options.restarts }, (_, restart) => source.split(restart));
  if (init === "random") {
    return sources.map((restart) => randomStart(x, clusters, restart, sampleWeight));
  }
  return await plusPlusStarts(x, clusters, sources, { sampleWeight, signal });
}
