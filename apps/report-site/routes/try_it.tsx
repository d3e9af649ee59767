import { assetsOf, type TryItImage, type TryItResult, type UsedImages } from "@mixtape/results";
import { basename } from "node:path";
import type { JSX } from "preact";
import { MarkdownText } from "../components/article.tsx";
import { HistogramChart } from "../components/charts/histogram_chart.tsx";
import { Figure, Section } from "../components/figure.tsx";
import { TileList } from "../components/images.tsx";
import { IslandRoot } from "../components/island.tsx";
import { usePage } from "../components/page_context.ts";
import { Method, PageTop } from "../components/page_top.tsx";
import { pValueText } from "../islands/try_it/p_value.ts";
import type { Catalogue } from "../language/catalogue.ts";
import { type ContentProps, definePage, type Page } from "../page.ts";

/** The models of the run, to be tried in the page. */
export const tryItPage: Page = definePage({
  path: "try-it",
  title: (text) => text.tryIt.title,
  description: (text) => text.tryIt.description,
  needs: ["try-it"],
  Content: TryItContent,
});

interface TryItProps {
  readonly result: TryItResult;
  readonly words: Catalogue["tryIt"];
}

function TryItContent({ results }: ContentProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.tryIt;
  const result = results.byExperiment["try-it"] as TryItResult;
  const { classifier, detector, neighbors, frame, drawnDigits } = result.payload;
  return (
    <>
      <PageTop
        heading={t.heading}
        question={t.question}
        findings={[
          t.findingAccuracy(
            format.percent(classifier.testAccuracy.value),
            format.count(classifier.testAccuracy.trials),
          ),
          t.findingOther(
            format.percent(detector.otherFound.value),
            setOf(result, "out-of-distribution").title,
            format.decimal(detector.alpha),
          ),
          t.findingAlarms(
            format.percent(detector.falseAlarms.value),
            format.percentInterval(detector.falseAlarms.interval),
            format.count(detector.falseAlarms.trials),
          ),
          ...detector.letters
            ? [t.findingLetters(
              format.count(detector.letters.drawn),
              format.count(detector.letters.found),
              format.count(detector.letters.drawn - detector.letters.found),
            )]
            : [],
          ...drawnDigits
            ? [t.findingDigits(
              format.count(drawnDigits.drawn),
              format.count(drawnDigits.classified),
              format.count(drawnDigits.accepted),
            )]
            : [],
        ]}
      />
      <Section id="try" title={t.tryTitle}>
        <IslandRoot name="try-it">
          <p>{t.needsScript}</p>
        </IslandRoot>
      </Section>
      <Method>
        <MarkdownText>
          {t.method(
            format.count(neighbors.labels.length),
            detector.name,
            format.count(detector.heldOutScores.length),
            pValueText(1 / (detector.heldOutScores.length + 1), format),
            format.count(frame.box),
            format.count(frame.side),
          )}
        </MarkdownText>
      </Method>
      <Presets result={result} words={t} />
      <Scores result={result} words={t} />
      <Files result={result} words={t} />
    </>
  );
}

function setOf(result: TryItResult, role: UsedImages["role"]): UsedImages {
  return result.data.find((one) => one.role === role) ?? result.data[0];
}

/** Returns the name of an image in words: `Test image: 7`. */
function nameOf(image: TryItImage, result: TryItResult, words: Catalogue["tryIt"]): string {
  const { kind, trueClass } = image;
  const role = kind === "other-data-set" ? "out-of-distribution" : "in-distribution";
  if (trueClass === null) return words.kinds[kind];
  return words.imageName(words.kinds[kind], setOf(result, role).classNames[trueClass]);
}

function Presets({ result, words: t }: TryItProps): JSX.Element {
  const { format } = usePage();
  const { presets: { sprite, verdicts }, detector, neighbors } = result.payload;
  const { classNames } = setOf(result, "in-distribution");
  const belonging = ({ pValue }: TryItImage) => pValue > detector.alpha ? t.inside : t.outside;
  return (
    <Figure
      id="images"
      title={t.presetsTitle}
      caption={t.presetsCaption}
      images={sprite}
      table={{
        columns: [
          { label: t.columns.image },
          { label: t.columns.predicted },
          { label: t.columns.probability, format: (value) => format.percent(value) },
          { label: t.columns.score, format: (value) => format.significant(value) },
          { label: t.columns.pValue, format: (value) => pValueText(value, format) },
          { label: t.columns.belonging },
          { label: t.columns.cluster },
          { label: t.columns.neighbors },
        ],
        rows: verdicts.map((one) => [
          nameOf(one, result, t),
          classNames[one.predictedClass],
          one.probability,
          one.score,
          one.pValue,
          belonging(one),
          String(one.cluster),
          one.neighbors.map((row) => classNames[neighbors.labels[row]]).join(" "),
        ]),
      }}
    >
      <div class="wide-tiles">
        <TileList
          sprite={sprite}
          labels={verdicts.map((one) => ({
            label: nameOf(one, result, t),
            note: t.verdict(classNames[one.predictedClass], belonging(one)),
          }))}
          alt={(label) => label}
        />
      </div>
    </Figure>
  );
}

function Scores({ result, words: t }: TryItProps): JSX.Element {
  const { format } = usePage();
  const { detector: { name, histogram, alpha: level } } = result.payload;
  const alpha = format.decimal(level);
  const inside = setOf(result, "in-distribution").title;
  const outside = setOf(result, "out-of-distribution").title;
  return (
    <Figure
      id="scores"
      title={t.histogramTitle(name)}
      caption={t.histogramCaption(alpha)}
      table={{
        columns: [
          { label: t.columns.score, format: (value) => format.significant(value) },
          { label: inside, format: format.count },
          { label: outside, format: format.count },
        ],
        rows: histogram.inDistribution.counts.map((count, bin) => [
          histogram.edges[bin],
          count,
          histogram.outOfDistribution.counts[bin],
        ]),
      }}
    >
      <HistogramChart
        title={t.histogramTitle(name)}
        description={t.histogramCaption(alpha)}
        histogram={histogram}
        names={{ inDistribution: inside, outOfDistribution: outside }}
        x={{ label: t.scoreAxis, format: format.decimal }}
        y={{ label: t.shareAxis, format: format.percentTick }}
      />
    </Figure>
  );
}

function Files({ result, words: t }: TryItProps): JSX.Element {
  const { format, link } = usePage();
  return (
    <Section id="models" title={t.filesTitle}>
      <p>{t.filesBody}</p>
      <ul>
        {assetsOf(result).map(({ file, byteLength }) => (
          <li key={file}>
            <a href={link(`results/${file}`)} download>
              {t.file(basename(file), format.count(Math.ceil(byteLength / 1000)))}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
