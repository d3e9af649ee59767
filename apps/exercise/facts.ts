import { compareRuns, type Edge, edgeOf } from "../../experiments/compare.ts";
import type { Values } from "./run_cells.ts";

/** The least and the largest of some values. */
export interface Range {
  /** The least. */
  readonly low: number;
  /** The largest. */
  readonly high: number;
}

/** Returns the range of values. */
export function rangeOf(values: readonly number[]): Range {
  return { low: Math.min(...values), high: Math.max(...values) };
}

/** The runs of k-means from one kind of start. */
export interface StartFacts {
  /** Kind of start. */
  readonly init: string;
  /** Number of runs. */
  readonly runs: number;
  /** Iterations until nothing changed. */
  readonly iterations: Range;
  /** Inertia at the end of each run, per image and with pixels from 0 to 1. */
  readonly inertias: readonly number[];
  /** Purity at the end. */
  readonly purity: Range;
}

/** Summarises the runs by their kind of start. */
export function startFacts({ runs }: Pick<Values, "runs">): StartFacts[] {
  return [...Map.groupBy(runs, ({ init }) => init)].map(([init, ofInit]) => ({
    init,
    runs: ofInit.length,
    iterations: rangeOf(ofInit.map(({ iterations }) => iterations)),
    inertias: ofInit.map(({ inertia }) => inertia),
    purity: rangeOf(ofInit.map(({ purity }) => purity)),
  }));
}

/** Returns true if two intervals have a value in common: no difference is shown. */
export function overlap(a: Range, b: Range): boolean {
  return a.low <= b.high && b.low <= a.high;
}

/** The classes that clusters find from every start, and those that they miss from every one. */
export interface RecallFacts {
  /** Classes of which every run finds at least half of the images. */
  readonly found: readonly string[];
  /** Classes of which no run finds half of the images. */
  readonly missed: readonly string[];
  /** Classes that some runs find and others miss. */
  readonly mixed: readonly string[];
}

/** Sorts the classes by whether runs find half of their images. */
export function recallFacts({ recalls, digits }: Pick<Values, "recalls" | "digits">): RecallFacts {
  const counts = digits.classNames.map((_, label) =>
    recalls.filter((recall) => recall[label] >= 0.5).length
  );
  const where = (holds: (count: number) => boolean) =>
    digits.classNames.filter((_, label) => holds(counts[label]));
  return {
    found: where((count) => count === recalls.length),
    missed: where((count) => count === 0),
    mixed: where((count) => count > 0 && count < recalls.length),
  };
}

/** A mixture among those that were tried. */
type Mixture = Values["mixtures"][number];

/** The comparison of numbers of components. */
export interface MixtureFacts {
  /** The mixture with the lowest BIC, which does not look at clothes. */
  readonly chosen: Mixture;
  /** The end of the numbers of components that were tried which its own is; null if it is neither. */
  readonly edge: Edge | null;
  /** The mixture that tells clothes best, which one knows only after looking at them. */
  readonly best: Mixture;
  /** True if the intervals of the two overlap. */
  readonly isAlike: boolean;
  /** AUROC over all numbers of components. */
  readonly auroc: Range;
}

/** Compares the mixtures. */
export function mixtureFacts({ mixtures }: Pick<Values, "mixtures">): MixtureFacts {
  const chosen = mixtures.reduce((a, b) => a.bic <= b.bic ? a : b);
  const best = mixtures.reduce((a, b) => a.auroc >= b.auroc ? a : b);
  const auroc = rangeOf(mixtures.map((mixture) => mixture.auroc));
  return {
    chosen,
    edge: edgeOf(chosen.components, mixtures.map(({ components }) => components)),
    best,
    isAlike: overlap(chosen, best),
    auroc,
  };
}

/** The methods at one share of missing entries. */
export interface MissingFacts {
  /** Share of entries that are missing. */
  readonly rate: number;
  /** NMI of each method over the seeds. */
  readonly methods: readonly { readonly method: string; readonly nmi: Range }[];
  /** True if all methods have the same numbers. */
  readonly areSame: boolean;
  /** The method that is shown to be above all others; null if there is none. */
  readonly winner: string | null;
  /** The method that is shown to be below all others; null if there is none. */
  readonly loser: string | null;
}

/** Compares the methods at each share; all shares together call methods different by chance in at most 5% of cases. */
export function missingFacts({ missing }: Pick<Values, "missing">): MissingFacts[] {
  const byRate = Map.groupBy(missing, ({ rate }) => rate);
  return [...byRate].map(([rate, ofRate]) => {
    const methods = [...Map.groupBy(ofRate, ({ method }) => method)].map(([method, runs]) => ({
      method,
      values: runs.map(({ nmi }) => nmi),
    }));
    const beyondAll = (side: "more" | "less") =>
      methods.find((one) =>
        methods.length > 1 && methods.every((other) =>
          other === one ||
          compareRuns(one.values, other.values, { comparisons: byRate.size }) === side
        )
      )?.method ?? null;
    return {
      rate,
      methods: methods.map(({ method, values }) => ({ method, nmi: rangeOf(values) })),
      areSame: methods.every(({ values }) =>
        values.every((value, at) => value === methods[0].values[at])
      ),
      winner: beyondAll("more"),
      loser: beyondAll("less"),
    };
  });
}
