import { aurocInterval, benjaminiHochberg } from "@mixtape/ood";
import { takeRows } from "@mixtape/tensor-utils";
import { defineOwnRun, type OwnContext, type Profile } from "../run/experiment.ts";
import type { OwnRows } from "../run/own/own_table.ts";
import { scoreHistogram } from "../run/score_histogram.ts";
import type { ForeignOutliers, OutliersPayload } from "./result.ts";
import { chanceScores, pValueOf, scoreAt } from "./run/chance_scores.ts";
import { listRows } from "./run/list_rows.ts";
import { readOutliersModel, writeOutliersModel } from "./run/outliers_model.ts";
import {
  explainRows,
  fitTableDensity,
  negated,
  scoreOthers,
  type TableDensity,
} from "./run/table_density.ts";

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
    const fitted = readOutliersModel(models.get("outliers"));
    return Promise.resolve({
      columns: ["outlier_score", "p_value", "discovery"],
      async apply({ prepared }) {
        const { scores } = await scoreOthers(prepared, fitted);
        const pValues = scores.map((score) => pValueOf(fitted.chance, score));
        return [scores, pValues, Array.from(pValues, (p) => p <= fitted.cut)];
      },
      dispose() {},
    });
  },
  async run(context): Promise<OutliersPayload> {
    const { table, parameters, seed, signal, image } = context;
    const { rate, draws, bins, listed: most, fitRows: maxRows, components, regularizations } =
      parameters;
    const options = { seed, maxRows, components, regularizations, signal };
    const density = await context.stage(
      "density",
      () => fitTableDensity(table.prepared, options),
    );
    context.update(0.7);
    return await context.stage("outliers", async () => {
      const { model, projection, scores } = density;
      const drawn = negated(await model.score(await model.sample(draws, { seed, signal })));
      const { chance, moved } = chanceScores(drawn, scores);
      const pValues = scores.map((score) => pValueOf(chance, score));
      const { rejected: discovered, count } = benjaminiHochberg(pValues, { rate });
      const cut = rate * Math.max(1, count) / scores.length;
      context.column("outlier_score", scores);
      context.column("p_value", pValues);
      context.column("discovery", Array.from(discovered, (one) => one === 1));
      context.model("outliers", writeOutliersModel({ model, projection, chance, cut }));
      const tested = { of: table, scores, pValues, discovered, explain: density.explain };
      const draw = (tiles: Parameters<typeof image>[1]) => image("oddest", tiles);
      return {
        rows: scores.length,
        fitted: density.fitted,
        space: projection &&
          { components: projection.variances.length, share: sum(projection.shares) },
        rate,
        cut,
        threshold: scoreAt(chance, cut),
        discoveries: count,
        histogram: scoreHistogram(scores, moved, bins),
        ...await listRows(tested, { table, most, draw }),
        foreign: table.foreign && await testForeign(table.foreign, density, context),
      };
    });
  },
});

/** Tests the rows of another file against those of the table, out of fold. */
async function testForeign(
  foreign: OwnRows,
  density: TableDensity,
  { table, parameters: { rate, bins, listed: most }, image }: Context,
): Promise<ForeignOutliers> {
  const { scores, pValues } = await scoreOthers(foreign.prepared, density);
  const own = Float64Array.from(density.rows, (row) => density.scores[row]);
  const { rejected: discovered, count } = benjaminiHochberg(pValues, { rate });
  const { auroc, low, high } = aurocInterval(negated(own), negated(scores));
  const draw = (tiles: Parameters<typeof image>[1]) => image("foreign", tiles);
  const explain = (rows: Uint32Array) => explainRows(takeRows(foreign.prepared, rows), density);
  const tested = { of: foreign, scores, pValues, discovered, explain };
  return {
    name: foreign.name,
    rows: scores.length,
    comparedWith: density.model.rows,
    discoveries: count,
    separation: scores.length < 2 ? null : { auroc, aurocInterval: { low, high, level: 0.95 } },
    histogram: scoreHistogram(own, scores, bins),
    ...await listRows(tested, { table, most, draw }),
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
