import {
  DataTable,
  Figure,
  LineChart,
  type LinePoint,
  maximumBy,
  PageTop,
  Section,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { Spread } from "@mixtape/results";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { countText } from "../count_text.ts";
import { gridText } from "../grid_text.ts";
import { findGmmNotebook, headline, recipeName } from "./findings.ts";
import { gmmNotebookPayload, type GmmNotebookResult, type NotebookRow } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The original notebook, repeated with its mistakes. */
export const experiment: Experiment = await defineExperiment({
  id: "gmm-notebook",
  schema: gmmNotebookPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "notebook",
  group: "networks",
  Content: NotebookContent,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function NotebookContent({ result }: ContentProps<GmmNotebookResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findGmmNotebook(result, t, format)}
        method={t.method(
          format.weight(result.payload.weightDecay),
          gridText(
            result.payload.byComponents.map(({ components }) => components),
            t.span,
            format,
          ),
        )}
      />
      <Comparison result={result} />
      <Recipes result={result} />
      <Auc result={result} />
      <Densities result={result} />
      <Section id="mistakes" title={t.mistakesTitle}>
        <dl class="terms">
          {t.mistakes.map(({ name, effect }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{effect}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  );
}

function Comparison({ result }: ContentProps<GmmNotebookResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { published, byComponents, recipes } = result.payload;
  const densest = maximumBy(byComponents, (row) => row.inDistribution.mean);
  const accurate = maximumBy(byComponents, (row) => row.accuracyAtMedian);
  const sharpest = maximumBy(byComponents, (row) => row.aucAsPublished);
  const spread = ({ mean, standardDeviation }: Spread) =>
    t.spread(format.decimal(mean), format.decimal(standardDeviation));
  const at = (value: number, components: number) =>
    t.atComponents(format.decimal(value), countText(components, t.componentsText, format));
  return (
    <Section id="comparison" title={t.comparisonTitle}>
      <DataTable
        caption={t.comparisonTitle}
        name="notebook-comparison"
        columns={[
          { label: t.comparisonColumns.quantity },
          { label: t.comparisonColumns.published },
          { label: t.comparisonColumns.ours },
        ]}
        rows={[
          [
            t.rowAccuracy,
            format.percent(published.classifierAccuracy, 2),
            format.percent(recipes[0].testAccuracy.value, 2),
          ],
          [
            t.rowBestComponents,
            format.count(published.bestComponents),
            format.count(densest.components),
          ],
          [t.rowInside, spread(published.inDistribution), spread(densest.inDistribution)],
          [t.rowOutside, spread(published.outOfDistribution), spread(densest.outOfDistribution)],
          [
            t.rowBestAccuracy,
            at(published.bestAccuracy.value, published.bestAccuracy.components),
            at(accurate.accuracyAtMedian, accurate.components),
          ],
          [
            t.rowBestAuc,
            at(published.bestAuc.value, published.bestAuc.components),
            at(sharpest.aucAsPublished, sharpest.components),
          ],
        ]}
      />
    </Section>
  );
}

/** The recipes that were tried, below the notebook's numbers. */
function Recipes({ result }: ContentProps<GmmNotebookResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { published, recipes } = result.payload;
  return (
    <Section id="recipes" title={t.recipesTitle}>
      <DataTable
        caption={t.recipesCaption}
        name="notebook-recipes"
        columns={[
          { label: t.recipeColumns.recipe },
          { label: t.recipeColumns.accuracy },
          { label: t.recipeColumns.interval },
          { label: t.recipeColumns.auc },
        ]}
        rows={[
          [
            t.comparisonColumns.published,
            format.percent(published.classifierAccuracy, 2),
            null,
            format.decimal(published.bestAuc.value),
          ],
          ...recipes.map((recipe) => [
            recipeName(recipe, t, format),
            format.percent(recipe.testAccuracy.value, 2),
            format.percentInterval(recipe.testAccuracy.interval, 2),
            format.decimal(recipe.aucAsPublished, 3),
          ]),
        ]}
      />
      <p>{t.recipesElsewhere}</p>
    </Section>
  );
}

function Auc({ result }: ContentProps<GmmNotebookResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { byComponents } = result.payload;
  const points = (value: (row: NotebookRow) => number): LinePoint[] =>
    byComponents.map((row) => ({ x: row.components, y: value(row) }));
  return (
    <Figure id="auc" title={t.aucTitle} caption={t.aucCaption} table={allNumbers(result)}>
      <LineChart
        title={t.aucTitle}
        description={t.aucCaption}
        x={{ label: t.componentsAxis, format: format.count, whole: true }}
        y={{ label: t.aucAxis, format: format.decimal, domain: [0, 1] }}
        references={[{ label: t.chance, y: 0.5 }]}
        series={[
          {
            name: t.aucPublished,
            inTable: t.columns.auc,
            colour: 2,
            dots: true,
            dashed: true,
            points: points((row) => row.aucAsPublished),
          },
          {
            name: t.aucCorrected,
            inTable: t.columns.corrected,
            colour: 1,
            dots: true,
            points: points((row) => row.aucCorrected),
          },
        ]}
      />
    </Figure>
  );

  function allNumbers({ payload }: GmmNotebookResult) {
    const two = (value: number) => format.decimal(value, 2);
    const three = (value: number) => format.decimal(value, 3);
    return {
      columns: [
        { label: t.columns.components, format: format.count },
        { label: t.columns.insideMean, format: two },
        { label: t.columns.insideDeviation, format: two },
        { label: t.columns.outsideMean, format: two },
        { label: t.columns.outsideDeviation, format: two },
        { label: t.columns.accuracy, format: three },
        { label: t.columns.auc, format: three },
        { label: t.columns.corrected, format: three },
      ],
      rows: payload.byComponents.map((row) => [
        row.components,
        row.inDistribution.mean,
        row.inDistribution.standardDeviation,
        row.outOfDistribution.mean,
        row.outOfDistribution.standardDeviation,
        row.accuracyAtMedian,
        row.aucAsPublished,
        row.aucCorrected,
      ]),
    };
  }
}

function Densities({ result }: ContentProps<GmmNotebookResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { byComponents } = result.payload;
  const two = (value: number) => format.decimal(value, 2);
  const points = (value: (row: NotebookRow) => Spread): LinePoint[] =>
    byComponents.map((row) => {
      const { mean, standardDeviation } = value(row);
      return {
        x: row.components,
        y: mean,
        low: mean - standardDeviation,
        high: mean + standardDeviation,
      };
    });
  return (
    <Figure
      id="log-density"
      title={t.densityTitle}
      caption={t.densityCaption}
      table={{
        columns: [
          { label: t.columns.components, format: format.count },
          { label: t.columns.insideMean, format: two },
          { label: t.columns.outsideMean, format: two },
        ],
        rows: byComponents.map((row) => [
          row.components,
          row.inDistribution.mean,
          row.outOfDistribution.mean,
        ]),
      }}
    >
      <LineChart
        title={t.densityTitle}
        description={t.densityCaption}
        x={{ label: t.componentsAxis, format: format.count, whole: true }}
        y={{ label: t.densityAxis, format: format.decimal }}
        series={[
          {
            name: t.outside,
            inTable: t.columns.outsideMean,
            colour: 2,
            dots: true,
            points: points((row) => row.outOfDistribution),
          },
          {
            name: t.inside,
            inTable: t.columns.insideMean,
            colour: 1,
            dots: true,
            points: points((row) => row.inDistribution),
          },
        ]}
      />
    </Figure>
  );
}
