import { backendKernel, disposing, isReader } from "@mixtape/tensor-utils";
import type { LloydRun, LloydSession, Rows } from "@mixtape/tensor-utils";
import { chooseStarts, startSources } from "./choose_starts.ts";
import type { CheckedOptions } from "./kmeans_options.ts";
import { type KMeansIteration, type LloydRules, runLloyd } from "./lloyd_run.ts";
import { meanVariance } from "./mean_variance.ts";
import { plusPlusDraws } from "./plus_plus_start.ts";

/**
 * Runs Lloyd's algorithm in one session from each start that the options ask for, and returns the
 * run with the lowest inertia.
 *
 * @param x The data that starts are chosen from.
 * @param open Opens the session. Unless the backend has kernels, it is called once the starts are
 * chosen and the memory used to choose them is released.
 * @param isPlain False if the session's sums and inertia are not those of the rows of `x`.
 */
export async function bestRun(
  x: Rows,
  options: CheckedOptions,
  open: () => LloydSession | Promise<LloydSession>,
  isPlain = true,
): Promise<LloydRun> {
  const { maxIterations, sampleWeight, signal, onIteration } = options;
  // Kernels share what they prepared of data between sessions: opened first, it is prepared once.
  const isShared = !isReader(x) && backendKernel("MixtapePlusPlus") !== undefined;
  const chosen = isShared ? undefined : await chooseStarts(x, options);
  const { tolerance } = options;
  // A step on rows without weights tells their variance, without a further pass.
  const variance = tolerance > 0 && (sampleWeight || !isPlain)
    ? await meanVariance(x, signal)
    : undefined;
  return await disposing(await open(), async (session) => {
    const rules = { maxIterations, tolerance, variance, sampleWeight, signal, onIteration };
    const isAlone = !chosen && options.init === "k-means++" && !sampleWeight && !onIteration;
    if (isAlone) {
      const draws = startSources(options).map((source) => plusPlusDraws(options.clusters, source));
      const run = await session.bestRun?.(draws, rules);
      if (run) return run;
    }
    const starts = chosen ?? await chooseStarts(x, options);
    return await bestOf(session, x, starts, rules);
  });
}

/** Rules of several runs. */
interface RulesOfRuns extends Omit<LloydRules, "onIteration"> {
  readonly onIteration?: (iteration: KMeansIteration) => void;
}

/**
 * Runs Lloyd's algorithm in a session from each of some starts.
 *
 * @returns The run with the lowest inertia, the first of several.
 */
export async function bestOf(
  session: LloydSession,
  x: Rows,
  starts: readonly Float64Array[],
  { onIteration, ...rules }: RulesOfRuns,
): Promise<LloydRun> {
  let best = onIteration ? undefined : await session.bestRun?.(starts, rules);
  if (best) return best;
  for (const [restart, start] of starts.entries()) {
    session.reset();
    const run = await runLloyd(session, x, start, {
      ...rules,
      onIteration: onIteration && ((iteration) => onIteration({ restart, ...iteration })),
    });
    if (best === undefined || run.inertia < best.inertia) best = run;
  }
  return best!;
}
