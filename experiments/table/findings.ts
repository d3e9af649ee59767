import type { Answer, Format } from "@mixtape/report-site/components";
import { allLeast } from "../all_least.ts";
import { countText } from "../count_text.ts";
import type { TableResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Returns the findings of the experiment `table`, one sentence each. */
export function findTable(result: TableResult, t: Words, format: Format): string[] {
  const { data: [own], payload } = result;
  return [
    sizeFound(result, t, format),
    ...own.rows < own.fileRows
      ? [t.findingDrawn(format.count(own.rows), format.count(own.fileRows))]
      : [],
    ...own.imageShape === null ? gapsFound(result, t, format) : [],
    ...constantFound(result, t, format),
    ...payload.copied.count > 0 ? [t.findingCopied(format.count(payload.copied.count))] : [],
    repeatedFound(result, t, format),
    ...correlationsFound(result, t, format),
    ...payload.omitted.count > 0 ? [t.findingOmitted(format.count(payload.omitted.count))] : [],
    ...classesFound(result, t, format),
  ];
}

function sizeFound({ data: [own] }: TableResult, t: Words, format: Format): string {
  const { imageShape, title, rows, columns } = own;
  if (imageShape === null) {
    return t.findingSize(
      title,
      countText(rows, t.rowsText, format),
      countText(columns, t.columnsText, format),
    );
  }
  return t.findingImages(
    title,
    countText(rows, t.imagesText, format),
    format.count(imageShape.width),
    format.count(imageShape.height),
    t.colours[imageShape.channels === 1 ? "grey" : "colour"],
  );
}

function gapsFound({ data: [own], payload }: TableResult, t: Words, format: Format): string[] {
  if (own.missing === 0) return [t.findingWhole];
  return [
    t.findingMissing(
      shareText(own.missing, own.rows * own.columns, t, format),
      format.count(payload.withGaps),
      countText(own.columns, t.columnsText, format),
    ),
  ];
}

/** Writes a share, of which one above 0 is not written as 0. */
function shareText(count: number, all: number, t: Words, format: Format): string {
  const share = count / all;
  return share > 0 && share < 0.0005 ? t.lessThan(format.percent(0.001)) : format.percent(share);
}

function constantFound({ data: [own], payload }: TableResult, t: Words, format: Format): string[] {
  const { count } = payload.constant;
  if (count === 0) return [];
  const say = own.imageShape === null ? t.findingConstant : t.findingConstantPixels;
  return [say(format.count(count))];
}

function repeatedFound({ data: [own], payload }: TableResult, t: Words, format: Format): string {
  const { count } = payload.repeated;
  const isTable = own.imageShape === null;
  if (count === 0) return isTable ? t.findingDistinct : t.findingDistinctImages;
  const say = isTable ? t.findingRepeated : t.findingRepeatedImages;
  return say(format.count(count), shareText(count, own.rows, t, format));
}

function correlationsFound(
  { payload, data: [own] }: TableResult,
  t: Words,
  format: Format,
): string[] {
  const { correlations } = payload;
  if (correlations === null) return [];
  const { columns, rows, least, count, pairs } = correlations;
  const on = countText(rows, t.rowsText, format);
  const mark = format.decimal(least);
  const among = columns < own.columns
    ? t.firstColumnsText(format.count(columns))
    : countText(columns, t.columnsText, format);
  if (count === 0) return [t.findingUncorrelated(among, mark, on)];
  const [{ first, second, correlation }] = pairs;
  const strongest = t.correlatedPair(first, second, format.decimal(correlation, 3));
  return [t.findingCorrelated(among, mark, format.count(count), on, strongest)];
}

/** Number of classes with as many rows that are named. */
const MOST_NAMED = 3;

function classesFound({ data: [own], payload }: TableResult, t: Words, format: Format): string[] {
  const { classes } = payload;
  if (classes.length === 0 || own.classes !== classes.length) return [];
  const [smallest, largest] = [1, -1].map((sign) => allLeast(classes, ({ rows }) => sign * rows));
  const count = format.count(own.classes);
  const rowsOf = ([{ rows }]: typeof classes) => countText(rows, t.rowsText, format);
  if (smallest.length === classes.length) {
    return [t.findingClassesEqual(count, rowsOf(smallest), classes.length === 1)];
  }
  const namesOf = (some: typeof classes) =>
    some.length > MOST_NAMED
      ? t.classesText(format.count(some.length))
      : format.list(some.map(({ name }) => t.classNamed(name)));
  return [
    t.findingClasses(
      count,
      rowsOf(smallest),
      namesOf(smallest),
      rowsOf(largest),
      namesOf(largest),
    ),
  ];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline({ data: [own] }: TableResult, t: Words, format: Format): Answer {
  const { imageShape, rows, columns, missing } = own;
  const isOne = format.isSingular(rows);
  return {
    number: format.count(rows),
    sentence: imageShape === null
      ? t.headline(isOne, countText(columns, t.columnsText, format), format.count(missing))
      : t.headlineImages(isOne, format.count(imageShape.width), format.count(imageShape.height)),
  };
}
