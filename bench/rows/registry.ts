import type { Row } from "../core/row.ts";
import { firstResultRows } from "./first_result.ts";
import { kMeansRows } from "./kmeans.ts";
import { kMeansNpmRow } from "./kmeans_npm.ts";
import { kMeansStartRow } from "./kmeans_start.ts";
import { matrixProductRow } from "./matrix_product.ts";
import { mixtureRows } from "./mixture.ts";
import { networkRow, peopleNetworkRows } from "./network.ts";
import { outlierRows } from "./outliers.ts";
import { peopleCallRows } from "./people_calls.ts";
import { peopleKMeansRows } from "./people_kmeans.ts";
import { peopleMiniBatchRows } from "./people_mini_batch.ts";
import { peopleMixtureRows } from "./people_mixture.ts";
import { peopleNeighborRows } from "./people_neighbors.ts";
import { peoplePairRows } from "./people_pairs.ts";
import { peopleSilhouetteRow } from "./people_silhouette.ts";
import { pipelineRow } from "./pipeline.ts";
import { scalingRows } from "./scaling.ts";

/** All rows, in the order of the table; a new row is one line here. */
export const rows: readonly Row[] = [
  ...kMeansRows,
  kMeansStartRow,
  kMeansNpmRow,
  ...mixtureRows,
  ...peopleKMeansRows,
  ...peopleMiniBatchRows,
  ...peopleMixtureRows,
  ...outlierRows,
  networkRow,
  ...peopleNetworkRows,
  matrixProductRow,
  ...peoplePairRows,
  peopleSilhouetteRow,
  ...peopleNeighborRows,
  ...peopleCallRows,
  ...firstResultRows,
  pipelineRow,
  ...scalingRows,
];
