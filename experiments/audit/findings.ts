import type { Answer, Format } from "@mixtape/report-site/components";
import type { AuditPayload, AuditResult, OrderCheck } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The checks, in the order in which they are shown. */
export const checkNames = [
  "labels",
  "groups",
  "duplicates",
  "order",
  "rareClasses",
  "identifiers",
  "emptyRows",
  "drift",
] as const;

/** The name of a check. */
export type CheckName = typeof checkNames[number];

/** Returns true if the order of the rows matters. */
export function orderMatters({ pValue }: OrderCheck): boolean {
  return pValue <= 0.05;
}

/**
 * Returns the number of rows, pairs, groups, classes or columns that each check found, for the order 1 if it matters;
 * null if the check could not look.
 */
export function foundBy(payload: AuditPayload): Readonly<Record<CheckName, number | null>> {
  const { labels, groups, duplicates, order, rareClasses, identifiers, emptyRows, drift } = payload;
  return {
    labels: labels && labels.suspects,
    groups: groups && groups.failing.length,
    duplicates: duplicates && duplicates.identical + duplicates.near,
    order: order && (orderMatters(order) ? 1 : 0),
    rareClasses: rareClasses && rareClasses.length,
    identifiers: identifiers.length,
    emptyRows: emptyRows.count,
    drift: drift && drift.moved,
  };
}

/** Number of names that a sentence lists. */
const LISTED = 5;

/** Returns the findings of the experiment `audit`, one sentence each. */
export function findAudit(result: AuditResult, t: Words, format: Format): string[] {
  const found = foundBy(result.payload);
  const clean = checkNames.filter((name) => found[name] === 0).map((name) => t.checks[name]);
  return [
    ...findLabels(result, t, format),
    ...findGroups(result, t, format),
    ...findDuplicates(result, t, format),
    ...findOrder(result, t, format),
    ...findDrift(result, t, format),
    ...findColumnsAndRows(result, t, format),
    ...clean.length === 0 ? [] : [t.findingClean(format.list(clean))],
    ...result.payload.labels === null ? [t.findingNoLabels] : [],
    ...result.payload.drift === null ? [t.findingNoForeign] : [],
  ];
}

function findLabels({ payload: { labels } }: AuditResult, t: Words, format: Format): string[] {
  if (labels === null) return [];
  const { accuracy, largestShare, suspects } = labels;
  const judged = t.findingAccuracy(
    format.percent(accuracy.value),
    format.percentInterval(accuracy.interval),
    format.count(accuracy.successes),
    format.count(accuracy.trials),
    format.percent(largestShare),
  );
  if (suspects === null) return [judged, t.findingUnlearned];
  if (suspects === 0) return [judged];
  const share = format.percent(suspects / accuracy.trials);
  return [t.findingSuspects(format.count(suspects), share), judged];
}

function findGroups({ payload: { groups } }: AuditResult, t: Words, format: Format): string[] {
  if (groups === null || groups.failing.length === 0) return [];
  const [{ label, failures, rows, elsewhere }] = groups.failing;
  return [
    t.findingGroups(
      format.count(groups.failing.length),
      format.count(groups.clusters),
      label,
      format.count(failures),
      format.count(rows),
      format.percent(elsewhere),
    ),
  ];
}

function findDuplicates(
  { payload: { duplicates } }: AuditResult,
  t: Words,
  format: Format,
): string[] {
  if (duplicates === null) return [];
  const { compared, identical, identicalRelabelled, near, nearRelabelled } = duplicates;
  const relabelled = (count: number | null) =>
    count === null ? "" : t.relabelled(format.count(count));
  return [
    ...identical === 0 ? [] : [
      t.findingIdentical(
        format.count(identical),
        format.count(compared),
        relabelled(identicalRelabelled),
      ),
    ],
    ...near === 0 ? [] : [t.findingNear(format.count(near), relabelled(nearRelabelled))],
  ];
}

function findOrder({ payload: { order } }: AuditResult, t: Words, format: Format): string[] {
  if (order === null || !orderMatters(order)) return [];
  const { distance, expected, pValue, sortedByClass, columns } = order;
  const names = columns.map(({ column }) => column);
  return [
    t.findingOrder(
      format.significant(distance),
      format.significant(expected),
      format.significant(pValue, 2),
    ),
    ...sortedByClass === true ? [t.findingSorted] : [],
    ...names.length === 0 ? [] : [t.findingHalves(format.list(firstOf(names, t, format)))],
  ];
}

function findDrift({ data, payload: { drift } }: AuditResult, t: Words, format: Format): string[] {
  if (drift === null || drift.moved === 0) return [];
  const { moved, columns } = drift;
  const names = format.list(columns.slice(0, LISTED).map(({ column }) => column));
  const sentence = moved > LISTED ? t.findingDriftMost : t.findingDrift;
  return [sentence(data[1].title, format.count(moved), format.count(data[0].columns), names)];
}

function findColumnsAndRows(
  { data: [{ rows }], payload: { rareClasses, identifiers, emptyRows } }: AuditResult,
  t: Words,
  format: Format,
): string[] {
  return [
    ...rareClasses === null || rareClasses.length === 0 ? [] : [t.findingRare(
      format.list(
        firstOf(
          rareClasses.map(({ name, rows }) => t.nameAndRows(name, format.count(rows))),
          t,
          format,
        ),
      ),
    )],
    ...identifiers.length === 0 ? [] : [
      t.findingIdentifiers(
        format.list(firstOf(identifiers.map(({ column }) => column), t, format)),
      ),
    ],
    ...emptyRows.count === 0
      ? []
      : [t.findingEmpty(format.count(emptyRows.count), format.count(rows))],
  ];
}

/** Returns the first names, and the number of the others. */
function firstOf(names: readonly string[], t: Words, format: Format): readonly string[] {
  if (names.length <= LISTED + 1) return names;
  return [...names.slice(0, LISTED), t.more(format.count(names.length - LISTED))];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline({ payload }: AuditResult, t: Words, format: Format): Answer {
  const found = Object.values(foundBy(payload)).filter((count) => count !== null);
  return {
    number: format.count(found.filter((count) => count > 0).length),
    sentence: t.headline(format.count(found.length)),
  };
}
