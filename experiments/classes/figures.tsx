import {
  classNamesOf,
  Figure,
  type Format,
  LineChart,
  MatrixChart,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { edgeOf } from "../compare.ts";
import type { ContentProps } from "../experiment.ts";
import { areSlanted } from "../slanted_names.ts";
import type { ClassesResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Rows by class and prediction; nothing for many classes. */
export function ConfusionMatrix({ result }: ContentProps<ClassesResult>): JSX.Element | null {
  const { format } = usePage();
  const t = useWords<Words>();
  const { confusion } = result.payload;
  if (confusion === null) return null;
  const names = classNamesOf(result);
  const worst = Math.max(
    1,
    ...confusion.flatMap((row, given) => row.filter((_, predicted) => predicted !== given)),
  );
  return (
    <Figure
      id="confusion"
      title={t.confusionTitle}
      caption={t.confusionCaption}
      table={{
        columns: [
          { label: t.confusionRows },
          ...names.map((name) => ({ label: name, format: format.count })),
        ],
        rows: confusion.map((row, given) => [names[given], ...row]),
      }}
    >
      <MatrixChart
        title={t.confusionTitle}
        description={t.confusionCaption}
        values={confusion}
        shades={confusion.map((row, given) =>
          row.map((count, predicted) => given === predicted ? 0 : count / worst)
        )}
        format={format.count}
        rows={{ label: t.confusionRows, names }}
        columns={{ label: t.confusionColumns, names }}
        slanted={areSlanted(names)}
        diagonal
      />
    </Figure>
  );
}

/** The range in which a temperature is looked for, by `temperatureScaling`. */
const temperatures = [0.01, 100];

/** Says what logits were divided by, and where another number may do better. */
export function temperatureText(temperature: number, t: Words, format: Format): string {
  const edge = edgeOf(temperature, temperatures);
  const said = t.reliabilityCaption(format.significant(temperature));
  return edge === null ? said : `${said} ${t.temperatureEdges[edge]}`;
}

/** Share of right predictions by the probability of the predicted class. */
export function Reliability({ result }: ContentProps<ClassesResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { bins, temperature } = result.payload.calibration;
  const c = t.reliabilityColumns;
  const caption = temperatureText(temperature, t, format);
  const edge = (value: number) => format.percent(value, 0);
  const share = (value: number) => format.percent(value);
  return (
    <Figure
      id="reliability"
      title={t.reliabilityTitle}
      caption={caption}
      table={{
        columns: [
          { label: c.low, format: edge },
          { label: c.high, format: edge },
          { label: c.rows, format: format.count },
          { label: c.confidence, format: share },
          { label: c.accuracy, format: share },
        ],
        rows: bins.map(({ low, high, count, confidence, accuracy }) => [
          low,
          high,
          count,
          confidence,
          accuracy,
        ]),
      }}
    >
      <LineChart
        title={t.reliabilityTitle}
        description={caption}
        width={460}
        height={440}
        x={{ label: t.reliabilityX, format: format.percentTick, domain: [0, 1] }}
        y={{ label: t.reliabilityY, format: format.percentTick, domain: [0, 1] }}
        diagonal
        series={[{
          colour: 1,
          dots: true,
          points: bins.map(({ confidence, accuracy }) => ({ x: confidence, y: accuracy })),
        }]}
      />
    </Figure>
  );
}
