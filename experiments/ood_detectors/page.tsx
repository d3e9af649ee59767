import {
  DataTable,
  DotPlot,
  Figure,
  ImageGrid,
  MatrixChart,
  mean,
  PageTop,
  Section,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { aurocShade, aurocText } from "../auroc_cell.ts";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { findOodDetectors, headline, standingsOf } from "./findings.ts";
import { type ClassifierName, oodDetectorsPayload, type OodDetectorsResult } from "./result.ts";
import { Comparisons, Fits, Scores, Sources } from "./tables.tsx";
import type { Words } from "./words/en.ts";

/** The leaderboard of detectors. */
export const experiment: Experiment = await defineExperiment({
  id: "ood-detectors",
  schema: oodDetectorsPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "detectors",
  group: "networks",
  Content: DetectorsContent,
  headline,
  styles: [import.meta.resolve("./sets.css")],
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function DetectorsContent({ result }: ContentProps<OodDetectorsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { classifiers, sets, detectors, seeds, rows } = result.payload;
  return (
    <>
      <PageTop
        heading={t.heading}
        question={t.question}
        findings={findOodDetectors(result, t, format)}
        method={t.method(
          format.count(detectors.length),
          format.count(sets.length),
          format.count(seeds.length),
          format.isSingular(seeds.length),
          format.count(rows.fitted),
        )}
      />
      {classifiers.map(({ name }) => <Board key={name} result={result} classifier={name} />)}
      {classifiers.map(({ name }) => <OtherSet key={name} result={result} classifier={name} />)}
      <Section id="sets" title={t.setsTitle}>
        <ul class="sets">
          {sets.map(({ name, samples }) => (
            <li key={name}>
              <h3>{t.sets[name]}</h3>
              <ImageGrid sprite={samples} alt={t.samplesAlt(t.sets[name])} tileWidth={48} />
            </li>
          ))}
        </ul>
      </Section>
      <Networks result={result} />
      <Scores result={result} />
      <Comparisons result={result} />
      <Fits result={result} />
      <Sources result={result} />
    </>
  );
}

/** The networks, their recipes and how often they are right. */
function Networks({ result }: ContentProps<OodDetectorsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const c = t.networkColumns;
  return (
    <Section id="networks" title={t.networksTitle}>
      <DataTable
        caption={t.networksTitle}
        name="detectors-networks"
        columns={[
          { label: c.network },
          { label: c.parameters, format: format.count },
          { label: c.epochs, format: format.count },
          { label: c.batch, format: format.count },
          { label: c.rate, format: format.weight },
          { label: c.decay, format: format.weight },
          { label: c.smoothing, format: format.weight },
          { label: c.copies, format: format.count },
          { label: c.accuracy, format: (value) => format.percent(value, 2) },
        ]}
        rows={result.payload.classifiers.map((
          { name, parameterCount, training, testAccuracies },
        ) => [
          t.classifiers[name],
          parameterCount,
          training.epochs,
          training.batchSize,
          training.learningRate,
          training.weightDecay,
          training.labelSmoothing,
          training.affineCopies,
          mean(testAccuracies),
        ])}
      />
    </Section>
  );
}

interface BoardProps {
  readonly result: OodDetectorsResult;
  readonly classifier: ClassifierName;
}

function Board({ result, classifier }: BoardProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const standings = standingsOf(result, classifier);
  const sets = result.payload.sets.map((set) => set.name)
    .filter((set) => standings.some(({ aurocs }) => aurocs.some((one) => one.set === set)));
  const values = standings.map(({ aurocs, mean }) => [
    mean,
    ...sets.map((set) => aurocs.find((one) => one.set === set)?.auroc ?? NaN),
  ]);
  const title = t.boardTitle(t.classifiers[classifier]);
  const three = (value: number) => format.decimal(value, 3);
  return (
    <Figure
      id={`leaderboard-${classifier}`}
      title={title}
      caption={t.boardCaption}
      table={{
        filters: [],
        columns: [
          { label: t.columns.detector },
          { label: t.meanColumn, format: three },
          ...sets.map((set) => ({ label: t.sets[set], format: three })),
        ],
        rows: standings.map(({ detector }, row) => [
          detector,
          ...values[row].map((value) => Number.isNaN(value) ? null : value),
        ]),
      }}
    >
      <MatrixChart
        title={title}
        description={t.boardCaption}
        values={values}
        shades={values.map((row) => row.map(aurocShade))}
        format={(value) => aurocText(value, format)}
        rows={{ label: t.boardRows, names: standings.map((one) => one.detector) }}
        columns={{
          label: t.boardColumns,
          names: [t.meanColumn, ...sets.map((set) => t.sets[set])],
        }}
        rowHeight={27}
        slanted
      />
    </Figure>
  );
}

function OtherSet({ result, classifier }: BoardProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const title = t.otherTitle(t.classifiers[classifier]);
  const rows = standingsOf(result, classifier).map(({ detector }) => {
    const values = result.payload.scores
      .filter((one) => one.classifier === classifier && one.detector === detector)
      .filter((one) => one.set === "other-data-set")
      .map((one) => one.separation.auroc);
    return { name: detector, colour: classifier === "reference" ? 1 : 3, values };
  }).filter((row) => row.values.length > 0).sort((a, b) => mean(b.values) - mean(a.values));
  return (
    <Figure
      id={`other-data-set-${classifier}`}
      title={title}
      caption={t.otherCaption}
      table={{
        columns: [
          { label: t.columns.detector },
          { label: t.columns.auroc, format: (value) => format.decimal(value, 3) },
        ],
        rows: rows.map(({ name, values }) => [name, mean(values)]),
      }}
    >
      <DotPlot
        title={title}
        description={t.otherCaption}
        x={{ label: t.aurocAxis, format: format.decimal }}
        rows={rows.map((row) => ({ ...row, middle: mean(row.values) }))}
        rowHeight={24}
      />
    </Figure>
  );
}
