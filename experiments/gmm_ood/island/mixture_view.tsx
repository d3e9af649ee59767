import {
  DataTable,
  Figure,
  HistogramChart,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { countText } from "../../count_text.ts";
import type { DecayOutcome, GmmOodPayload, MixtureRow } from "../result.ts";
import { RocChart } from "../roc_chart.tsx";
import { histogramOf, rocOf } from "../score_curves.ts";
import type { Words } from "../words/en.ts";

/** Properties of {@link MixtureView}. */
export interface MixtureViewProps {
  /** Rows that were scored. */
  readonly rows: GmmOodPayload["rows"];
  /** The classifier. */
  readonly outcome: DecayOutcome;
  /** The mixture on its activations. */
  readonly mixture: MixtureRow;
}

/** The anchors of what {@link MixtureView} shows of a weight decay. */
export function anchorsOf(
  { weightDecay }: DecayOutcome,
): { readonly scores: string; readonly roc: string; readonly table: string } {
  const slug = String(weightDecay).replace(".", "-");
  return { scores: `scores-${slug}`, roc: `roc-${slug}`, table: `mixtures-decay-${slug}` };
}

/** Scores and ROC curve of one mixture, and its row among those of its weight decay. */
export function MixtureView(props: MixtureViewProps): JSX.Element {
  return (
    <>
      <div class="beside">
        <Scores {...props} />
        <Roc {...props} />
      </div>
      <Mixtures {...props} />
    </>
  );
}

function Scores({ outcome, mixture }: MixtureViewProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const histogram = histogramOf(mixture.scores);
  const { edges, inDistribution, outOfDistribution } = histogram;
  const title = t.histogramTitle(format.weight(outcome.weightDecay));
  const caption = t.histogramCaption(
    countText(mixture.components, t.componentsText, format),
    mixture.components === outcome.chosen.byBic,
  );
  const edge = (value: number) => format.decimal(value, 1);
  return (
    <Figure
      id={anchorsOf(outcome).scores}
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
        height={360}
        narrowHeight={300}
        histogram={histogram}
        names={{ inDistribution: t.inside, outOfDistribution: t.outside }}
        inTable={{ inDistribution: t.binColumns.inside, outOfDistribution: t.binColumns.outside }}
        x={{ label: t.histogramX, format: format.decimal }}
        y={{ label: t.histogramY, format: format.percentTick }}
      />
    </Figure>
  );
}

function Roc({ rows, outcome, mixture }: MixtureViewProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const decay = format.weight(outcome.weightDecay);
  const title = t.decayRocTitle(decay);
  const caption = t.decayRocCaption(
    countText(mixture.components, t.componentsText, format),
    mixture.components === outcome.chosen.byBic,
  );
  const points = rocOf(mixture.scores.roc, rows);
  const softmax = rocOf(outcome.softmaxRoc, rows);
  const fine = (value: number) => format.percent(value, 2);
  return (
    <Figure
      id={anchorsOf(outcome).roc}
      title={title}
      caption={caption}
      table={{
        columns: [
          { label: t.rocScore },
          { label: t.rocX, format: fine },
          { label: t.rocY, format: fine },
        ],
        rows: [
          ...points.map(({ x, y }) => [t.mixture, x, y]),
          ...softmax.map(({ x, y }) => [t.softmax, x, y]),
        ],
      }}
    >
      <RocChart
        title={title}
        description={caption}
        size={{ width: 480, height: 360, narrowHeight: 300 }}
        softmax={softmax}
        mixtures={[{ name: t.mixture, colour: 1, points }]}
      />
    </Figure>
  );
}

function Mixtures({ outcome, mixture }: MixtureViewProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const three = (value: number) => format.decimal(value, 3);
  const { byBic, byHeldOut, oracle } = outcome.chosen;
  const chosenBy = (components: number) =>
    [
      ...components === byBic ? [t.choiceColumns.byBic] : [],
      ...components === byHeldOut ? [t.choiceColumns.byHeldOut] : [],
      ...components === oracle ? [t.choiceColumns.oracle] : [],
    ].join(", ");
  return (
    <DataTable
      caption={t.decayMixturesTitle(format.weight(outcome.weightDecay))}
      name={anchorsOf(outcome).table}
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
      current={outcome.byComponents.indexOf(mixture)}
    />
  );
}
