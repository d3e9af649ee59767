import { smoothedClassifier } from "@mixtape/audit";
import { defineOwnRun } from "../run/experiment.ts";
import { judgeOutOfFold } from "../run/own/out_of_fold.ts";
import type { ClassesPayload } from "./result.ts";
import { classifierColumns, classifierJSON, restoreClassifier } from "./run/classifier_model.ts";
import { judgeRows } from "./run/judge_rows.ts";
import { separateMadeUp, separateSets } from "./run/separate_sets.ts";

const everything = {
  listedClasses: 50,
  matrixClasses: 20,
  listedConfusions: 20,
  bins: 10,
  heldOutClasses: 5,
  fittedRows: 3000,
  scoredRows: 1000,
};

/** Runs the experiment: predicts the classes of a table, and looks for rows of none of them. */
export const run = defineOwnRun({
  answers: "How well do the columns tell the classes, and rows of other ones?",
  seconds: 10,
  needs: { labels: true },
  profiles: { quick: everything, full: everything },
  restore: (models, classNames) =>
    Promise.resolve(restoreClassifier(models.get("classifier"), classNames)),
  async run(context): Promise<ClassesPayload> {
    const { table, seed, signal, parameters, stage, update } = context;
    const { classNames } = table;
    const labels = table.labels!;
    const judged = await stage("judge", () => judgeOutOfFold(table, context));
    update(0.4);
    const { numbers, predicted, confidence } = await judgeRows(
      { labels, classNames, ...judged },
      parameters,
    );
    const [classColumn, probabilityColumn] = classifierColumns;
    context.column(classColumn, Array.from(predicted, (label) => classNames[label]));
    context.column(probabilityColumn, confidence);
    using model = await stage(
      "train",
      () =>
        smoothedClassifier(table.prepared, labels, { classes: classNames.length, seed, signal }),
    );
    context.model("classifier", classifierJSON(model, numbers.calibration.temperature));
    update(0.6);
    const sets = await stage("separate", () =>
      separateSets(table, parameters, {
        seed,
        signal,
        onProgress: (fraction) => update(0.6 + 0.3 * fraction),
      }));
    const madeUpSets = await stage(
      "separate made-up rows",
      () => separateMadeUp(table, parameters, { seed, signal }),
    );
    return { ...numbers, sets, madeUpSets };
  },
});
