import type { DecayOutcome, ResultOf } from "@mixtape/results";
import type { JSX } from "preact";
import { HistogramChart } from "../components/charts/histogram_chart.tsx";
import { LineChart } from "../components/charts/line_chart.tsx";
import { DataTable } from "../components/data_table.tsx";
import { Figure } from "../components/figure.tsx";
import { usePage } from "../components/page_context.ts";
import { Stepped } from "../components/stepped.tsx";
import { componentsText } from "../conclusions/gmm_notebook.ts";
import { mixtureOf, mostAccurate } from "../conclusions/gmm_ood.ts";

/** What the parts of this file show. */
export interface ScoresProps {
  /** The result. */
  readonly result: ResultOf<"gmm-ood">;
}

/** What each way of choosing the number of components gets, a row a weight decay. */
export function Choice({ result }: ScoresProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.mixtures;
  const columns = t.choiceColumns;
  const three = (value: number) => format.decimal(value, 3);
  const auroc = (outcome: DecayOutcome, components: number) =>
    mixtureOf(outcome, components).separation.auroc;
  return (
    <>
      <p>{t.choiceCaption}</p>
      <DataTable
        caption={t.choiceTitle}
        name="mixtures-choice"
        columns={[
          { label: columns.decay, format: format.weight },
          { label: columns.accuracy, format: (value) => format.percent(value) },
          { label: columns.rank, format: (value) => format.decimal(value, 1) },
          { label: columns.byBic, format: format.count },
          { label: columns.bicAuroc, format: three },
          { label: columns.byHeldOut, format: format.count },
          { label: columns.heldOutAuroc, format: three },
          { label: columns.oracle, format: format.count },
          { label: columns.oracleAuroc, format: three },
          { label: columns.softmax, format: three },
        ]}
        rows={result.payload.byWeightDecay.map((outcome) => [
          outcome.weightDecay,
          outcome.testAccuracy.value,
          outcome.effectiveRank,
          outcome.chosen.byBic,
          auroc(outcome, outcome.chosen.byBic),
          outcome.chosen.byHeldOut,
          auroc(outcome, outcome.chosen.byHeldOut),
          outcome.chosen.oracle,
          auroc(outcome, outcome.chosen.oracle),
          outcome.softmax.auroc,
        ])}
      />
    </>
  );
}

/** Scores of both kinds of data, ROC curve and mixtures of each weight decay. */
export function Outcomes({ result }: ScoresProps): JSX.Element {
  const { text, format } = usePage();
  const { byWeightDecay } = result.payload;
  return (
    <Stepped
      group="decay"
      label={text.mixtures.columns.decay}
      start={byWeightDecay.indexOf(mostAccurate(result))}
      steps={byWeightDecay.map((outcome) => ({
        name: format.weight(outcome.weightDecay),
        content: (
          <>
            <ScoreFigure outcome={outcome} />
            <DecayRoc outcome={outcome} />
            <DecayMixtures outcome={outcome} />
          </>
        ),
      }))}
    />
  );
}

/** A weight decay as part of an anchor. */
function slug(weightDecay: number): string {
  return String(weightDecay).replace(".", "-");
}

function DecayRoc({ outcome }: OutcomeProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.mixtures;
  const decay = format.weight(outcome.weightDecay);
  const title = t.decayRocTitle(decay);
  const caption = t.rocCaption(decay);
  const points = (roc: DecayOutcome["roc"]) =>
    roc.map(({ outAccepted, inAccepted }) => ({ x: outAccepted, y: inAccepted }));
  return (
    <Figure
      id={`roc-${slug(outcome.weightDecay)}`}
      title={title}
      caption={caption}
      table={{
        columns: [
          { label: t.rocScore },
          { label: t.rocX, format: (value) => format.percent(value) },
          { label: t.rocY, format: (value) => format.percent(value) },
        ],
        rows: [
          ...points(outcome.roc).map(({ x, y }) => [t.mixture, x, y]),
          ...points(outcome.softmaxRoc).map(({ x, y }) => [t.softmax, x, y]),
        ],
      }}
    >
      <LineChart
        title={title}
        description={caption}
        width={480}
        height={360}
        x={{ label: t.rocX, format: format.percentTick, domain: [0, 1] }}
        y={{ label: t.rocY, format: format.percentTick, domain: [0, 1] }}
        diagonal
        labelsInside
        series={[
          { name: t.softmax, colour: 6, dashed: true, points: points(outcome.softmaxRoc) },
          { name: t.mixture, colour: 1, points: points(outcome.roc) },
        ]}
      />
    </Figure>
  );
}

