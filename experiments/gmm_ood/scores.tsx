import {
  DataTable,
  Figure,
  IslandRoot,
  seriesColour,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import { chosenMixture, mixtureOf, mostAccurate } from "./findings.ts";
import { MixtureView } from "./island/mixture_view.tsx";
import type { DecayOutcome, GmmOodResult } from "./result.ts";
import { RocChart } from "./roc_chart.tsx";
import { rocOf } from "./score_curves.ts";
import type { Words } from "./words/en.ts";

/** A table of the outcome of each criterion for the number of components, one row per weight decay. */
export function Choice({ result }: ContentProps<GmmOodResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
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

/** Scores of both kinds of data, ROC curve and mixtures of each weight decay; a script lets the reader choose the mixture. */
export function Outcomes({ result }: ContentProps<GmmOodResult>): JSX.Element {
  const { rows, byWeightDecay } = result.payload;
  return (
    <IslandRoot
      name="mixtures"
      properties={{ start: byWeightDecay.indexOf(mostAccurate(result)) }}
    >
      {byWeightDecay.map((outcome) => (
        <MixtureView
          key={outcome.weightDecay}
          rows={rows}
          outcome={outcome}
          mixture={chosenMixture(outcome)}
        />
      ))}
    </IslandRoot>
  );
}

/** ROC curves of the mixtures that BIC chose, and of the softmax. */
export function Roc({ result }: ContentProps<GmmOodResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const outcomes = result.payload.byWeightDecay;
  const caption = t.rocCaption(format.weight(outcomes[0].weightDecay));
  const fine = (value: number) => format.percent(value, 2);
  const curve = (outcome: DecayOutcome) =>
    rocOf(chosenMixture(outcome).scores.roc, result.payload.rows);
  const softmax = rocOf(outcomes[0].softmaxRoc, result.payload.rows);
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
        rows: [
          ...outcomes.flatMap((outcome) =>
            curve(outcome).map(({ x, y }) => [format.weight(outcome.weightDecay), x, y])
          ),
          ...softmax.map(({ x, y }) => [t.softmax, x, y]),
        ],
      }}
    >
      <RocChart
        title={t.rocTitle}
        description={caption}
        size={{ width: 600, height: 500, narrowHeight: 330 }}
        softmax={softmax}
        mixtures={outcomes.map((outcome, index) => ({
          name: t.decayName(format.weight(outcome.weightDecay)),
          inTable: format.weight(outcome.weightDecay),
          colour: seriesColour(index),
          points: curve(outcome),
        }))}
      />
    </Figure>
  );
}
