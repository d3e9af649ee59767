import { kMeans, missingObjective, missingObjectiveGradient } from "@mixtape/clustering";
import type { DerivationCheck, MonteCarloEstimate } from "@mixtape/results";
import { type HostMatrix, type Random, random } from "@mixtape/tensor-utils";
import {
  centralDifference,
  checkStatement,
  type DerivationOutcome,
  estimate,
  relativeError,
  standardErrors,
} from "./derivation_check.ts";
import { indicesOf } from "../../indices_of.ts";

const d = 4;
const k = 3;
const variance = 0.7;
const priorMean = Float64Array.of(0.5, -0.25, 0, 1);

/**
 * Checks the derivation of k-means with missing entries: the algorithm is written here as derived, in plain
 * float64, apart from the package's code.
 *
 * @param rows Rows of data to draw.
 * @param draws Draws of the Monte-Carlo estimates.
 * @param seed Seed of the data.
 * @returns The outcome of the checks.
 */
export async function checkMissingDerivation(
  rows: number,
  draws: number,
  seed: number,
): Promise<DerivationOutcome> {
  const source = random(seed);
  const x = drawIncomplete(rows, source);
  // The first k rows, filled: no cluster starts empty, which the derivation does not deal with.
  const start = Float64Array.from(
    { length: k * d },
    (_, at) => filled(x, Math.floor(at / d), at % d),
  );
  const run = await descend(x, start, variance);
  const gradient = await missingObjectiveGradient(x, matrix(run.centroids), run.labels, prior());
  const monteCarlo = estimateCosts(x, run.centroids, draws, source.split(1));
  const rises = run.trace.slice(1).map((cost, i) => Math.max(0, cost - run.trace[i]) / cost);
  return {
    checks: [
      checkStatement("missing-cost-matches-monte-carlo", monteCarlo.map(standardErrors), 4),
      await checkVariance(x, start, run.labels),
      await checkDifferences(x, start, run.labels),
      checkStatement(
        "missing-gradient-vanishes",
        Array.from(gradient.values, (value) => Math.abs(value) / rows),
        1e-12,
      ),
      await checkAgainstLloyd(x, start, run),
      checkStatement("missing-cost-never-rises", rises, 1e-14),
    ],
    trace: run.trace,
    monteCarlo,
  };
}

/** Overlapping groups, about a third of the entries missing. */
function drawIncomplete(rows: number, source: Random): HostMatrix {
  const values = Float64Array.from({ length: rows * d }, (_, at) => {
    const group = Math.floor(at / d) % k;
    const value = 1.5 * group * (at % 2 ? 1 : -1) + source.normal();
    return source.next() < 0.35 ? NaN : value;
  });
  return { values, shape: [rows, d] };
}

function prior(c = variance) {
  return { priorMean, variance: c };
}

function matrix(values: Float64Array): HostMatrix {
  return { values, shape: [values.length / d, d] };
}

/** The expected cost of one row in one cluster: Σ (x − μ)² if observed, Σ (μ − m)² + c if missing. */
function expectedCost(
  x: HostMatrix,
  row: number,
  centroids: Float64Array,
  cluster: number,
  c: number,
): number {
  let cost = 0;
  for (let i = 0; i < d; i++) {
    const value = x.values[row * d + i];
    const mean = centroids[cluster * d + i];
    cost += Number.isNaN(value) ? (mean - priorMean[i]) ** 2 + c : (value - mean) ** 2;
  }
  return cost;
}

interface Descent {
  readonly centroids: Float64Array;
  readonly labels: Int32Array;
  readonly trace: readonly number[];
}

/** The derived algorithm: assign by expected cost, then means with m in missing places, until nothing changes. */
async function descend(x: HostMatrix, start: Float64Array, c: number): Promise<Descent> {
  const n = x.shape[0];
  let centroids = start;
  let labels = new Int32Array(n).fill(-1);
  const trace: number[] = [];
  for (let step = 0; step < 500; step++) {
    const assigned = labels.map((_, row) => {
      const costs = indicesOf(k).map((cluster) => expectedCost(x, row, centroids, cluster, c));
      return costs.indexOf(Math.min(...costs));
    });
    trace.push(await missingObjective(x, matrix(centroids), assigned, prior(c)));
    if (assigned.every((label, row) => label === labels[row])) break;
    labels = assigned;
    centroids = filledMeans(x, labels, centroids);
    trace.push(await missingObjective(x, matrix(centroids), labels, prior(c)));
  }
  return { centroids, labels, trace };
}

