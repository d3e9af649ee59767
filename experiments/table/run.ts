import { random, takeRows } from "@mixtape/tensor-utils";
import { indicesOf } from "../indices_of.ts";
import { defineOwnRun, type OwnContext, type Profile } from "../run/experiment.ts";
import type { OwnTable } from "../run/own/own_table.ts";
import { pickColumns } from "../run/own/pick_columns.ts";
import { referTo } from "../run/own/refer_to.ts";
import type { ClassCount, Correlations, ExampleImages, TablePayload } from "./result.ts";
import { correlatedPairs } from "./run/correlate_columns.ts";
import { sameColumns, sameRows } from "./run/find_copies.ts";
import { columnStatistics, spreadOfColumns, summariseColumn } from "./run/summarise_columns.ts";

const shared = {
  listed: 60,
  named: 20,
  bins: 16,
  correlatedColumns: 300,
  leastCorrelation: 0.95,
  classes: 30,
  examplesPerClass: 8,
};

const profiles = { quick: shared, full: shared };

type Context = OwnContext<typeof profiles[Profile]>;

/** Runs the experiment: describes the columns, rows and classes of a table. */
export const run = defineOwnRun({
  answers: "What is in the table: ranges, gaps, copies, correlations and classes?",
  seconds: 2,
  needs: {},
  profiles,
  async run(context): Promise<TablePayload> {
    const { table, parameters: { listed, named, bins, classes }, stage, update } = context;
    const { raw, columns, omitted } = table;
    const isImages = table.imageShape !== null;
    const statistics = await stage("columns", () => columnStatistics(raw));
    const [n, d] = raw.shape;
    const constant = indicesOf(d).filter((j) => statistics.min[j] === statistics.max[j]);
    update(0.2, "copies");
    const copies = await stage("copies", () => isImages ? [] : sameColumns(raw));
    const repeated = await stage("repeated rows", () => sameRows(raw));
    update(0.5, "correlations");
    const correlations = await stage("correlations", () => correlate(context));
    const summaries = await stage("histograms", () =>
      (isImages ? [] : columns.slice(0, listed))
        .map((name, j) => summariseColumn(raw, j, name, statistics, bins)));
    return {
      columns: summaries,
      spread: isImages || d <= listed ? null : spreadOfColumns(statistics, n),
      withGaps: statistics.counts.reduce((sum, count) => sum + Number(count < n), 0),
      constant: {
        count: constant.length,
        names: isImages ? [] : constant.slice(0, named).map((j) => columns[j]),
      },
      copied: {
        count: copies.reduce((sum, set) => sum + set.length - 1, 0),
        columns: copies.flatMap(([first, ...others]) =>
          others.map((j) => ({ name: columns[j], of: columns[first] }))
        ).slice(0, named),
      },
      repeated: {
        count: repeated.reduce((sum, set) => sum + set.length - 1, 0),
        sets: repeated.slice(0, named).map((set) => ({
          count: set.length,
          first: set.slice(0, 5).map((row) => referTo(table, row)),
        })),
      },
      correlations,
      omitted: {
        count: omitted.length,
        columns: omitted.slice(0, named).map(({ name, reason }) => ({ name, reason })),
      },
      classes: countClasses(table).slice(0, classes),
      images: drawExamples(context),
    };
  },
});

/** Products that correlations may take, about a fifth of a second where no cell is missing. */
const MOST_PRODUCTS = 1e8;

async function correlate(
  { table: { raw, columns, imageShape }, parameters, seed, signal }: Context,
): Promise<Correlations | null> {
  const [n, d] = raw.shape;
  if (imageShape !== null || d < 2 || n < 10) return null;
  const compared = Math.min(d, parameters.correlatedColumns);
  const most = Math.floor(MOST_PRODUCTS / (compared * compared));
  const drawn = n <= most ? raw : takeRows(raw, random(seed).sample(n, most).sort());
  const least = parameters.leastCorrelation;
  const x = pickColumns(drawn, indicesOf(compared));
  const pairs = await correlatedPairs(x, columns.slice(0, compared), least, signal);
  return {
    columns: compared,
    rows: drawn.shape[0],
    least,
    count: pairs.length,
    pairs: pairs.slice(0, parameters.named),
  };
}

/** Counts the rows of each class, the largest first. */
function countClasses({ labels, classNames, used }: OwnTable): ClassCount[] {
  if (labels === null || used.classNames.length === 0) return [];
  const counts = new Uint32Array(classNames.length);
  for (const label of labels) counts[label]++;
  return classNames.map((name, label) => ({ name, rows: counts[label] }))
    .sort((a, b) => b.rows - a.rows);
}

/** Draws images of the largest classes, or of all rows without labels. */
function drawExamples(context: Context): ExampleImages | null {
  const { table: { raw, imageShape, labels, classNames }, parameters, seed, image } = context;
  if (imageShape === null) return null;
  const { height, width, channels } = imageShape;
  const each = parameters.examplesPerClass;
  const rows: number[] = [];
  const classes: string[] = [];
  if (labels === null) {
    rows.push(...random(seed).sample(raw.shape[0], Math.min(raw.shape[0], 4 * each)));
  }
  for (const { name } of countClasses(context.table).slice(0, 10)) {
    const label = classNames.indexOf(name);
    const own = [...labels!.keys()].filter((row) => labels![row] === label);
    for (const at of random(seed).sample(own.length, Math.min(own.length, each))) {
      rows.push(own[at]);
      classes.push(name);
    }
  }
  const sprite = image("examples", {
    values: takeRows(raw, rows).values,
    shape: { height, width },
    channels: channels === 3 ? 3 : 1,
    maxValue: 255,
    columns: each,
  });
  return { sprite, classes };
}