function DecayMixtures({ outcome }: OutcomeProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.mixtures;
  const three = (value: number) => format.decimal(value, 3);
  const decay = format.weight(outcome.weightDecay);
  const title = t.decayMixturesTitle(decay);
  const { byBic, byHeldOut, oracle } = outcome.chosen;
  const chosenBy = (components: number) =>
    [
      ...components === byBic ? [t.choiceColumns.byBic] : [],
      ...components === byHeldOut ? [t.choiceColumns.byHeldOut] : [],
      ...components === oracle ? [t.choiceColumns.oracle] : [],
    ].join(", ");
  return (
    <DataTable
      caption={title}
      name={`mixtures-decay-${slug(outcome.weightDecay)}`}
      columns={[
        { label: t.columns.components, format: format.count },
        { label: t.columns.auroc, format: three },
        { label: t.columns.fpr, format: (value) => format.percent(value) },
        { label: t.columns.bic, format: format.count },
        { label: t.columns.heldOut, format: three },
        { label: t.chosenColumn },
      ]}
      rows={outcome.byComponents.map((row) => [
        row.components,
        row.separation.auroc,
        row.separation.fprAtIdTpr95,
        row.bic,
        row.heldOutLogDensity,
        chosenBy(row.components),
      ])}
    />
  );
}

interface OutcomeProps {
  readonly outcome: DecayOutcome;
}

function ScoreFigure({ outcome }: OutcomeProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.mixtures;
  const { histogram, chosen, weightDecay } = outcome;
  const { edges, inDistribution, outOfDistribution } = histogram;
  const title = t.histogramTitle(format.weight(weightDecay));
  const caption = t.histogramCaption(componentsText(chosen.byBic, text, format));
  const edge = (value: number) => format.decimal(value, 1);
  return (
    <Figure
      id={`scores-${slug(weightDecay)}`}
      title={title}
      caption={caption}
      table={{
        columns: [
          { label: t.binColumns.from, format: edge },
          { label: t.binColumns.to, format: edge },
          { label: t.binColumns.inside, format: format.count },
          { label: t.binColumns.outside, format: format.count },
        ],
        rows: [
          [null, edges[0], inDistribution.below, outOfDistribution.below],
          ...inDistribution.counts.map((count, bin) => [
            edges[bin],
            edges[bin + 1],
            count,
            outOfDistribution.counts[bin],
          ]),
          [edges[edges.length - 1], null, inDistribution.above, outOfDistribution.above],
        ],
      }}
    >
      <HistogramChart
        title={title}
        description={caption}
        height={280}
        narrowHeight={260}
        histogram={histogram}
        names={{ inDistribution: t.inside, outOfDistribution: t.outside }}
        x={{ label: t.histogramX, format: format.decimal }}
        y={{ label: t.histogramY, format: format.percentTick }}
      />
    </Figure>
  );
}

/** ROC curves of the mixtures that BIC chose, and of the softmax. */
export function Roc({ result }: ScoresProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.mixtures;
  const outcomes = result.payload.byWeightDecay;
  const caption = t.rocCaption(format.weight(outcomes[0].weightDecay));
  const fine = (value: number) => format.percent(value, 2);
  return (
    <Figure
      id="roc"
      title={t.rocTitle}
      caption={caption}
      table={{
        columns: [
          { label: t.columns.decay },
          { label: t.rocX, format: fine },
          { label: t.rocY, format: fine },
        ],
        rows: outcomes.flatMap((outcome) =>
          outcome.roc.map((point) => [
            format.weight(outcome.weightDecay),
            point.outAccepted,
            point.inAccepted,
          ])
        ),
      }}
    >
      <LineChart
        title={t.rocTitle}
        description={caption}
        width={600}
        height={500}
        narrowHeight={330}
        x={{ label: t.rocX, format: format.percentTick, domain: [0, 1] }}
        y={{ label: t.rocY, format: format.percentTick, domain: [0, 1] }}
        diagonal
        labelsInside
        series={[
          {
            name: t.softmax,
            colour: 6,
            dashed: true,
            points: outcomes[0].softmaxRoc.map((point) => ({
              x: point.outAccepted,
              y: point.inAccepted,
            })),
          },
          ...outcomes.map((outcome, index) => ({
            name: t.decayName(format.weight(outcome.weightDecay)),
            colour: index % 6 + 1,
            points: outcome.roc.map((point) => ({ x: point.outAccepted, y: point.inAccepted })),
          })),
        ]}
      />
    </Figure>
  );
}
