import {
  DataTable,
  DotPlot,
  Figure,
  MatrixChart,
  PageTop,
  Section,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { findMissing, headline, namesOf } from "./findings.ts";
import {
  type FillMethod,
  type MissingPayload,
  missingPayload,
  type MissingResult,
  type Ranked,
} from "./result.ts";
import type { Words } from "./words/en.ts";

/** The experiment on the cells of a table that have no value. */
export const experiment: Experiment = await defineExperiment({
  id: "missing",
  schema: missingPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "missing",
  onOwnData: true,
  Content: MissingContent,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function MissingContent({ result }: ContentProps<MissingResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { comparedRows, clusters, areClasses, seeds, hiddenShare, fills, groupings } =
    result.payload;
  const method = t.method(
    format.count(comparedRows),
    format.count(clusters),
    format.count(seeds),
    format.percent(hiddenShare, 0),
  );
  const toClasses = groupings.map(({ method, toClasses }) => ({ method, measure: toClasses }));
  const hasClasses = toClasses.some(({ measure }) => measure !== null);
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findMissing(result, t, format)}
        method={areClasses ? `${method}\n${t.fromClasses}\n` : method}
      />
      <Gaps payload={result.payload} />
      {fills.length > 0 && (
        <Section id="fills" title={t.fillsTitle}>
          <Measures
            id="errors"
            title={t.errorTitle}
            caption={t.errorCaption(format.count(result.payload.hidden))}
            axis={t.errorAxis}
            heading={t.columnsLabels.error}
            measures={fills.map(({ method, error }) => ({ method, measure: error }))}
          />
        </Section>
      )}
      <Section id="groups" title={t.groupsTitle}>
        <Agreement payload={result.payload} />
        {hasClasses && (
          <Measures
            id="classes"
            title={t.classesTitle}
            caption={t.classesCaption}
            axis={t.columnsLabels.ari}
            heading={t.columnsLabels.ari}
            measures={toClasses}
          />
        )}
      </Section>
    </>
  );
}

/** The missing cells by column and by pattern. */
function Gaps({ payload }: { readonly payload: MissingPayload }): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const c = t.columnsLabels;
  const { rows, byColumn, patterns, patternCount } = payload;
  return (
    <Section id="gaps" title={t.gapsTitle}>
      <DataTable
        caption={t.columnsTitle}
        name="missing-columns"
        columns={[
          { label: c.column },
          { label: c.missing, format: format.count },
          { label: c.share, format: format.percent },
        ]}
        rows={byColumn.map(({ name, missing }) => [name, missing, missing / rows])}
      />
      <p>{t.patternsCaption(format.count(patterns.length), format.count(patternCount))}</p>
      <DataTable
        caption={t.patternsTitle}
        name="missing-patterns"
        columns={[
          { label: c.columns },
          { label: c.rows, format: format.count },
          { label: c.share, format: format.percent },
        ]}
        rows={patterns.map((one) => [namesOf(one.lacking).join(", "), one.rows, one.rows / rows])}
      />
    </Section>
  );
}

interface MeasuresProps {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly axis: string;
  readonly heading: string;
  readonly measures: readonly { readonly method: FillMethod; readonly measure: Ranked | null }[];
}

/** A measure of each method, with its interval. */
function Measures({ id, title, caption, axis, heading, measures }: MeasuresProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const c = t.columnsLabels;
  const number = (value: number) => format.decimal(value, 3);
  return (
    <Figure
      id={id}
      title={title}
      caption={caption}
      table={{
        columns: [
          { label: c.method },
          { label: heading, format: number },
          { label: c.low, format: number },
          { label: c.high, format: number },
          { label: c.behind, format: number },
          { label: c.behindLow, format: number },
          { label: c.behindHigh, format: number },
        ],
        rows: measures.map(({ method, measure }) => [
          t.methods[method],
          ...cellsOf(measure?.mean),
          ...cellsOf(measure?.behind),
        ]),
      }}
    >
      <DotPlot
        title={title}
        description={caption}
        x={{ label: axis, format: format.decimal }}
        rows={measures.flatMap(({ method, measure }) =>
          measure === null ? [] : [{
            name: t.methods[method],
            colour: measure.behind === null ? 2 : 1,
            values: [measure.mean.interval.low, measure.mean.interval.high],
            middle: measure.mean.value,
          }]
        )}
      />
    </Figure>
  );
}

function cellsOf(mean: Ranked["behind"] | undefined): (number | null)[] {
  return mean ? [mean.value, mean.interval.low, mean.interval.high] : [null, null, null];
}

/** The agreement of the groups of the methods. */
function Agreement({ payload: { groupings } }: { readonly payload: MissingPayload }): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const c = t.columnsLabels;
  const number = (value: number) => format.decimal(value, 3);
  const made = groupings.filter(({ agreement }) => agreement.length > 0);
  const names = made.map(({ method }) => t.methods[method]);
  return (
    <Figure
      id="agreement"
      title={t.agreementTitle}
      caption={t.agreementCaption}
      table={{
        columns: [
          { label: c.method },
          { label: c.fittedRows, format: format.count },
          ...names.flatMap((name) => [
            { label: name, format: number },
            { label: `${name}, ${c.low}`, format: number },
            { label: `${name}, ${c.high}`, format: number },
          ]),
        ],
        rows: groupings.map(({ method, fittedRows, agreement }) => [
          t.methods[method],
          fittedRows,
          ...names.flatMap((_, at) => cellsOf(agreement[at])),
        ]),
      }}
    >
      <MatrixChart
        title={t.agreementTitle}
        description={t.agreementCaption}
        values={made.map(({ agreement }) => agreement.map(({ value }) => value))}
        shades={made.map(({ agreement }) => agreement.map(({ value }) => Math.max(0, value)))}
        format={number}
        rows={{ label: t.methodAxis, names }}
        columns={{ label: t.methodAxis, names }}
        diagonal
        slanted
      />
    </Figure>
  );
}
