import {
  Figure,
  filePath,
  ImageGrid,
  LineChart,
  type LinePoint,
  mean,
  median,
  PageTop,
  type ReferenceLine,
  Section,
  tileTable,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { comparisonsOf, findKMeansMissing, headline, timeNoise, valuesOf } from "./findings.ts";
import {
  kMeansMissingPayload,
  type KMeansMissingResult,
  type MissingFit,
  type MissingMethod,
} from "./result.ts";
import type { Words } from "./words/en.ts";

/** k-means when pixels are missing. */
export const experiment: Experiment = await defineExperiment({
  id: "kmeans-missing",
  schema: kMeansMissingPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "missing-entries",
  group: "clusters",
  Content: MissingContent,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

const colours: Readonly<Record<MissingMethod, number>> = {
  "zero-prior": 2,
  "feature-mean-prior": 1,
  "k-pod": 3,
  "mean-imputation": 4,
  "complete-rows": 5,
};

function MissingContent({ result }: ContentProps<KMeansMissingResult>): JSX.Element {
  const { text, format, language, link } = usePage();
  const t = useWords<Words>();
  const { rows, clusters, rates, masked, complete, methods } = result.payload;
  const noise = timeNoise(result);
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findKMeansMissing(result, t, format)}
        method={t.method(
          format.count(rows),
          format.count(clusters),
          format.count(comparisonsOf(result)),
        )}
      />
      <p>
        <a href={link(filePath({ path: "derivations/missing-entries" }, language))}>
          {t.derivation}
        </a>
      </p>
      <Section id="methods" title={t.methodsTitle}>
        <dl class="terms">
          {methods.map((method) => (
            <div key={method}>
              <dt>{t.methods[method]}</dt>
              <dd>{t.methodMeanings[method]}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Figure
        id="masked"
        title={t.maskedTitle}
        caption={t.maskedCaption(format.list(rates.map((rate) => format.percent(rate, 0))))}
        images={masked}
        table={tileTable(masked, text, format, {
          column: t.columns.rate,
          values: Array.from(
            { length: masked.count },
            (_, tile) => format.percent(rates[Math.floor(tile / masked.columns)], 0),
          ),
        })}
      >
        <ImageGrid sprite={masked} alt={t.maskedAlt} tileWidth={84} missing />
      </Figure>
      <ByRate
        result={result}
        id="agreement"
        title={t.completeTitle}
        caption={t.completeCaption}
        axis={t.completeAxis}
        value={(fit) => fit.ariToComplete}
        write={(value) => format.decimal(value, 2)}
      />
      <ByRate
        result={result}
        id="nmi"
        title={t.nmiTitle}
        caption={t.nmiCaption}
        axis={t.nmiAxis}
        value={(fit) => fit.nmi}
        write={(value) => format.decimal(value, 2)}
        references={[{ label: t.completeReference, y: complete.nmi }]}
      />
      <ByRate
        result={result}
        id="centroid-error"
        title={t.errorTitle}
        caption={t.errorCaption}
        axis={t.errorAxis}
        value={(fit) => fit.centroidError}
        write={(value) => format.significant(value, 2)}
      />
      <ByRate
        result={result}
        id="iterations"
        title={t.iterationsTitle}
        caption={t.iterationsCaption}
        axis={t.iterationsAxis}
        value={(fit) => fit.iterations}
        write={(value) => format.decimal(value, Number.isInteger(value) ? 0 : 1)}
        middle={median}
      />
      <ByRate
        result={result}
        id="time"
        title={t.timeTitle}
        caption={noise === null
          ? t.timeCaption
          : `${t.timeCaption} ${t.timeNoise(format.percent(noise, 0))}`}
        middle={median}
        axis={t.timeAxis}
        value={(fit) => fit.elapsedMs / 1000}
        write={(value) => format.significant(value, 2)}
      />
      <AllRuns result={result} />
    </>
  );
}

interface ByRateProps extends ContentProps<KMeansMissingResult> {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly axis: string;
  readonly value: (fit: MissingFit) => number;
  readonly write: (value: number) => string;
  /** The middle of the seeds; their mean unless given. */
  readonly middle?: (values: readonly number[]) => number;
  readonly references?: readonly ReferenceLine[];
}

function ByRate(props: ByRateProps): JSX.Element {
  const { result, id, title, caption, axis, value, write, middle = mean, references } = props;
  const { format } = usePage();
  const t = useWords<Words>();
  const { rates, methods } = result.payload;
  const lines = methods.map((method) => ({
    method,
    points: rates.map((rate): LinePoint => {
      const values = valuesOf(result, method, rate, value);
      return values.length > 0
        ? { x: rate, y: middle(values), low: Math.min(...values), high: Math.max(...values) }
        : { x: rate, y: null };
    }),
  }));
  return (
    <Figure
      id={id}
      title={title}
      caption={caption}
      table={{
        columns: [
          { label: t.columns.rate, format: (rate) => format.percent(rate, 0) },
          ...methods.map((method) => ({ label: t.methods[method], format: write })),
        ],
        rows: rates.map((rate, at) => [rate, ...lines.map(({ points }) => points[at].y)]),
      }}
    >
      <LineChart
        title={title}
        description={caption}
        x={{ label: t.rateAxis, format: format.percentTick }}
        y={{ label: axis, format: format.decimal }}
        references={references}
        series={lines.map(({ method, points }) => ({
          name: t.methods[method],
          colour: colours[method],
          points,
          dots: true,
          dashed: method === "mean-imputation",
        }))}
      />
    </Figure>
  );
}

function AllRuns({ result }: ContentProps<KMeansMissingResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const share = (value: number) => format.decimal(value, 3);
  return (
    <Figure
      id="all-runs"
      title={t.allRunsTitle}
      caption={t.allRunsCaption}
      table={{
        columns: [
          { label: t.columns.method },
          { label: t.columns.rate, format: (rate) => format.percent(rate, 0) },
          { label: t.columns.seed, format: format.count },
          { label: t.columns.completeRows, format: format.count },
          { label: t.columns.nmi, format: share },
          { label: t.columns.ari, format: share },
          { label: t.columns.nmiToComplete, format: share },
          { label: t.columns.ariToComplete, format: share },
          { label: t.columns.centroidError, format: (value) => format.significant(value, 3) },
          { label: t.columns.iterations, format: format.count },
          { label: t.columns.seconds, format: (value) => format.decimal(value, 3), unit: "s" },
          { label: t.columns.failure },
        ],
        rows: result.payload.runs.map(({ method, rate, seed, completeRows, fit, failure }) => [
          t.methods[method],
          rate,
          seed,
          completeRows,
          fit?.nmi ?? null,
          fit?.ari ?? null,
          fit?.nmiToComplete ?? null,
          fit?.ariToComplete ?? null,
          fit?.centroidError ?? null,
          fit?.iterations ?? null,
          fit ? fit.elapsedMs / 1000 : null,
          failure ? t.failures[failure] : null,
        ]),
      }}
    />
  );
}
