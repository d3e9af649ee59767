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
import { findOodDetectors, headline } from "./findings.ts";
import { groupOf, groupsOf, isSettledAfterLooking, meanAuroc, standingsOf } from "./standings.ts";
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
        heading={t.name}
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
      {groupsOf(result).map((group) => (
        <Section key={group} id={`sets-${group}`} title={t.setsTitles[group]}>
          <ul class="sets">
            {sets.filter(({ name }) =>
              groupOf(name) === group
            ).map(({ name, samples }) => (
              <li key={name}>
                <h3>{t.sets[name]}</h3>
                <ImageGrid sprite={samples} alt={t.samplesAlt(t.sets[name])} tileWidth={48} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
      <Lengths result={result} />
      <Networks result={result} />
      <Scores result={result} />
      <Comparisons result={result} />
      <Fits result={result} />
      <Sources result={result} />
    </>
  );
}

/** Lengths of the activations of each set, beside those of images that belong. */
function Lengths({ result }: ContentProps<OodDetectorsResult>): JSX.Element | null {
  const { format } = usePage();
  const t = useWords<Words>();
  const { classifiers, lengths, sets } = result.payload;
  if (lengths.length === 0) return null;
  return (
    <Section id="lengths" title={t.lengthsTitle}>
      <DataTable
        caption={t.lengthsCaption}
        name="detectors-lengths"
        columns={[
          { label: t.columns.set },
          ...classifiers.map(({ name }) => ({
            label: t.lengthsColumn(t.classifiers[name]),
            format: (value: number) => format.decimal(value, 2),
          })),
        ]}
        rows={sets.map(({ name: set }) => [
          t.sets[set],
          ...classifiers.map(({ name }) =>
            lengths.find((one) => one.classifier === name && one.set === set)?.ratio ?? null
          ),
        ])}
      />
    </Section>
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
  const groups = groupsOf(result);
  const sets = groups.flatMap((group) =>
    result.payload.sets.map((set) => set.name).filter((set) =>
      groupOf(set) === group &&
      standings.some(({ aurocs }) => aurocs.some((one) => one.set === set))
    )
  );
  const values = standings.map((standing) => [
    ...groups.map((group) => meanAuroc(standing, group) ?? NaN),
    ...sets.map((set) => standing.aurocs.find((one) => one.set === set)?.auroc ?? NaN),
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
          ...groups.map((group) => ({ label: t.meanColumns[group], format: three })),
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
          names: [
            ...groups.map((group) => t.meanColumns[group]),
            ...sets.map((set) => t.sets[set]),
          ],
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
    const colour = classifier === "reference" ? 1 : 3;
    return { name: detector, colour, values };
  }).filter((row) => row.values.length > 0).sort((a, b) =>
    Number(isSettledAfterLooking(a.name)) - Number(isSettledAfterLooking(b.name)) ||
    mean(b.values) - mean(a.values)
  );
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
