import {
  count,
  flag,
  list,
  magnitude,
  number,
  oneOf,
  positive,
  proportion,
  record,
  share,
  sprite,
  text,
} from "@mixtape/results/schema";
import type { z } from "zod";
import { rowReference, rowReferenceFields } from "../row_reference.ts";
import type {
  AuditPayload,
  DriftCheck,
  DuplicateCheck,
  EmptyRows,
  FailingGroup,
  GroupCheck,
  GroupColumn,
  Identifier,
  LabelCheck,
  LabelledReference,
  MovedColumn,
  NearPair,
  OrderCheck,
  RareClass,
  RowPair,
  SuspectRow,
} from "./result.ts";

const labelled = record<LabelledReference>({ ...rowReferenceFields, label: text.nullable() });

const pair = { first: labelled, other: labelled };

const movedColumns = list(
  record<MovedColumn>({
    column: text,
    statistic: share,
    adjusted: share,
    median: number,
    otherMedian: number,
  }),
);

/** The schema of {@link AuditPayload}. */
export const auditPayload: z.ZodType<AuditPayload> = record<AuditPayload>({
  labels: record<LabelCheck>({
    accuracy: proportion,
    largestShare: share,
    suspects: count.nullable(),
    rows: list(
      record<SuspectRow>({
        ...rowReferenceFields,
        given: text,
        likely: text,
        givenProbability: share,
        likelyProbability: share,
      }),
    ),
    images: sprite.nullable(),
  }).nullable(),
  rareClasses: list(record<RareClass>({ name: text, rows: positive })).nullable(),
  groups: record<GroupCheck>({
    clusters: positive,
    failing: list(
      record<FailingGroup>({
        rows: positive,
        failures: count,
        elsewhere: share,
        adjusted: share,
        label: text,
        columns: list(record<GroupColumn>({ column: text, mean: number, meanElsewhere: number })),
        examples: list(rowReference),
      }),
    ),
  }).nullable(),
  duplicates: record<DuplicateCheck>({
    compared: positive,
    dimensions: positive,
    identical: count,
    identicalRelabelled: count.nullable(),
    identicalPairs: list(record<RowPair>(pair)),
    near: count,
    nearRelabelled: count.nullable(),
    nearPairs: list(record<NearPair>({ ...pair, distance: magnitude, adjusted: share })),
    usual: magnitude.nullable(),
    images: sprite.nullable(),
  }).nullable(),
  order: record<OrderCheck>({
    rows: positive,
    distance: magnitude,
    expected: magnitude,
    pValue: share,
    sortedByClass: flag.nullable(),
    columns: movedColumns,
  }).nullable(),
  identifiers: list(
    record<Identifier>({
      column: text,
      sign: oneOf(["ascending", "descending", "never-repeated"]),
    }),
  ),
  emptyRows: record<EmptyRows>({ count, rows: list(rowReference) }),
  drift: record<DriftCheck>({
    rows: positive,
    foreignRows: positive,
    moved: count,
    columns: movedColumns,
  }).nullable(),
});
