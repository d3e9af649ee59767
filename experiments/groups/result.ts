import type { Envelope, Sprite, UsedTable } from "@mixtape/results";
import {
  count,
  countTable,
  flag,
  index,
  list,
  magnitude,
  number,
  oneOf,
  positive,
  record,
  share,
  sprite,
  text,
} from "@mixtape/results/schema";
import type { z } from "zod";
import { type RowReference, rowReference } from "../row_reference.ts";

/** Shapes of the covariances of a mixture. */
export const covariances = ["full", "tied", "diagonal", "tied-diagonal", "spherical"] as const;

/** The shape of the covariances of a mixture. */
export type Covariance = typeof covariances[number];

/** Runs of k-means with one number of clusters, one per seed. */
export interface Clustering {
  /** Number of clusters. */
  readonly clusters: number;
  /** Mean silhouette of the drawn rows in each run; none where all of them are in one cluster. */
  readonly silhouettes: readonly number[];
  /** Adjusted Rand index between each two runs. */
  readonly agreements: readonly number[];
}

/** The highest silhouette of some rows beside those of sets of rows drawn from one Gaussian. */
export interface GaussianComparison {
  /** Number of rows, in each set as well. */
  readonly rows: number;
  /** Highest mean silhouette of the rows, of one run of k-means per number of clusters. */
  readonly silhouette: number;
  /** Number of sets. */
  readonly sets: number;
  /** Number of sets with a silhouette at least as high. */
  readonly reached: number;
}

/** A mixture that was tried. */
export interface MixtureTrial {
  /** Shape of its covariances. */
  readonly covariance: Covariance;
  /** Number of components. */
  readonly components: number;
  /** Bayesian information criterion, the lower the better; null if a component collapsed. */
  readonly bic: number | null;
  /** True if a component has shrunk onto values that repeat, so that its criterion says nothing. */
  readonly isShrunken: boolean;
  /** True if EM met its tolerance. */
  readonly converged: boolean;
}

/** The mixture with the lowest criterion, on all rows. */
export interface ChosenMixture {
  /** Shape of its covariances. */
  readonly covariance: Covariance;
  /** Weight of each component. */
  readonly weights: readonly number[];
  /** Adjusted Rand index between each two fits from other seeds. */
  readonly agreements: readonly number[];
  /** Adjusted Rand index between its components and the clusters. */
  readonly agreementWithClusters: number;
}

/** A cluster of rows. */
export interface Cluster {
  /** Number of its rows. */
  readonly rows: number;
  /** Root mean square distance of its rows from its centroid, in the space of the prepared rows. */
  readonly spread: number;
  /** The row nearest to its centroid. */
  readonly nearest: RowReference;
}

/** A column by cluster. */
export interface ColumnProfile {
  /** Name of the column. */
  readonly name: string;
  /** Share of its variance that lies between the means of the clusters. */
  readonly share: number;
  /** Mean in each cluster, in the units of the file; null where no cell has a value. */
  readonly means: readonly (number | null)[];
}

/** Rows in the plane of the first two principal components. */
export interface GroupMap {
  /** Share of the variance of all rows along each of the two; 0 for a second one that does not exist. */
  readonly shares: readonly number[];
  /** Coordinates along the first. */
  readonly x: readonly number[];
  /** Coordinates along the second. */
  readonly y: readonly number[];
  /** Cluster of each row, from 0. */
  readonly cluster: readonly number[];
}

/** Agreement of a division of the rows with the classes. */
export interface ClassAgreement {
  /** Adjusted Rand index. */
  readonly ari: number;
  /** Adjusted mutual information. */
  readonly ami: number;
}

/** The agreement of clusters and components with the classes. */
export interface ClassComparison {
  /** That of the clusters. */
  readonly clusters: ClassAgreement;
  /** That of the components. */
  readonly components: ClassAgreement;
  /** Rows of each class in each cluster; null where there are too many classes to show. */
  readonly counts: readonly (readonly number[])[] | null;
}

/** The payload of the experiment `groups`. */
export interface GroupsPayload {
  /** Rows on which numbers of clusters and mixtures were tried. */
  readonly searchRows: number;
  /** Rows that each silhouette is the mean of. */
  readonly silhouetteRows: number;
  /** Number of seeds. */
  readonly seeds: number;
  /** Runs of k-means, by number of clusters, ascending; none where all rows are the same. */
  readonly clusterings: readonly Clustering[];
  /** Comparison of silhouettes with those of one Gaussian; null where there are no silhouettes. */
  readonly oneGaussian: GaussianComparison | null;
  /** Dimensions in which mixtures worked. */
  readonly dimensions: number;
  /** Share of the variance of all rows along them; 1 where they are the columns themselves. */
  readonly varianceShare: number;
  /** Every mixture that was tried. */
  readonly trials: readonly MixtureTrial[];
  /** Number of larger mixtures in a row, no better than the best of their shape, after which none was tried. */
  readonly patience: number;
  /** The mixture that was chosen. */
  readonly mixture: ChosenMixture;
  /** The clusters that were chosen, the largest first. */
  readonly clusters: readonly Cluster[];
  /** Columns that tell the clusters apart most, at most 20, descending; pixels are left to pictures. */
  readonly profiles: readonly ColumnProfile[];
  /** Rows to draw. */
  readonly map: GroupMap;
  /** Agreement with the classes; null without any. */
  readonly classes: ClassComparison | null;
  /** Mean image of each cluster; null where rows are no images. */
  readonly centroids: Sprite | null;
}

const classAgreement = record<ClassAgreement>({ ari: index, ami: index });

/** The schema of {@link GroupsPayload}. */
export const groupsPayload: z.ZodType<GroupsPayload> = record<GroupsPayload>({
  searchRows: positive,
  silhouetteRows: positive,
  seeds: positive,
  clusterings: list(
    record<Clustering>({
      clusters: positive,
      silhouettes: list(index),
      agreements: list(index),
    }),
  ),
  oneGaussian: record<GaussianComparison>({
    rows: positive,
    silhouette: index,
    sets: positive,
    reached: count,
  }).nullable(),
  dimensions: positive,
  varianceShare: share,
  trials: list(
    record<MixtureTrial>({
      covariance: oneOf(covariances),
      components: positive,
      bic: number.nullable(),
      isShrunken: flag,
      converged: flag,
    }),
    1,
  ),
  patience: positive,
  mixture: record<ChosenMixture>({
    covariance: oneOf(covariances),
    weights: list(share, 1),
    agreements: list(index),
    agreementWithClusters: index,
  }),
  clusters: list(
    record<Cluster>({
      rows: count,
      spread: magnitude,
      nearest: rowReference,
    }),
    1,
  ),
  profiles: list(
    record<ColumnProfile>({ name: text, share, means: list(number.nullable(), 1) }),
  ),
  map: record<GroupMap>({
    shares: list(share, 2),
    x: list(number, 1),
    y: list(number, 1),
    cluster: list(count, 1),
  }),
  classes: record<ClassComparison>({
    clusters: classAgreement,
    components: classAgreement,
    counts: countTable.nullable(),
  }).nullable(),
  centroids: sprite.nullable(),
});

/** The result of the experiment `groups`. */
export type GroupsResult = Envelope<"groups", GroupsPayload, UsedTable>;
