import { experiments } from "@mixtape/experiments";
import { formatFor, languages } from "@mixtape/report-site";
import type { LeftOut, Selection } from "@mixtape/results";
import { lackOf } from "../experiments/run/own/needs.ts";
import { usedTables } from "../experiments/run/own/own_table.ts";
import type { LoadedExperiment, RunData } from "../experiments/run/perform.ts";
import { UsageError } from "./command_line.ts";

/** The experiments to run, and why others are left out. */
export interface SelectedExperiments {
  /** The experiments that were asked for and fit the data. */
  readonly chosen: readonly LoadedExperiment[];
  /** The data, and every experiment that does not fit them. */
  readonly selection: Selection;
}

/** An experiment of which the code that runs it was loaded if it is for the kind of data. */
type Loaded = ReadonlyMap<string, LoadedExperiment>;

/**
 * Loads the code of the experiments that are for a kind of data.
 *
 * @param onOwnData True for data of one's own.
 * @param asked Ids that were asked for; none for all.
 * @returns The experiments by their ids.
 * @throws {UsageError} If one that was asked for is for the other kind.
 */
export async function loadExperiments(
  onOwnData: boolean,
  asked: ReadonlySet<string>,
): Promise<Loaded> {
  const wrong = experiments.find((one) => asked.has(one.id) && !!one.onOwnData !== onOwnData);
  if (wrong !== undefined) {
    throw new UsageError(
      `Cannot run ${wrong.id}: ` +
        (onOwnData
          ? "it is for MNIST and Fashion-MNIST, leave out --dataset"
          : "it is for data of your own, name their file or folder in --dataset"),
    );
  }
  const loaded = experiments.filter((one) => !!one.onOwnData === onOwnData)
    .map(async ({ id, load }) => [id, { ...await load(), id }] as const);
  return new Map(await Promise.all(loaded));
}

/**
 * Selects the experiments that fit data.
 *
 * @param loaded The experiments for data of that kind.
 * @param data The data.
 * @param asked Ids that were asked for; none for all.
 * @returns The experiments to run, and why others are left out.
 * @throws {RangeError} If one that was asked for does not fit the data.
 */
export function selectExperiments(
  loaded: Loaded,
  data: RunData,
  asked: ReadonlySet<string>,
): SelectedExperiments {
  const table = "table" in data ? data.table : undefined;
  const leftOut = experiments.flatMap(({ id }): LeftOut[] => {
    const run = loaded.get(id);
    if (run === undefined) {
      const need = table === undefined ? "own-data" : "exhibit";
      return [{ experiment: id, need, least: null }];
    }
    const lack = table && run.needs && lackOf(run.needs, table);
    return lack === undefined ? [] : [{ experiment: id, ...lack }];
  });
  const reasons = new Map(leftOut.map((one) => [one.experiment, one]));
  for (const id of asked) {
    const reason = reasons.get(id);
    if (reason !== undefined) throw new RangeError(`Cannot run ${id}: ${lackText(reason)}`);
  }
  const used = table && usedTables(table);
  return {
    chosen: [...loaded.values()]
      .filter(({ id }) => !reasons.has(id) && (asked.size === 0 || asked.has(id))),
    selection: {
      schemaVersion: 1,
      data: used === undefined ? "exhibit" : "own",
      files: used?.flatMap(({ files }) => files) ?? [],
      leftOut,
    },
  };
}

/** Returns the need that data lack as a clause, in the words of the report. */
export function lackText({ need, least }: Pick<LeftOut, "need" | "least">): string {
  const [{ tag, text }] = languages;
  const sentence = text.site.lacking[need](formatFor(tag).count(least ?? 0));
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");
}
