import { kMeansFromJSON } from "@mixtape/clustering";
import { projectionFromJSON } from "@mixtape/datasets/preparation";
import { gaussianMixtureFromJSON } from "@mixtape/mixture";
import type { AppliedModels } from "../../run/experiment.ts";
import { answerByClusters, answerByMixture } from "./assign.ts";

/**
 * Reads back the models of the experiment `groups`, for rows that it did not see.
 *
 * @param models The JSON of `clusters`, `mixture` and, if the mixture works on principal components, `projection`.
 */
export function restoreGroups(models: ReadonlyMap<string, unknown>): AppliedModels {
  const clusters = kMeansFromJSON(models.get("clusters"));
  const mixture = gaussianMixtureFromJSON(models.get("mixture"));
  const json = models.get("projection");
  const projection = json === undefined ? null : projectionFromJSON(json);
  return {
    columns: ["cluster", "cluster_distance", "component", "responsibility", "log_density"],
    async apply({ prepared }) {
      const byClusters = await answerByClusters(clusters, prepared);
      const projected = projection === null ? prepared : await projection.apply(prepared);
      const byMixture = await answerByMixture(mixture, projected);
      return [
        byClusters.cluster,
        byClusters.cluster_distance,
        byMixture.component,
        byMixture.responsibility,
        byMixture.log_density,
      ];
    },
    dispose() {
      clusters[Symbol.dispose]();
      mixture[Symbol.dispose]();
    },
  };
}
