import {
  DataTable,
  Figure,
  HistogramChart,
  PageTop,
  Section,
  TileList,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { ComponentProps, JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { Cover } from "./cover.tsx";
import { findOutliers, headline, rowName, smallText } from "./findings.ts";
import { type OddRow, outliersPayload, type OutliersResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The experiment that finds rows which do not belong. */
export const experiment: Experiment = await defineExperiment({
  id: "outliers",
  schema: outliersPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "outliers",
  onOwnData: true,
  Content: OutliersContent,
  headline,
  Cover,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function OutliersContent({ result }: ContentProps<OutliersResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { fitted, space, rate, cut, threshold, histogram, listed, pictures, foreign } =
    result.payload;
  const [{ title, rows, columns, missing }] = result.data;
  const method = t.method(format.count(fitted), format.percent(rate, 0));
  const ofGaps = missing === 0 ? "" : t.methodFilled(format.percent(missing / (rows * columns)));
  const ofSpace = space &&
    t.methodSpace(format.count(space.components), format.percent(space.share));
  const ofForeign = foreign && t.methodForeign(format.count(foreign.comparedWith));
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findOutliers(result, t, format)}
        method={method + ofGaps + (ofSpace ?? "") + (ofForeign ?? "")}
      />
      <Section id="own" title={t.ownTitle}>
        <Scores
          id="scores"
          title={t.scoresTitle}
          caption={t.scoresCaption(format.significant(threshold, 4), smallText(cut, t, format))}
          histogram={histogram}
          names={{ inDistribution: t.rowsKey, outOfDistribution: t.drawsKey }}
          marker={{ value: threshold, label: t.threshold }}
        />
      </Section>
      <OddRows of="own" listed={listed} pictures={pictures} />
      {foreign && (
        <>
          <Section id="foreign" title={t.foreignTitle}>
            <Scores
              id="foreign-scores"
              title={t.foreignScoresTitle}
              caption={t.foreignScoresCaption}
              histogram={foreign.histogram}
              names={{ inDistribution: title, outOfDistribution: foreign.name }}
            />
          </Section>
          <OddRows of="foreign" listed={foreign.listed} pictures={foreign.pictures} />
        </>
      )}
    </>
  );
}

interface ScoresProps
  extends Pick<ComponentProps<typeof HistogramChart>, "histogram" | "names" | "marker"> {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
}

/** The scores of two kinds of rows. */
function Scores({ id, title, caption, ...shown }: ScoresProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { histogram: { edges, inDistribution, outOfDistribution }, names } = shown;
  const edge = (value: number) => format.significant(value, 4);
  return (
    <Figure
      id={id}
      title={title}
      caption={caption}
      table={{
        columns: [
          { label: t.binColumns.from, format: edge },
          { label: t.binColumns.to, format: edge },
          { label: t.binColumns.rows(names.inDistribution), format: format.count },
          { label: t.binColumns.rows(names.outOfDistribution), format: format.count },
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
        {...shown}
        title={title}
        description={caption}
        inTable={{
          inDistribution: t.binColumns.rows(names.inDistribution),
          outOfDistribution: t.binColumns.rows(names.outOfDistribution),
        }}
        height={360}
        narrowHeight={300}
        x={{ label: t.scoresAxis, format: format.decimal }}
        y={{ label: t.shareAxis, format: format.percentTick }}
      />
    </Figure>
  );
}

interface OddRowsProps {
  readonly of: "own" | "foreign";
  readonly listed: readonly OddRow[];
  readonly pictures: OutliersResult["payload"]["pictures"];
}

/** The oddest rows, what makes them odd, and their pictures. */
function OddRows({ of, listed, pictures }: OddRowsProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const c = t.columnsLabels;
  const titles = of === "own"
    ? { listed: t.listedTitle, reasons: t.reasonsTitle, pictures: t.picturesTitle }
    : {
      listed: t.foreignListedTitle,
      reasons: t.foreignReasonsTitle,
      pictures: t.foreignPicturesTitle,
    };
  const hasIds = listed.some(({ id }) => id !== null);
  const small = (value: number) => smallText(value, t, format);
  const number = (value: number) => format.significant(value, 4);
  const score = (value: number) => format.decimal(value, 1);
  const row = { label: c.row, format: String };
  const id = hasIds ? [{ label: c.id }] : [];
  const named = (one: OddRow) => hasIds ? [one.row, one.id] : [one.row];
  const reasons = listed.flatMap((one) => one.reasons.map((reason) => ({ one, reason })));
  return (
    <>
      <Section id={`${of}-list`} title={titles.listed}>
        <DataTable
          caption={titles.listed}
          name={`${of}-oddest`}
          columns={[
            row,
            ...id,
            { label: c.score, format: score },
            { label: c.pValue, format: small },
            { label: c.byChance, format: small },
            { label: c.discovery },
          ]}
          rows={listed.map((one) => [
            ...named(one),
            one.score,
            one.pValue,
            one.byChance,
            one.isDiscovery ? t.yes : t.no,
          ])}
        />
      </Section>
      {pictures && (
        <Figure
          id={`${of}-pictures`}
          title={titles.pictures}
          caption={t.picturesCaption}
          images={pictures}
        >
          <TileList
            sprite={pictures}
            labels={listed.map((one) => ({
              label: one.id ?? rowName(one, t),
              note: t.pictureScore(score(one.score)),
            }))}
            alt={t.pictureAlt}
          />
        </Figure>
      )}
      {reasons.length > 0 && (
        <Section id={`${of}-why`} title={titles.reasons}>
          <p>{t.reasonsExplanation}</p>
          <DataTable
            caption={titles.reasons}
            name={`${of}-reasons`}
            columns={[
              row,
              ...id,
              { label: c.column },
              { label: c.value, format: number },
              { label: c.expected, format: number },
              { label: c.low, format: number },
              { label: c.median, format: number },
              { label: c.high, format: number },
              { label: c.nats, format: score },
            ]}
            rows={reasons.map(({ one, reason }) => [
              ...named(one),
              reason.column,
              reason.value,
              reason.expected,
              reason.low,
              reason.median,
              reason.high,
              reason.nats,
            ])}
          />
        </Section>
      )}
    </>
  );
}
