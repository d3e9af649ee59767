import type { ResultOf } from "@mixtape/results";
import type { JSX } from "preact";
import { LineChart } from "../components/charts/line_chart.tsx";
import { DataTable } from "../components/data_table.tsx";
import { Figure, Section } from "../components/figure.tsx";
import { usePage } from "../components/page_context.ts";
import { PageTop } from "../components/page_top.tsx";
import {
  type CollapseOutcome,
  findOodCollapse,
  type Normalization,
} from "../conclusions/ood_collapse.ts";
import { type ContentProps, definePage, type Page } from "../page.ts";

/** What weight decay does to the features. */
export const collapsePage: Page = definePage({
  path: "collapse",
  title: (text) => text.collapse.title,
  description: (text) => text.collapse.description,
  needs: ["ood-collapse"],
  Content: CollapseContent,
});

interface CollapseProps {
  readonly result: ResultOf<"ood-collapse">;
}

function CollapseContent({ results }: ContentProps<"ood-collapse">): JSX.Element {
  const { text, format } = usePage();
  const t = text.collapse;
  const result = results["ood-collapse"];
  return (
    <>
      <PageTop
        heading={t.heading}
        question={t.question}
        found={findOodCollapse(result, text, format)}
        done={t.done}
      />
      <Measures result={result} />
      <Spectrum result={result} />
      <Auroc result={result} normalization="none" />
      <Auroc result={result} normalization="l2" />
    </>
  );
}

function Measures({ result }: CollapseProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.collapse;
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

function Spectrum({ result }: CollapseProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.collapse;
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
          colour: index % 6 + 1,
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

interface AurocProps extends CollapseProps {
  readonly normalization: Normalization;
}

function Auroc({ result, normalization }: AurocProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.collapse;
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
          colour: index % 6 + 1,
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
