import {
  DetectorsLink,
  DotPlot,
  Figure,
  LineChart,
  PageTop,
  seriesColour,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { distinct, findOodCalibration, headline } from "./findings.ts";
import { oodCalibrationPayload, type OodCalibrationResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The experiment that checks the promised rates of thresholds, p-values and discoveries. */
export const experiment: Experiment = await defineExperiment({
  id: "ood-calibration",
  schema: oodCalibrationPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "calibration",
  group: "networks",
  Content: CalibrationContent,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function CalibrationContent({ result }: ContentProps<OodCalibrationResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { splits, rows, batches, batchRows, tpr, discoveries } = result.payload;
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findOodCalibration(result, t, format)}
        method={t.method(
          format.count(splits),
          format.count(rows.calibration),
          format.count(rows.fresh),
          format.count(batches),
          format.count(batchRows),
        )}
      />
      <DetectorsLink />
      {distinct(tpr.map((one) => one.wanted)).map((wanted) => (
        <Thresholds key={wanted} result={result} wanted={wanted} />
      ))}
      <PValues result={result} />
      {distinct(discoveries.map((one) => one.oodShare)).map((share) => (
        <Discoveries key={share} result={result} share={share} />
      ))}
    </>
  );
}

/** A share as part of an anchor: 0.95 is `0-95`. */
function anchorOf(share: number): string {
  return String(share).replace(".", "-");
}

function Thresholds(
  { result, wanted }: ContentProps<OodCalibrationResult> & { readonly wanted: number },
): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const title = t.tprTitle(format.percent(wanted, 0));
  const outcomes = result.payload.tpr.filter((one) => one.wanted === wanted);
  const share = (value: number) => format.percent(value, 2);
  return (
    <Figure
      id={`thresholds-${anchorOf(wanted)}`}
      title={title}
      caption={t.tprCaption}
      table={{
        columns: [
          { label: t.columns.detector },
          { label: t.columns.wanted, format: share },
          { label: t.columns.mean, format: share },
          { label: t.columns.deviation, format: share },
        ],
        rows: outcomes.map(({ detector, spread }) => [
          detector,
          wanted,
          spread.mean,
          spread.standardDeviation,
        ]),
      }}
    >
      <DotPlot
        title={title}
        description={t.tprCaption}
        x={{ label: t.tprAxis, format: format.percentTick }}
        rows={outcomes.map(({ detector, achieved, spread }, index) => ({
          name: detector,
          colour: seriesColour(index),
          values: achieved,
          middle: spread.mean,
        }))}
        rowHeight={30}
      />
    </Figure>
  );
}

function PValues({ result }: ContentProps<OodCalibrationResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { pValues } = result.payload;
  const three = (value: number) => format.decimal(value, 4);
  return (
    <Figure
      id="p-values"
      title={t.pTitle}
      caption={t.pCaption}
      table={{
        columns: [
          { label: t.columns.detector },
          { label: t.columns.rows, format: format.count },
          { label: t.columns.distance, format: three },
          { label: t.columns.critical, format: three },
        ],
        rows: pValues.map(({ detector, counts, kolmogorovSmirnov, critical }) => [
          detector,
          counts.reduce((sum, count) => sum + count, 0),
          kolmogorovSmirnov,
          critical,
        ]),
      }}
    >
      <LineChart
        title={t.pTitle}
        description={t.pCaption}
        width={560}
        height={480}
        narrowHeight={330}
        x={{ label: t.pX, format: format.decimal, domain: [0, 1] }}
        y={{ label: t.pY, format: format.decimal, domain: [0, 1] }}
        diagonal
        labelsInside
        series={pValues.map(({ detector, counts }, index) => ({
          name: detector,
          colour: seriesColour(index),
          points: cumulative(counts),
        }))}
      />
    </Figure>
  );
}

function cumulative(counts: readonly number[]): { x: number; y: number }[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  const points = counts.map((count, bin) => {
    below += count;
    return { x: (bin + 1) / counts.length, y: below / total };
  });
  return [{ x: 0, y: 0 }, ...points];
}

function Discoveries(
  { result, share }: ContentProps<OodCalibrationResult> & { readonly share: number },
): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const title = t.fdrTitle(format.percent(share, 0));
  const outcomes = result.payload.discoveries.filter((one) => one.oodShare === share);
  const percent = (value: number) => format.percent(value);
  const highest = Math.max(
    ...outcomes.map((one) => Math.max(one.wanted, one.falseDiscoveryRate.mean)),
  );
  const mostWanted = Math.max(...outcomes.map((one) => one.wanted));
  return (
    <Figure
      id={`discoveries-${anchorOf(share)}`}
      title={title}
      caption={t.fdrCaption}
      table={{
        columns: [
          { label: t.columns.detector },
          { label: t.columns.wanted, format: percent },
          { label: t.columns.fdr, format: percent },
          { label: t.columns.deviation, format: percent },
          { label: t.columns.power, format: percent },
        ],
        rows: outcomes.map((one) => [
          one.detector,
          one.wanted,
          one.falseDiscoveryRate.mean,
          one.falseDiscoveryRate.standardDeviation,
          one.power.mean,
        ]),
      }}
    >
      <LineChart
        title={title}
        description={t.fdrCaption}
        width={600}
        height={400}
        x={{ label: t.fdrX, format: format.percentTick, domain: [0, mostWanted] }}
        y={{ label: t.fdrY, format: format.percentTick, domain: [0, Math.min(1, 1.1 * highest)] }}
        series={[
          {
            colour: 6,
            dashed: true,
            points: [{ x: 0, y: 0 }, { x: mostWanted, y: mostWanted }],
          },
          ...distinct(outcomes.map((one) => one.detector)).map((detector, index) => ({
            name: detector,
            colour: seriesColour(index),
            dots: true,
            points: outcomes.filter((one) => one.detector === detector).map((one) => ({
              x: one.wanted,
              y: one.falseDiscoveryRate.mean,
            })),
          })),
        ]}
      />
    </Figure>
  );
}
