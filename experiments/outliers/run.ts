import {
  aurocInterval,
  benjaminiHochberg,
  type Contributions,
  type OutlierModel,
  outlierScores,
} from "@mixtape/ood";
import { takeRows } from "@mixtape/tensor-utils";
import { defineOwnRun, type OwnContext, type Profile } from "../run/experiment.ts";
import type { OwnRows } from "../run/own/own_table.ts";
import { scoreHistogram } from "../run/score_histogram.ts";
import type { ForeignOutliers, OutliersPayload } from "./result.ts";
import { chanceScores, pValueOf, scoreAt } from "./run/chance_scores.ts";
import { listRows } from "./run/list_rows.ts";
import { readOutliersModel, writeOutliersModel } from "./run/outliers_model.ts";

const shared = { rate: 0.1, draws: 10_000, listed: 20, bins: 40 };
const profiles = {
  quick: { ...shared, fitRows: 5000, components: [1, 2, 4], regularizations: [0.001, 0.03, 0.3] },
  full: {
    ...shared,
    fitRows: 20_000,
    components: [1, 2, 3, 5],
    regularizations: [0.001, 0.01, 0.03, 0.1, 0.3],
  },
};

type Context = OwnContext<typeof profiles[Profile]>;

/** Runs the experiment: finds the rows that do not fit the density of the others. */
export const run = defineOwnRun({
  answers: "Which rows do not belong, and which columns make them odd?",
  seconds: 20,
  needs: { rows: 10 },
  profiles,
  restore(models) {
    const { model, chance, cut } = readOutliersModel(models.get("outliers"));
    return Promise.resolve({
      columns: ["outlier_score", "p_value", "discovery"],
      async apply({ prepared }) {
        const scores = oddness(await model.heldOutScore(prepared));
        const pValues = scores.map((score) => pValueOf(chance, score));
        return [scores, pValues, Array.from(pValues, (p) => p <= cut)];
      },
      dispose() {},
    });
  },
  async run(context): Promise<OutliersPayload> {
    const { table, parameters, seed, signal } = context;
    const { rate, draws, bins, listed: most, fitRows: rows, components, regularizations } =
      parameters;
    const { model, logDensity, fitted, folds } = await context.stage(
      "density",
      () => outlierScores(table.prepared, { seed, rows, components, regularizations, signal }),
    );
    context.update(0.7);
    const scores = oddness(logDensity);
    return await context.stage("outliers", async () => {
      const drawn = oddness(await model.score(model.sample(draws, seed)));
      const { chance, moved } = chanceScores(drawn, scores);
      const pValues = scores.map((score) => pValueOf(chance, score));
      const { rejected: discovered, count } = benjaminiHochberg(pValues, { rate });
      const cut = rate * Math.max(1, count) / scores.length;
      context.column("outlier_score", scores);
      context.column("p_value", pValues);
      context.column("discovery", Array.from(discovered, (one) => one === 1));
      context.model("outliers", writeOutliersModel({ model, chance, cut }));
      const draw = (tiles: Parameters<Context["image"]>[1]) => context.image("oddest", tiles);
      const foldOf = new Map(Array.from(fitted, (row, i) => [row, folds[i]]));
      const explain = (rows: Uint32Array) => explainRows(model, table, rows, foldOf);
      const tested = { of: table, scores, pValues, discovered, explain };
      return {
        rows: scores.length,
        fitted: fitted.length,
        rate,
        cut,
        threshold: scoreAt(chance, cut),
        discoveries: count,
        histogram: scoreHistogram(scores, moved, bins),
        ...await listRows(tested, { table, most, draw }),
        foreign: table.foreign && await testForeign(table.foreign, model, scores, context),
      };
    });
  },
});

/** Tests the rows of another file against those of the table, out of fold. */
async function testForeign(
  foreign: OwnRows,
  model: OutlierModel,
  own: Float64Array,
  { table, parameters: { rate, bins, listed: most }, image }: Context,
): Promise<ForeignOutliers> {
  const logDensity = await model.heldOutScore(foreign.prepared);
  const scores = oddness(logDensity);
  const pValues = await model.pValues(foreign.prepared);
  const { rejected: discovered, count } = benjaminiHochberg(pValues, { rate });
  const { auroc, low, high } = aurocInterval(oddness(own), logDensity);
  const draw = (tiles: Parameters<typeof image>[1]) => image("foreign", tiles);
  const explain = (rows: Uint32Array) => explainRows(model, foreign, rows);
  const tested = { of: foreign, scores, pValues, discovered, explain };
  return {
    name: foreign.name,
    rows: scores.length,
    comparedWith: model.rows,
    discoveries: count,
    separation: scores.length < 2 ? null : { auroc, aurocInterval: { low, high, level: 0.95 } },
    histogram: scoreHistogram(own, scores, bins),
    ...await listRows(tested, { table, most, draw }),
  };
}

/** Tells what the entries of rows cost them, under the mixture without the fold of each, if it is in one. */
async function explainRows(
  model: OutlierModel,
  { prepared }: OwnRows,
  rows: Uint32Array,
  foldOf: ReadonlyMap<number, number> = new Map(),
): Promise<Pick<Contributions, "nats" | "expected">> {
  const nats: number[] = [];
  const expected: number[] = [];
  for (const row of rows) {
    const withoutFold = foldOf.get(row);
    const one = await model.contributions(takeRows(prepared, Uint32Array.of(row)), { withoutFold });
    nats.push(...one.nats);
    expected.push(...one.expected);
  }
  return { nats: Float64Array.from(nats), expected: Float64Array.from(expected) };
}

/** Outlier scores of log-densities, and back. */
function oddness(scores: Float64Array): Float64Array {
  return scores.map((score) => -score);
}
