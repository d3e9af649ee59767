import {
  type AxisSpec,
  type DataTableProps,
  Figure,
  LineChart,
  type LineSeries,
  MatrixChart,
  type PageContext,
  PageTop,
  Section,
  seriesColour,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { aurocShade, aurocText } from "../auroc_cell.ts";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { Cover } from "./cover.tsx";
import { findGmmOod, headline } from "./findings.ts";
import { mixturesIsland } from "./island/island.ts";
import { type DecayOutcome, gmmOodPayload, type GmmOodResult, type MixtureRow } from "./result.ts";
import { Choice, Outcomes, Roc } from "./scores.tsx";
import type { Words } from "./words/en.ts";

/** Mixtures that tell what does not belong. */
export const experiment: Experiment = await defineExperiment({
  id: "gmm-ood",
  schema: gmmOodPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "mixtures",
  group: "networks",
  Content: MixturesContent,
  headline,
  Cover,
  islands: [mixturesIsland],
  styles: [
    import.meta.resolve("./island/mixture_choice.css"),
    import.meta.resolve("./island/mixture_view.css"),
  ],
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function MixturesContent({ result }: ContentProps<GmmOodResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { rows } = result.payload;
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findGmmOod(result, t, format)}
        method={t.method(
          format.count(rows.fitted),
          format.count(rows.inDistribution),
          format.count(rows.outOfDistribution),
        )}
      />
      <Auroc result={result} />
      <ByComponents
        result={result}
        id="fpr95"
        title={t.fprTitle}
        caption={t.fprCaption}
        y={{ label: t.fprAxis, format: format.percentTick, domain: [0, 1] }}
        value={({ separation }) => separation.fprAtIdTpr95}
        write={(share) => format.percent(share)}
      />
      <Sweep result={result} />
      <Section id="choosing" title={t.choiceHeading}>
        <Choice result={result} />
        <ByComponents
          result={result}
          id="bic"
          title={t.bicTitle}
          caption={t.bicCaption}
          height={320}
          y={{ label: t.bicAxis, format: format.decimal }}
          value={({ bic }) => bic}
          write={format.count}
          drawn={({ bic }, { byComponents }) =>
            (bic - Math.min(...byComponents.map((one) => one.bic))) / rows.fitted}
        />
        <ByComponents
          result={result}
          id="held-out"
          title={t.heldOutTitle}
          caption={t.heldOutCaption}
          height={320}
          y={{ label: t.heldOutAxis, format: format.decimal }}
          value={({ heldOutLogDensity }) => heldOutLogDensity}
          write={(density) => format.decimal(density, 3)}
          drawn={({ heldOutLogDensity }, { byComponents }) =>
            heldOutLogDensity - Math.max(...byComponents.map((one) => one.heldOutLogDensity))}
        />
      </Section>
      <Section id="scores" title={t.histogramsHeading}>
        <p>{t.scoresIntro}</p>
        <Outcomes result={result} />
        <Roc result={result} />
      </Section>
    </>
  );
}

/** A chart with one line per weight decay; a ring marks the mixture that BIC chose. */
function linesByDecay(
  result: GmmOodResult,
  t: Words,
  { format }: PageContext,
  value: (row: MixtureRow, outcome: DecayOutcome) => number,
  inTable?: (weightDecay: number) => string,
): LineSeries[] {
  return result.payload.byWeightDecay.map((outcome, index) => ({
    name: t.decayName(format.weight(outcome.weightDecay)),
    inTable: inTable?.(outcome.weightDecay),
    colour: seriesColour(index),
    dots: true,
    points: outcome.byComponents.map((row) => ({
      x: row.components,
      y: value(row, outcome),
      marked: row.components === outcome.chosen.byBic,
    })),
  }));
}

function allNumbers(
  result: GmmOodResult,
  { columns: t }: Words,
  { text, format }: PageContext,
): Pick<DataTableProps, "columns" | "rows"> {
  const three = (value: number) => format.decimal(value, 3);
  return {
    columns: [
      { label: t.decay, format: format.weight },
      { label: t.components, format: format.count },
      { label: t.auroc, format: three },
      { label: t.auprIn, format: three },
      { label: t.auprOut, format: three },
      { label: t.fpr, format: (value) => format.percent(value) },
      { label: t.bic, format: format.count },
      { label: t.heldOut, format: three },
      { label: t.iterations, format: format.count },
      { label: t.converged },
      { label: t.seconds, format: (value) => format.decimal(value, 2), unit: "s" },
    ],
    rows: result.payload.byWeightDecay.flatMap((outcome) =>
      outcome.byComponents.map((row) => [
        outcome.weightDecay,
        row.components,
        row.separation.auroc,
        row.separation.auprIn,
        row.separation.auprOut,
        row.separation.fprAtIdTpr95,
        row.bic,
        row.heldOutLogDensity,
        row.iterations,
        row.converged ? text.site.yes : text.site.no,
        row.elapsedMs / 1000,
      ])
    ),
  };
}

/** A table of a value of every mixture: one row per number of components, one column per weight decay. */
function tableByDecay(
  result: GmmOodResult,
  t: Words,
  { format }: PageContext,
  value: (row: MixtureRow) => number,
  write: (value: number) => string,
): Pick<DataTableProps, "columns" | "rows"> {
  const outcomes = result.payload.byWeightDecay;
  const counts = outcomes[0].byComponents.map((row) => row.components);
  return {
    columns: [
      { label: t.columns.components, format: format.count },
      ...outcomes.map((outcome) => ({
        label: t.decayName(format.weight(outcome.weightDecay)),
        format: write,
      })),
    ],
    rows: counts.map((components) => [
      components,
      ...outcomes.map((outcome) => {
        const row = outcome.byComponents.find((one) => one.components === components);
        return row ? value(row) : null;
      }),
    ]),
  };
}

function Auroc({ result }: ContentProps<GmmOodResult>): JSX.Element {
  const page = usePage();
  const { format } = page;
  const t = useWords<Words>();
  return (
    <Figure
      id="auroc"
      title={t.aurocTitle}
      caption={t.aurocCaption}
      table={allNumbers(result, t, page)}
    >
      <LineChart
        title={t.aurocTitle}
        description={t.aurocCaption}
        x={{ label: t.componentsAxis, format: format.count, whole: true }}
        y={{ label: t.aurocAxis, format: format.decimal }}
        references={[{ label: t.chance, y: 0.5 }]}
        series={linesByDecay(result, t, page, (row) => row.separation.auroc, format.weight)}
      />
    </Figure>
  );
}

interface ByComponentsProps extends ContentProps<GmmOodResult> {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly height?: number;
  readonly y: AxisSpec;
  /** The value of a mixture, in the table. */
  readonly value: (row: MixtureRow) => number;
  /** Writes it. */
  readonly write: (value: number) => string;
  /** The value that the chart draws; `value` unless given. */
  readonly drawn?: (row: MixtureRow, outcome: DecayOutcome) => number;
}

/** A value of every mixture by its number of components, as a chart with one line per weight decay and its table. */
function ByComponents(props: ByComponentsProps): JSX.Element {
  const { result, id, title, caption, height, y, value, write, drawn = value } = props;
  const page = usePage();
  const t = useWords<Words>();
  return (
    <Figure
      id={id}
      title={title}
      caption={caption}
      table={tableByDecay(result, t, page, value, write)}
    >
      <LineChart
        title={title}
        description={caption}
        height={height}
        x={{ label: t.componentsAxis, format: page.format.count, whole: true }}
        y={y}
        series={linesByDecay(result, t, page, drawn)}
      />
    </Figure>
  );
}

function Sweep({ result }: ContentProps<GmmOodResult>): JSX.Element {
  const page = usePage();
  const { format } = page;
  const t = useWords<Words>();
  const outcomes = result.payload.byWeightDecay;
  const values = outcomes.map((outcome) => outcome.byComponents.map((row) => row.separation.auroc));
  return (
    <Figure
      id="sweep"
      title={t.sweepTitle}
      caption={t.sweepCaption}
      table={tableByDecay(
        result,
        t,
        page,
        (row) => row.separation.auroc,
        (value) => format.decimal(value, 3),
      )}
    >
      <MatrixChart
        title={t.sweepTitle}
        description={t.sweepCaption}
        values={values}
        shades={values.map((row) => row.map(aurocShade))}
        format={(value) => aurocText(value, format)}
        rows={{
          label: t.sweepRows,
          names: outcomes.map((one) => format.weight(one.weightDecay)),
          inTable: outcomes.map((one) => t.decayName(format.weight(one.weightDecay))),
        }}
        columns={{
          label: t.sweepColumns,
          names: outcomes[0].byComponents.map((row) => format.count(row.components)),
        }}
      />
    </Figure>
  );
}
