import { Figure, LineChart, PageTop, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { findClassifier, headline } from "./findings.ts";
import { Confusion, Mistakes } from "./mistakes.tsx";
import { classifierPayload, type ClassifierResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The multi-layer perceptron. */
export const experiment: Experiment = await defineExperiment({
  id: "classifier",
  schema: classifierPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "classifier",
  group: "networks",
  Content: ClassifierContent,
  headline,
  styles: [import.meta.resolve("./mistakes.css")],
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function ClassifierContent({ result }: ContentProps<ClassifierResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { architecture, parameterCount, epochs } = result.payload;
  const layers = [
    t.layerInput(format.count(architecture.inputs)),
    ...architecture.layers.map(({ units, activation }) =>
      `${format.count(units)} (${t.activations[activation]})`
    ),
  ];
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findClassifier(result, t, format)}
        method={t.method(
          layers.join(" → "),
          format.count(parameterCount),
          format.count(epochs.length),
        )}
      />
      <Loss result={result} />
      <Accuracy result={result} />
      <Confusion result={result} />
      <Mistakes result={result} />
      <ReliabilityDiagram result={result} />
    </>
  );
}

function Loss({ result }: ContentProps<ClassifierResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { batchLosses, batchesPerEpoch, epochs } = result.payload;
  const floor = 1e-5;
  return (
    <Figure
      id="loss"
      title={t.lossTitle}
      caption={t.lossCaption}
      table={epochTable()}
    >
      <LineChart
        title={t.lossTitle}
        description={t.lossCaption}
        x={{ label: t.lossX, format: format.count, whole: true, domain: [0, epochs.length] }}
        y={{ label: t.lossY, format: format.decimal, log: true }}
        series={[
          {
            colour: 1,
            faint: true,
            points: batchLosses.map((loss, batch) => ({
              x: (batch + 1) / batchesPerEpoch,
              y: Math.max(floor, loss),
            })),
          },
          {
            name: t.lossMean,
            inTable: t.epochColumns.loss,
            colour: 2,
            dots: true,
            points: epochs.map((epoch, index) => ({
              x: index + 0.5,
              y: Math.max(floor, epoch.trainLoss),
            })),
          },
        ]}
      />
    </Figure>
  );

  function epochTable() {
    return {
      columns: [
        { label: t.epochColumns.epoch, format: format.count },
        { label: t.epochColumns.loss, format: (value: number) => format.significant(value, 3) },
        { label: t.epochColumns.accuracy, format: (value: number) => format.percent(value, 2) },
        {
          label: t.epochColumns.seconds,
          format: (value: number) => format.decimal(value, 2),
          unit: "s",
        },
      ],
      rows: epochs.map((epoch, index) => [
        index + 1,
        epoch.trainLoss,
        epoch.testAccuracy,
        epoch.elapsedMs / 1000,
      ]),
    };
  }
}

function Accuracy({ result }: ContentProps<ClassifierResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { epochs } = result.payload;
  return (
    <Figure
      id="accuracy"
      title={t.accuracyTitle}
      caption={t.accuracyCaption}
      table={{
        columns: [
          { label: t.epochColumns.epoch, format: format.count },
          { label: t.epochColumns.accuracy, format: (value) => format.percent(value, 2) },
        ],
        rows: epochs.map((epoch, index) => [index + 1, epoch.testAccuracy]),
      }}
    >
      <LineChart
        title={t.accuracyTitle}
        description={t.accuracyCaption}
        height={300}
        x={{ label: t.lossX, format: format.count, whole: true, domain: [0, epochs.length] }}
        y={{ label: t.accuracyY, format: format.percentTick }}
        series={[{
          name: t.accuracyLine,
          inTable: t.epochColumns.accuracy,
          colour: 1,
          dots: true,
          points: epochs.map((epoch, index) => ({ x: index + 1, y: epoch.testAccuracy })),
        }]}
      />
    </Figure>
  );
}

function ReliabilityDiagram({ result }: ContentProps<ClassifierResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { bins } = result.payload.reliability;
  const share = (value: number) => format.percent(value, 0);
  return (
    <Figure
      id="reliability"
      title={t.reliabilityTitle}
      caption={t.reliabilityCaption}
      table={{
        columns: [
          { label: t.reliabilityColumns.low, format: share },
          { label: t.reliabilityColumns.high, format: share },
          { label: t.reliabilityColumns.count, format: format.count },
          { label: t.reliabilityColumns.confidence, format: (value) => format.percent(value) },
          { label: t.reliabilityColumns.accuracy, format: (value) => format.percent(value) },
        ],
        rows: bins.map((bin) => [
          bin.low,
          bin.high,
          bin.count,
          bin.count > 0 ? bin.meanConfidence : null,
          bin.count > 0 ? bin.accuracy : null,
        ]),
      }}
    >
      <LineChart
        title={t.reliabilityTitle}
        description={t.reliabilityCaption}
        width={460}
        height={440}
        x={{ label: t.reliabilityX, format: format.percentTick, domain: [0, 1] }}
        y={{ label: t.reliabilityY, format: format.percentTick, domain: [0, 1] }}
        diagonal
        series={[{
          colour: 1,
          dots: true,
          points: bins.filter((bin) => bin.count > 0).map((bin) => ({
            x: bin.meanConfidence,
            y: bin.accuracy,
          })),
        }]}
      />
    </Figure>
  );
}