function filledMeans(x: HostMatrix, labels: Int32Array, before: Float64Array): Float64Array {
  const sums = new Float64Array(k * d);
  const counts = new Float64Array(k);
  labels.forEach((label, row) => {
    counts[label]++;
    for (let i = 0; i < d; i++) sums[label * d + i] += filled(x, row, i);
  });
  return sums.map((sum, at) => {
    const count = counts[Math.floor(at / d)];
    return count === 0 ? before[at] : sum / count;
  });
}

function filled(x: HostMatrix, row: number, i: number): number {
  const value = x.values[row * d + i];
  return Number.isNaN(value) ? priorMean[i] : value;
}

/** Runs again with other variances and counts the assignments that differ. */
async function checkVariance(
  x: HostMatrix,
  start: Float64Array,
  labels: Int32Array,
): Promise<DerivationCheck> {
  const differences: number[] = [];
  for (const c of [1e-3, 0.1, 1, 10, 1000]) {
    const other = await descend(x, start, c);
    differences.push(other.labels.filter((label, row) => label !== labels[row]).length);
  }
  return checkStatement("missing-variance-moves-no-assignment", differences, 0);
}

/** Compares the analytic gradient with central differences, at centroids that are not converged. */
async function checkDifferences(
  x: HostMatrix,
  centroids: Float64Array,
  labels: Int32Array,
): Promise<DerivationCheck> {
  const gradient = await missingObjectiveGradient(x, matrix(centroids), labels, prior());
  const errors: number[] = [];
  for (const at of indicesOf(k * d)) {
    const moved = (step: number) =>
      matrix(centroids.map((value, i) => i === at ? value + step : value));
    const difference = await centralDifference(
      (step) => missingObjective(x, moved(step), labels, prior()),
      1e-4,
    );
    errors.push(relativeError(gradient.values[at], difference, x.shape[0]));
  }
  return checkStatement("missing-gradient-matches-differences", errors, 1e-9);
}

/** The derived algorithm must end where Lloyd's ends on the data filled with m, c a missing entry cheaper. */
async function checkAgainstLloyd(
  x: HostMatrix,
  start: Float64Array,
  run: Descent,
): Promise<DerivationCheck> {
  const values = Float64Array.from(x.values, (_, at) => filled(x, Math.floor(at / d), at % d));
  const missing = x.values.filter((value) => Number.isNaN(value)).length;
  const options = { clusters: k, init: matrix(start), tolerance: 0 };
  using lloyd = await kMeans({ values, shape: x.shape }, options);
  const cost = run.trace[run.trace.length - 1];
  const errors = [
    relativeError(lloyd.inertia + variance * missing, cost, 1),
    ...lloyd.labels.map((label, row) => label === run.labels[row] ? 0 : 1),
  ];
  return checkStatement("missing-equals-filled-lloyd", errors, 5e-15);
}

/** The expected cost of a few rows in closed form and by drawing their missing entries. */
function estimateCosts(
  x: HostMatrix,
  centroids: Float64Array,
  draws: number,
  source: Random,
): MonteCarloEstimate[] {
  const incomplete = indicesOf(x.shape[0]).filter((row) =>
    indicesOf(d).some((i) => Number.isNaN(x.values[row * d + i]))
  );
  return incomplete.slice(0, 6).map((row) => {
    const cluster = row % k;
    const cost = () => {
      let sum = 0;
      for (let i = 0; i < d; i++) {
        const value = x.values[row * d + i];
        const drawn = Number.isNaN(value)
          ? priorMean[i] + Math.sqrt(variance) * source.normal()
          : value;
        sum += (drawn - centroids[cluster * d + i]) ** 2;
      }
      return sum;
    };
    const closedForm = expectedCost(x, row, centroids, cluster, variance);
    return estimate("missing-cost-matches-monte-carlo", closedForm, indicesOf(draws).map(cost));
  });
}
