import type { Covariance } from "../result.ts";

/** Texts of the page on groups. */
export const words = {
  name: "Groups",
  asked: "Which groups do the rows form?",
  description: "The groups of the rows by k-means and by mixtures, and what tells them apart.",
  question:
    "How many groups do the rows form, by silhouette and by BIC, how stable are they, and which columns tell them apart?",
  clustersText: (count: string, one: boolean): string => `${count} ${one ? "cluster" : "clusters"}`,
  componentsText: (count: string, one: boolean): string =>
    `${count} ${one ? "component" : "components"}`,
  clusterName: (number: string): string => `Cluster ${number}`,
  findingSilhouette: (clusters: string, value: string, spread: string): string =>
    `Mean silhouette is highest for ${clusters}: ${value} (${spread}).`,
  overSeeds: (low: string, high: string, seeds: string): string =>
    `${low} to ${high} over ${seeds} seeds`,
  oneSeed: "one seed",
  findingClear: "No other number of clusters has a range that overlaps with this one.",
  findingOpen: (rivals: string, one: boolean): string =>
    `The ${one ? "range" : "ranges"} at ${rivals} clusters ${
      one ? "overlaps" : "overlap"
    } with this one, so these seeds do not settle the choice.`,
  findingUnknown: "One seed cannot show how certain that choice is.",
  edges: {
    smallest: "That is the smallest number with a silhouette: a single cluster has none.",
    largest: "That is the largest number that was tried: a larger one may do better.",
  },
  findingOneGaussian: (
    rows: string,
    silhouette: string,
    reached: string,
    sets: string,
    chance: string,
    isMore: boolean,
  ): string =>
    `On ${rows} rows the highest silhouette is ${silhouette}. Sets of as many rows, drawn from one Gaussian, that reach it: ${reached} of ${sets} (p = ${chance}). ${
      isMore
        ? "That is evidence against a single Gaussian cloud."
        : "That is no evidence of groups: k-means divides any rows."
    }`,
  findingNoClusters: "No number of clusters has a silhouette, so k-means shows a single group.",
  shapes: {
    full: "full",
    tied: "tied",
    diagonal: "diagonal",
    "tied-diagonal": "tied diagonal",
    spherical: "spherical",
  } satisfies Record<Covariance, string>,
  findingBic: (components: string, shape: string): string =>
    `Of the mixtures, BIC is lowest for ${components}, with ${shape} covariances.`,
  findingOneComponent: "That is one group: no division that was tried is worth its parameters.",
  findingNext: (components: string, difference: string): string =>
    `The best with another number has ${components}; its BIC is ${difference} higher.`,
  findingClose: (mark: string): string =>
    `Differences below ${mark} are not strong evidence (Kass and Raftery, 1995).`,
  findingShrunken: (count: string, all: string): string =>
    `Mixtures in which a component has shrunk onto repeated values, so that BIC says nothing about groups: ${count} of ${all}; they are chosen only if there are no others.`,
  findingStable: (clusters: string, mean: string, low: string, high: string): string =>
    `Agreement between runs with ${clusters} from different seeds: mean ARI ${mean} (${low} to ${high}).`,
  findingMixtureStable: (components: string, mean: string, low: string, high: string): string =>
    `Agreement between mixtures of ${components} from different seeds: mean ARI ${mean} (${low} to ${high}).`,
  findingBoth: (ari: string): string =>
    `Agreement between clusters and components: ARI ${ari}; 1 is the same division, 0 the average of unrelated ones.`,
  findingFilled: (share: string): string =>
    `Cells without a value: ${share}. They are filled with the median of their column, so clusters may reflect which values are missing.`,
  columnShare: (name: string, share: string): string => `${name} (${share})`,
  findingColumns: (columns: string): string =>
    `Columns with the largest share of their variance between clusters: ${columns}.`,
  findingClasses: (ami: string, ari: string, amiOfComponents: string, ariOfComponents: string) =>
    `Agreement with the classes: AMI ${ami} and ARI ${ari} for the clusters, ${amiOfComponents} and ${ariOfComponents} for the components; 1 is the same division, 0 the average of random ones.`,
  method: (
    { rows, seeds, first, last, drawn, dimensions, share, columns, largest, patience }: Readonly<
      & Record<"rows" | "seeds" | "drawn" | "dimensions" | "largest" | "patience", string>
      & Record<"first" | "last" | "share" | "columns", string | null>
    >,
  ): string =>
    [
      `Numbers were tried on ${rows} rows, filled and scaled as the header of this page says; the clusters and the mixture that were chosen were then fitted to all rows.`,
      first === null
        ? "k-means had nothing to divide."
        : `k-means ran from k-means++ starts with each number of clusters from ${first} to ${last}; number of seeds: ${seeds}. Silhouette compares the distances of a row within its cluster and to the next cluster, from −1 to 1; each is the mean over ${drawn} rows. ARI (adjusted Rand index) is 1 for the same division, and 0 on average for unrelated ones.`,
      "As k-means divides any rows, the highest silhouette is compared with those of sets of rows drawn from one Gaussian with the mean and covariance of these rows. The p-value is the share of sets, these rows among them, that reach it; at most 0.05 counts as a difference.",
      share === null
        ? `Mixtures were fitted to ${columns} as they were prepared.`
        : `Mixtures were fitted to the first ${dimensions} principal components, with ${share} of the variance: there are many columns, few rows per column, or columns that follow from the others.`,
      `Mixtures of up to ${largest} components with covariances of five shapes were compared by BIC, which weighs the fit against the number of parameters; a shape was abandoned after ${patience} numbers of components in a row without a better BIC.`,
    ].join("\n\n"),
  columnsText: (count: string, one: boolean): string => `${count} ${one ? "column" : "columns"}`,
  clustersTitle: "The clusters",
  clustersIntro:
    "Spread is the root mean square distance from the centroid, in the scale of the prepared columns; the central row is the one nearest to it, numbered from 0, as in rows.csv, which has the cluster and component of each row.",
  columns: {
    cluster: "Cluster",
    rows: "Rows",
    share: "Share",
    spread: "Spread",
    nearest: "Central row",
    id: "Its id",
    clusters: "Clusters",
    mean: "Mean",
    low: "Lowest",
    high: "Highest",
    components: "Components",
    component: "Component",
    weight: "Weight",
    shape: "Covariances",
    bic: "BIC",
    converged: "Converged",
    shrunken: "Shrunken",
    column: "Column",
    between: "Between clusters",
    division: "Division",
    ari: "ARI",
    ami: "AMI",
    className: "Class",
  },
  coverCentroidsCaption: "The mean image of each cluster that k-means found.",
  coverMapCaption:
    "The rows along their first two principal components, coloured by the cluster that k-means gives them.",
  mapTitle: "The rows in two dimensions",
  mapCaption: (first: string, second: string, rows: string): string =>
    `The first two principal components, with ${first} and ${second} of the variance of all rows; number of rows drawn: ${rows}; colours are clusters. What lies in other directions cannot be seen here.`,
  mapX: "first principal component",
  mapY: "second principal component",
  profilesTitle: "What tells the clusters apart",
  profilesCaption:
    "Mean of each column in each cluster, in the units of the file: the stronger the colour, the further above the mean of the clusters, or below it in the other colour. Clusters were made from these columns, so the shares of variance between them describe and prove nothing.",
  centroidsTitle: "The mean image of each cluster",
  centroidsCaption: "Means of the pixels of all images of a cluster.",
  centroidsAlt: (label: string): string => `Mean image of ${label}`,
  silhouetteTitle: "How well clusters are separated",
  silhouetteCaption: (rows: string): string =>
    `Mean silhouette of ${rows} rows, mean of the seeds; the band spans them. The ring marks the largest mean.`,
  silhouetteY: "silhouette",
  stabilityTitle: "How well runs agree",
  stabilityCaption:
    "ARI between each two runs from different seeds, mean of the pairs; the band spans them. The ring marks the number that silhouette chooses.",
  stabilityY: "ARI between seeds",
  clustersX: "number of clusters",
  bicTitle: "BIC of the mixtures",
  bicCaption:
    "BIC by number of components, above the lowest of all; the lower, the better. The ring marks the lowest of each shape. Mixtures in which a component collapsed, or has shrunk onto repeated values, are missing.",
  bicY: "BIC above the lowest",
  componentsX: "number of components",
  mixtureTitle: "The components of the mixture",
  classesTitle: "Classes and clusters",
  countsTitle: "Rows of each class in each cluster",
  classesCaption:
    "Number of rows of each class in each cluster: the stronger the colour, the larger.",
  classesRows: "class",
  classesColumns: "cluster",
  agreementTitle: "Agreement with the classes",
  divisions: { clusters: "Clusters of k-means", components: "Components of the mixture" },
  headline: (components: string): string => `clusters by silhouette, and ${components} by BIC`,
  headlineNone: (components: string): string =>
    `cluster, as none has a silhouette, and ${components} by BIC`,
  headlineClear: (seeds: string): string => `no other range overlaps over ${seeds} seeds`,
  headlineOpen: (seeds: string, rivals: string): string =>
    `over ${seeds} seeds, silhouette leaves ${rivals} open`,
  headlineOne: "group: neither silhouette nor BIC shows more",
  headlineOneLevel: "at the 5% level, by silhouette",
  headlineNoMore: "silhouette shows no more than one Gaussian cloud",
  headlineUnknown: "without a range",
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
