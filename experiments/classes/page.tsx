import {
  DataTable,
  DetectorsLink,
  PageTop,
  Section,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { findClasses, headline } from "./findings.ts";
import { ConfusionMatrix, Reliability } from "./figures.tsx";
import { classesPayload, type ClassesResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The experiment that predicts the classes of a table of one's own. */
export const experiment: Experiment = await defineExperiment({
  id: "classes",
  schema: classesPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "classes",
  onOwnData: true,
  Content: ClassesContent,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function ClassesContent({ result }: ContentProps<ClassesResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findClasses(result, t, format)}
        method={t.method}
      />
      <ConfusionMatrix result={result} />
      <Classes result={result} />
      <Confusions result={result} />
      <Reliability result={result} />
      <Sets result={result} />
    </>
  );
}

function Classes({ result: { payload } }: ContentProps<ClassesResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const c = t.classColumns;
  const share = (value: number) => format.percent(value);
  return (
    <Section id="recall" title={t.classesTitle}>
      <DataTable
        caption={t.classesTitle}
        name="classes-recall"
        columns={[
          { label: c.name },
          { label: c.rows, format: format.count },
          { label: c.right, format: format.count },
          { label: c.recall, format: share },
          { label: c.recallLow, format: share },
          { label: c.recallHigh, format: share },
          { label: c.claimed, format: format.count },
          { label: c.precision, format: share },
          { label: c.precisionLow, format: share },
          { label: c.precisionHigh, format: share },
        ]}
        rows={payload.classes.map(({ name, recall, precision }) => [
          name,
          recall.trials,
          recall.successes,
          recall.value,
          recall.interval.low,
          recall.interval.high,
          precision?.predicted ?? 0,
          precision?.value ?? null,
          precision?.interval.low ?? null,
          precision?.interval.high ?? null,
        ])}
      />
    </Section>
  );
}

function Confusions({ result: { payload } }: ContentProps<ClassesResult>): JSX.Element | null {
  const { format } = usePage();
  const t = useWords<Words>();
  const c = t.confusionsColumns;
  if (payload.confusions.length === 0) return null;
  return (
    <Section id="confusions" title={t.confusionsTitle}>
      <DataTable
        caption={t.confusionsTitle}
        name="classes-confusions"
        columns={[
          { label: c.given },
          { label: c.predicted },
          { label: c.rows, format: format.count },
        ]}
        rows={payload.confusions.map(({ given, predicted, rows }) => [given, predicted, rows])}
      />
    </Section>
  );
}

function Sets({ result: { data, payload } }: ContentProps<ClassesResult>): JSX.Element | null {
  const { format } = usePage();
  const t = useWords<Words>();
  const c = t.setColumns;
  const auroc = (value: number) => format.decimal(value, 3);
  if (payload.sets.length + payload.madeUpSets.length === 0) return null;
  const sets = [
    ...payload.sets.map(({ heldOut, ...set }) => ({
      name: heldOut === null ? data[1].title : t.heldOut(heldOut),
      ...set,
    })),
    ...payload.madeUpSets.map(({ madeUp, ...set }) => ({ name: t.madeUp[madeUp], ...set })),
  ];
  return (
    <Section id="sets" title={t.setsTitle}>
      <DetectorsLink />
      <DataTable
        caption={t.setsTitle}
        name="classes-sets"
        filters={[0, 1]}
        columns={[
          { label: c.set },
          { label: c.detector },
          { label: c.auroc, format: auroc },
          { label: c.low, format: auroc },
          { label: c.high, format: auroc },
          { label: c.outside, format: format.count },
          { label: c.inside, format: format.count },
          { label: c.fitted, format: format.count },
          { label: c.dimensions, format: format.count },
        ]}
        rows={sets.flatMap(({ name, detectors, ...set }) =>
          detectors.map(({ detector, auroc, interval }) => [
            name,
            detector,
            auroc,
            interval.low,
            interval.high,
            set.outside,
            set.inside,
            set.fitted,
            set.dimensions,
          ])
        )}
      />
    </Section>
  );
}
