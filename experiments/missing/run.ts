import { standardizerFromJSON } from "@mixtape/datasets/preparation";
import { type HostMatrix, random, takeRows } from "@mixtape/tensor-utils";
import { indicesOf } from "../indices_of.ts";
import { defineOwnRun, type OwnContext, type Profile } from "../run/experiment.ts";
import { pickColumns } from "../run/own/pick_columns.ts";
import type { MissingPayload } from "./result.ts";
import { compareFills } from "./run/compare_fills.ts";
import { compareGroupings } from "./run/compare_groupings.ts";
import { countGaps } from "./run/gap_patterns.ts";

const shared = { hiddenShare: 0.1, clusters: 4, mostClasses: 20, patterns: 15 };
const profiles = {
  quick: { ...shared, comparedRows: 2000, seeds: 5, restarts: 3 },
  full: { ...shared, comparedRows: 20_000, seeds: 10, restarts: 5 },
};

type Context = OwnContext<typeof profiles[Profile]>;

/** Runs the experiment: counts the cells without a value, and compares what methods make of them. */
export const run = defineOwnRun({
  answers: "Which cells have no value, and does it matter how they are filled?",
  seconds: 20,
  needs: { missing: true, rows: 20 },
  profiles,
  async run(context): Promise<MissingPayload> {
    const { table, seed, signal, parameters } = context;
    const { seeds, restarts, hiddenShare } = parameters;
    const gaps = await context.stage(
      "gaps",
      () => countGaps(table.raw, table.columns, parameters.patterns),
    );
    const { x, labels } = await drawCompared(context);
    const classes = new Set(labels).size;
    const areClasses = classes >= 2 && classes <= parameters.mostClasses;
    const clusters = areClasses ? classes : parameters.clusters;
    const settings = { clusters, restarts, seed, seeds, signal };
    const hidden = await context.stage(
      "hidden",
      () => compareFills(x, { ...settings, hiddenShare }),
    );
    context.update(0.6);
    const groupings = await context.stage(
      "groupings",
      () => compareGroupings(x, areClasses ? labels : null, settings),
    );
    return {
      ...gaps,
      comparedRows: x.shape[0],
      clusters,
      areClasses,
      seeds,
      hiddenShare,
      ...hidden,
      groupings,
    };
  },
});

/** Rows on which methods are compared. */
interface ComparedRows {
  /** Their cells in the scale on which models work, shape [n, d]; NaN stands for a missing one. */
  readonly x: HostMatrix;
  /** Class of each; null without labels. */
  readonly labels: Int32Array | null;
}

/** Draws rows if there are many, and leaves out columns without any value among them. */
async function drawCompared({ table, parameters, seed }: Context): Promise<ComparedRows> {
  const n = table.raw.shape[0];
  const count = Math.min(n, parameters.comparedRows);
  const rows = count === n ? Uint32Array.from(indicesOf(n)) : random(seed).sample(n, count).sort();
  const raw = takeRows(table.raw, rows);
  const { standardizer } = table.preparation.toJSON();
  const x = standardizer === null ? raw : await standardizerFromJSON(standardizer).apply(raw);
  const d = x.shape[1];
  const known = indicesOf(d).filter((j) => rows.some((_, i) => !Number.isNaN(x.values[i * d + j])));
  const { labels } = table;
  return {
    x: pickColumns(x, known),
    labels: labels && Int32Array.from(rows, (row) => labels[row]),
  };
}
