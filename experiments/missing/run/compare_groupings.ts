import { adjustedRandIndex } from "@mixtape/clustering";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { meanInterval } from "../../run/mean_interval.ts";
import type { Grouping, SeedMean } from "../result.ts";
import {
  clusterIncomplete,
  type Clustering,
  type ClusterSettings,
  groupingMethods,
} from "./cluster_incomplete.ts";
import { rankMethods } from "./rank_methods.ts";

/**
 * Clusters rows by each method with several seeds, and measures how well the clusterings agree.
 *
 * @param x Cells, shape [n, d]; NaN stands for a missing one, each column has a value.
 * @param classes Class of each row; null without labels.
 * @param settings The number of seeds, from `seed` on, and the clustering.
 */
export async function compareGroupings(
  x: HostMatrix,
  classes: Int32Array | null,
  { seeds, ...settings }: ClusterSettings & { readonly seeds: number },
): Promise<readonly Grouping[]> {
  const made: Clustering[][] = [];
  for (const method of groupingMethods) {
    const ofMethod: Clustering[] = [];
    for (let i = 0; i < seeds; i++) {
      const one = await clusterIncomplete(x, method, { ...settings, seed: settings.seed + i });
      if (one === undefined) break;
      ofMethod.push(one);
    }
    made.push(ofMethod);
  }
  const whole = made.filter((clusterings) => clusterings.length > 0);
  const ranked = classes && rankMethods(
    made.map((list) =>
      list.length === 0 ? null : list.map(({ labels }) => adjustedRandIndex(classes, labels))
    ),
    "more",
  );
  return groupingMethods.map((method, at) => ({
    method,
    fittedRows: made[at][0]?.fittedRows ?? 0,
    agreement: made[at].length === 0
      ? []
      : whole.map((other) => other === made[at] ? withItself(other) : seedBySeed(made[at], other)),
    toClasses: ranked && ranked[at],
  }));
}

function seedBySeed(a: readonly Clustering[], b: readonly Clustering[]): SeedMean {
  return meanInterval(a.map(({ labels }, seed) => adjustedRandIndex(labels, b[seed].labels)));
}

function withItself(list: readonly Clustering[]): SeedMean {
  return meanInterval(
    list.map(({ labels }, seed) =>
      adjustedRandIndex(labels, list[(seed + 1) % list.length].labels)
    ),
  );
}
