import {
  DetectorsLink,
  Figure,
  type Format,
  Section,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import type { LeaderboardDetector, LeaderboardScore, OodDetectorsResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Every score of the leaderboard. */
export function Scores({ result }: ContentProps<OodDetectorsResult>): JSX.Element {
  const { text, format } = usePage();
  const t = useWords<Words>();
  const three = (value: number) => format.decimal(value, 3);
  const share = (value: number) => format.percent(value);
  const { comparisons, scores, seeds } = result.payload;
  const behindBest = (score: LeaderboardScore) => {
    const compared = comparisons.find((one) =>
      one.classifier === score.classifier && one.set === score.set && one.other === score.detector
    );
    if (compared === undefined || score.seed !== seeds[0]) return null;
    return compared.significant ? text.site.yes : text.site.no;
  };
  return (
    <Figure
      id="scores"
      title={t.scoresTitle}
      caption={t.scoresCaption}
      table={{
        filters: [1, 2],
        columns: [
          { label: t.columns.detector },
          { label: t.columns.set },
          { label: t.columns.classifier },
          { label: t.columns.seed, format: format.count },
          { label: t.columns.auroc, format: three },
          { label: t.columns.low, format: three },
          { label: t.columns.high, format: three },
          { label: t.columns.behind },
          { label: t.columns.auprIn, format: three },
          { label: t.columns.auprOut, format: three },
          { label: t.columns.fpr, format: share },
          { label: t.columns.achieved, format: share },
          { label: t.columns.accepted, format: share },
          { label: t.columns.above, format: share },
        ],
        rows: scores.map((score) => [
          score.detector,
          t.sets[score.set],
          t.classifiers[score.classifier],
          score.seed,
          score.separation.auroc,
          score.separation.aurocInterval?.low ?? null,
          score.separation.aurocInterval?.high ?? null,
          behindBest(score),
          score.separation.auprIn,
          score.separation.auprOut,
          score.separation.fprAtIdTpr95,
          score.achievedTpr,
          score.oodAccepted,
          score.oodAboveMedian,
        ]),
      }}
    />
  );
}

/** The best detector of each set against the others. */
export function Comparisons({ result }: ContentProps<OodDetectorsResult>): JSX.Element {
  const { text, format } = usePage();
  const t = useWords<Words>();
  const columns = t.comparisonColumns;
  return (
    <Figure
      id="comparisons"
      title={t.comparisonsTitle}
      caption={t.comparisonsCaption}
      table={{
        columns: [
          { label: columns.other },
          { label: columns.best },
          { label: columns.set },
          { label: columns.classifier },
          { label: columns.difference, format: (value) => format.decimal(value, 4) },
          { label: columns.pValue, format: (value) => pValueText(value, format) },
          { label: columns.significant },
        ],
        rows: result.payload.comparisons.map((one) => [
          one.other,
          one.best,
          t.sets[one.set],
          t.classifiers[one.classifier],
          one.difference,
          one.pValue,
          one.significant ? text.site.yes : text.site.no,
        ]),
      }}
    />
  );
}

/** A p-value: one too small for a number is not 0 but below all that a number can be. */
function pValueText(value: number, format: Format): string {
  return value === 0 ? `< ${format.weight(1e-300)}` : format.significant(value, 2);
}

/** A table of the times of fitting and scoring. */
export function Fits({ result }: ContentProps<OodDetectorsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const milliseconds = (value: number) => format.significant(value, 3);
  return (
    <Figure
      id="fits"
      title={t.fitsTitle}
      caption={t.fitsCaption}
      table={{
        columns: [
          { label: t.fitColumns.detector },
          { label: t.fitColumns.classifier },
          { label: t.fitColumns.fit, format: milliseconds, unit: "ms" },
          { label: t.fitColumns.score, format: milliseconds, unit: "ms" },
          { label: t.fitColumns.notes },
        ],
        rows: result.payload.fits.map((fit) => [
          fit.detector,
          t.classifiers[fit.classifier],
          fit.fitMs,
          fit.scoreMs,
          fit.notes.join("; "),
        ]),
      }}
    />
  );
}

/** The detectors and the papers that they come from. */
export function Sources({ result }: ContentProps<OodDetectorsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  return (
    <Section id="sources" title={t.sourcesTitle}>
      <DetectorsLink />
      <dl class="terms">
        {result.payload.detectors.map(({ name, title, looksAt, cite }) => (
          <div key={name}>
            <dt>
              <code>{name}</code> <span lang="en">{title}</span>
            </dt>
            <dd>
              {looksAt.length === 0
                ? t.looksAtNothing
                : t.looksAtParts(format.list(looksAt.map((part) => t.looksAt[part])))}{" "}
              <Citation {...cite} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

type CitationProps = LeaderboardDetector["cite"];

function Citation({ authors, title, year, url }: CitationProps): JSX.Element {
  return (
    <span lang="en">
      {authors} ({String(year)}). {url.startsWith("https://") ? <a href={url}>{title}</a> : title}
    </span>
  );
}
