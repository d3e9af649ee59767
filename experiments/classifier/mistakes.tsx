import {
  classNamesOf,
  Figure,
  type Format,
  MatrixChart,
  TileList,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import type { ClassifierResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The confusion matrix. */
export function Confusion({ result }: ContentProps<ClassifierResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const names = classNamesOf(result);
  const { confusion, mistakes } = result.payload;
  const openable = (truth: number, predicted: number) =>
    mistakes.flatMap(({ trueClass, predictedClass }, tile) =>
      trueClass === truth && predictedClass === predicted ? [tile] : []
    );
  const worst = Math.max(
    1,
    ...confusion.flatMap((row, truth) => row.filter((_, predicted) => predicted !== truth)),
  );
  const shades = confusion.map((row, truth) =>
    row.map((count, predicted) => truth === predicted ? 0 : count / worst)
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
        rows: confusion.map((row, truth) => [names[truth], ...row]),
      }}
    >
      <MatrixChart
        title={t.confusionTitle}
        description={t.confusionCaption}
        values={confusion}
        shades={shades}
        format={format.count}
        rows={{ label: t.confusionRows, names }}
        columns={{ label: t.confusionColumns, names }}
        link={(truth, predicted) => {
          const count = openable(truth, predicted).length;
          return count === 0 ? undefined : {
            href: `#${cellAnchor(truth, predicted)}`,
            label: t.openMistakes(
              format.count(confusion[truth][predicted]),
              names[truth],
              names[predicted],
              format.count(count),
              format.isSingular(count),
            ),
          };
        }}
        diagonal
      />
      {confusion.map((row, truth) =>
        row.map((_, predicted) => (
          <CellMistakes
            key={predicted}
            result={result}
            tiles={openable(truth, predicted)}
            id={cellAnchor(truth, predicted)}
          />
        ))
      )}
    </Figure>
  );
}

/** Returns the anchor of the images of a cell. */
function cellAnchor(truth: number, predicted: number): string {
  return `confusion-${truth}-${predicted}`;
}

interface CellMistakesProps extends ContentProps<ClassifierResult> {
  readonly id: string;
  readonly tiles: readonly number[];
}

/** The images of a cell, which the stylesheet shows once a link leads to them. */
function CellMistakes({ result, tiles, id }: CellMistakesProps): JSX.Element | null {
  const { format } = usePage();
  const t = useWords<Words>();
  const { mistakeImages } = result.payload;
  const labels = mistakeLabels(result, format);
  if (mistakeImages === null || tiles.length === 0) return null;
  return (
    <section class="cell-images" id={id} tabIndex={-1}>
      <TileList
        sprite={mistakeImages}
        labels={tiles.map((tile) => ({ ...labels[tile], tile }))}
        alt={t.mistakeAlt}
      />
      <p>
        <a href="#confusion">{t.closeMistakes}</a>
      </p>
    </section>
  );
}

function mistakeLabels(
  result: ClassifierResult,
  format: Format,
): { label: string; note: string }[] {
  const names = classNamesOf(result);
  return result.payload.mistakes.map(({ trueClass, predictedClass, probability }) => ({
    label: `${names[trueClass]} → ${names[predictedClass]}`,
    note: format.percent(probability),
  }));
}

/** The mistakes of which the classifier was surest. */
export function Mistakes({ result }: ContentProps<ClassifierResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const names = classNamesOf(result);
  const { mistakes, mistakeImages } = result.payload;
  if (mistakeImages === null) return <p>{t.noMistakes}</p>;
  return (
    <Figure
      id="mistakes"
      title={t.mistakesTitle}
      caption={t.mistakesCaption}
      images={mistakeImages}
      table={{
        columns: [
          { label: t.mistakeColumns.row, format: format.count },
          { label: t.mistakeColumns.truth },
          { label: t.mistakeColumns.predicted },
          { label: t.mistakeColumns.probability, format: (value) => format.percent(value, 2) },
        ],
        rows: mistakes.map(({ row, trueClass, predictedClass, probability }) => [
          row,
          names[trueClass],
          names[predictedClass],
          probability,
        ]),
      }}
    >
      <TileList
        sprite={mistakeImages}
        labels={mistakeLabels(result, format)}
        alt={t.mistakeAlt}
      />
    </Figure>
  );
}
