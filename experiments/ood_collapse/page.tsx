import {
  DataTable,
  Figure,
  LineChart,
  PageTop,
  Section,
  seriesColour,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { findOodCollapse, headline } from "./findings.ts";
import {
  type CollapseOutcome,
  type Normalization,
  oodCollapsePayload,
  type OodCollapseResult,
} from "./result.ts";
import type { Words } from "./words/en.ts";

/** The experiment on the effect of weight decay on features. */
export const experiment: Experiment = await defineExperiment({
  id: "ood-collapse",
  schema: oodCollapsePayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "collapse",
  group: "networks",
  Content: CollapseContent,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function CollapseContent({ result }: ContentProps<OodCollapseResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findOodCollapse(result, t, format)}
        method={t.method}
      />
      <Measures result={result} />
      <Spectrum result={result} />
      <Auroc result={result} normalization="none" />
      <Auroc result={result} normalization="l2" />
    </>
  );
}

function Measures({ result }: ContentProps<OodCollapseResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const three = (value: number) => format.significant(value, 3);
  return (
    <Section id="measures" title={t.measuresTitle}>
      <DataTable
        caption={t.measuresTitle}
        name="collapse-measures"
        columns={[
          { label: t.columns.decay, format: format.weight },
          { label: t.columns.accuracy, format: (value) => format.percent(value) },
          { label: t.columns.rank, format: (value) => format.decimal(value, 1) },
          { label: t.columns.within, format: three },
          { label: t.columns.lengths, format: three },
          { label: t.columns.angles, format: three },
          { label: t.columns.inside, format: three },
          { label: t.columns.outside, format: three },
        ]}
        rows={result.payload.byWeightDecay.map((outcome) => [
          outcome.weightDecay,
          outcome.testAccuracy.value,
          outcome.effectiveRank,
          outcome.withinOverBetween,
          outcome.meanLengthVariation,
          outcome.angleVariation,
          outcome.meanNorm.inDistribution,
          outcome.meanNorm.outOfDistribution,
        ])}
      />
    </Section>
  );
}

function Spectrum({ result }: ContentProps<OodCollapseResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const outcomes = result.payload.byWeightDecay;
  const floor = 1e-6;
  return (
    <Figure
      id="spectrum"
      title={t.spectrumTitle}
      caption={t.spectrumCaption}
      table={{
        columns: [
          { label: t.spectrumX, format: format.count },
          ...outcomes.map((outcome) => ({
            label: t.decayName(format.weight(outcome.weightDecay)),
            format: (value: number) => format.significant(value, 3),
          })),
        ],
        rows: outcomes[0].spectrum.map((_, direction) => [
          direction + 1,
          ...outcomes.map((outcome) => outcome.spectrum[direction] ?? null),
        ]),
      }}
    >
      <LineChart
        title={t.spectrumTitle}
        description={t.spectrumCaption}
        x={{ label: t.spectrumX, format: format.count, whole: true }}
        y={{ label: t.spectrumY, format: (value) => format.significant(value, 1), log: true }}
        series={outcomes.map((outcome, index) => ({
          name: t.decayName(format.weight(outcome.weightDecay)),
          colour: seriesColour(index),
          dots: true,
          points: outcome.spectrum.map((share, direction) => ({
            x: direction + 1,
            y: Math.max(floor, share),
          })),
        }))}
      />
    </Figure>
  );
}

interface AurocProps extends ContentProps<OodCollapseResult> {
  readonly normalization: Normalization;
}

function Auroc({ result, normalization }: AurocProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const outcomes = result.payload.byWeightDecay;
  const mixturesOf = (outcome: CollapseOutcome) =>
    outcome.mixtures.filter((mixture) => mixture.normalization === normalization);
  const title = t.aurocTitle(t.normalizations[normalization]);
  return (
    <Figure
      id={`auroc-${normalization}`}
      title={title}
      caption={t.aurocCaption}
      table={{
        columns: [
          { label: t.componentsAxis, format: format.count },
          ...outcomes.map((outcome) => ({
            label: t.decayName(format.weight(outcome.weightDecay)),
            format: (value: number) => format.decimal(value, 3),
          })),
        ],
        rows: mixturesOf(outcomes[0]).map(({ components }) => [
          components,
          ...outcomes.map((outcome) =>
            mixturesOf(outcome).find((one) => one.components === components)?.separation?.auroc ??
              null
          ),
        ]),
      }}
    >
      <LineChart
        title={title}
        description={t.aurocCaption}
        x={{ label: t.componentsAxis, format: format.count, whole: true }}
        y={{ label: t.aurocAxis, format: format.decimal }}
        references={[{ label: t.chance, y: 0.5 }]}
        series={outcomes.map((outcome, index) => ({
          name: t.decayName(format.weight(outcome.weightDecay)),
          colour: seriesColour(index),
          dots: true,
          points: mixturesOf(outcome).map(({ components, separation }) => ({
            x: components,
            y: separation?.auroc ?? null,
          })),
        }))}
      />
    </Figure>
  );
}
