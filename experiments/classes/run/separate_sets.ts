import { splitRows } from "@mixtape/datasets/preparation";
import {
  aurocInterval,
  type Detector,
  detectorNamed,
  type FitOptions,
  type TrainingEvidenceLike,
} from "@mixtape/ood";
import {
  compactLabels,
  type HostMatrix,
  type Random,
  random,
  takeRows,
} from "@mixtape/tensor-utils";
import type { OwnTable } from "../../run/own/own_table.ts";
import { workingSpace } from "../../run/own/working_space.ts";
import {
  type DetectorSeparation,
  type MadeUpName,
  madeUpNames,
  type MadeUpSet,
  type SeparatedSet,
} from "../result.ts";

/** Detectors that need rows and their classes only, by their short names. */
export const detectorNames = [
  "mahalanobis",
  "relative-mahalanobis",
  "mahalanobis++",
  "ddu",
  "knn",
] as const;

/** Limits of the sets. */
export interface SetLimits {
  /** Most classes to hold out in turn. */
  readonly heldOutClasses: number;
  /** Most rows to fit on. */
  readonly fittedRows: number;
  /** Most rows of either kind to score. */
  readonly scoredRows: number;
}

/** Seed, signal and progress. */
export interface SetScope {
  /** The seed of all randomness. */
  readonly seed: number;
  /** Signal that Ctrl-C aborts. */
  readonly signal: AbortSignal;
  /** Called with the share that is done, from 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

/** Least number of rows of a class that is held out, and of the rows of other classes. */
const LEAST_ROWS = 10;

/**
 * Measures how well detectors tell rows that do not belong from rows that do: those of the second file, or, without
 * one, each of the largest classes in turn, which detectors then have not seen.
 *
 * @param table The data, with labels.
 * @param limits Numbers of classes and rows.
 * @param scope Seed, signal and progress.
 * @returns The sets; none if no class has enough rows.
 */
export async function separateSets(
  table: OwnTable,
  limits: SetLimits,
  { seed, signal, onProgress }: SetScope,
): Promise<SeparatedSet[]> {
  const sets: SeparatedSet[] = [];
  const plans = plansFor(table, limits);
  for (const [at, plan] of plans.entries()) {
    const set = await separate(table, plan, limits, { seed: seed + at, signal });
    if (set.detectors.length > 0) sets.push(set);
    onProgress((at + 1) / plans.length);
  }
  return sets;
}

/**
 * Measures how well detectors tell rows that were made up from rows that belong.
 *
 * @param table The data, with labels.
 * @param limits Number of rows.
 * @param scope Seed and signal.
 * @returns The sets; none if there is a second file, whose rows are real, or there are too few rows.
 */
export async function separateMadeUp(
  table: OwnTable,
  limits: SetLimits,
  { seed, signal }: Omit<SetScope, "onProgress">,
): Promise<MadeUpSet[]> {
  const inside = Uint32Array.from(table.labels!.keys());
  if (table.foreign !== null || inside.length < 2 * LEAST_ROWS) return [];
  const sets: MadeUpSet[] = [];
  for (const [at, madeUp] of madeUpNames.entries()) {
    const outside = makeUp(madeUp, table.prepared, limits.scoredRows, random(seed).split(at));
    const { heldOut: _, ...set } = await separate(
      table,
      { heldOut: null, inside, outside },
      limits,
      { seed, signal },
    );
    if (set.detectors.length > 0) sets.push({ madeUp, ...set });
  }
  return sets;
}

/** Makes rows up from those of a table, as many as there are or `most`. */
function makeUp(
  name: MadeUpName,
  { values, shape: [n, d] }: HostMatrix,
  most: number,
  source: Random,
): HostMatrix {
  const count = Math.min(n, most);
  const made = new Float64Array(count * d);
  for (let j = 0; j < d; j++) {
    const column = Float64Array.from({ length: n }, (_, i) => values[i * d + j]);
    const [low, high] = [Math.min, Math.max].map((extreme) =>
      column.reduce((a, b) => extreme(a, b))
    );
    const order = source.permutation(n);
    for (let i = 0; i < count; i++) {
      made[i * d + j] = name === "shuffled-columns"
        ? column[order[i]]
        : low + (high - low) * source.next();
    }
  }
  return { values: made, shape: [count, d] };
}

/** Rows that belong and rows that do not. */
interface Plan {
  readonly heldOut: string | null;
  readonly inside: Uint32Array;
  readonly outside: HostMatrix;
}

function plansFor(
  { labels, classNames, prepared, foreign }: OwnTable,
  { heldOutClasses }: SetLimits,
): Plan[] {
  const all = Uint32Array.from(labels!.keys());
  if (foreign !== null) {
    if (all.length < LEAST_ROWS) return [];
    return [{ heldOut: null, inside: all, outside: foreign.prepared }];
  }
  const rowsOf = classNames.map((_, label) => all.filter((row) => labels![row] === label));
  return [...rowsOf.keys()]
    .filter((label) =>
      rowsOf[label].length >= LEAST_ROWS && all.length - rowsOf[label].length >= LEAST_ROWS
    )
    .sort((a, b) => rowsOf[b].length - rowsOf[a].length)
    .slice(0, heldOutClasses)
    .map((label) => ({
      heldOut: classNames[label],
      inside: all.filter((row) => labels![row] !== label),
      outside: takeRows(prepared, rowsOf[label]),
    }));
}

async function separate(
  { labels, prepared }: OwnTable,
  { heldOut, inside, outside }: Plan,
  { fittedRows, scoredRows }: SetLimits,
  { seed, signal }: Omit<SetScope, "onProgress">,
): Promise<SeparatedSet> {
  const source = random(seed);
  const draw = (count: number, most: number) =>
    count <= most ? Uint32Array.from({ length: count }, (_, i) => i) : source.sample(count, most);
  const own = Int32Array.from(inside, (row) => labels![row]);
  const split = splitRows(inside.length, { testShare: 0.3, labels: own, seed });
  const take = (rows: Uint32Array, most: number) =>
    Uint32Array.from(draw(rows.length, most), (at) => inside[rows[at]]);
  const [fitted, tested] = [take(split.train, fittedRows), take(split.test, scoredRows)];
  const { x, projection } = await workingSpace(takeRows(prepared, fitted), { seed, signal });
  const brought = async (rows: HostMatrix) =>
    projection === null ? rows : await projection.apply(rows);
  const others = takeRows(outside, draw(outside.shape[0], scoredRows));
  const { codes } = compactLabels(Int32Array.from(fitted, (row) => labels![row]));
  const training = { ...evidenceOf(x), labels: Int32Array.from(codes) };
  const [belonging, other] = [
    evidenceOf(await brought(takeRows(prepared, tested))),
    evidenceOf(await brought(others)),
  ];
  const detectors: DetectorSeparation[] = [];
  for (const name of detectorNames) {
    using detector = await fitIfPossible(name, training, { seed, signal });
    if (detector === undefined) continue;
    const scores = await detector.score(belonging);
    const { auroc, low, high } = aurocInterval(scores, await detector.score(other));
    detectors.push({ detector: name, auroc, interval: { low, high, level: 0.95 } });
  }
  return {
    heldOut,
    fitted: fitted.length,
    dimensions: x.shape[1],
    inside: tested.length,
    outside: others.shape[0],
    detectors,
  };
}

/** Fits a detector; nothing if the rows do not vary as it needs, such as one column scaled to length 1. */
async function fitIfPossible(
  name: string,
  training: TrainingEvidenceLike,
  options: FitOptions,
): Promise<Detector | undefined> {
  try {
    return await detectorNamed(name)(training, options);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Rows in place of the activations of a network; detectors that need logits are not among those that are asked. */
function evidenceOf(x: HostMatrix) {
  const n = x.shape[0];
  return { logits: { values: new Float32Array(n), shape: [n, 1] as const }, activations: [x] };
}
