import { classNamesOf, Figure, TileRow, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import { bestRepresentative } from "./findings.ts";
import type { KMeansInitResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The clusters of the best run from each start, one below the other that it matches. */
export function Matched({ result }: ContentProps<KMeansInitResult>): JSX.Element | null {
  const { format } = usePage();
  const t = useWords<Words>();
  const names = classNamesOf(result);
  const best = bestRepresentative(result);
  const others = result.payload.representatives.filter((one) => one !== best);
  if (others.length === 0) return null;
  const share = (value: number) => format.percent(value, 0);
  const levels = (value: number) => format.decimal(value, 1);
  return (
    <Figure
      id="matched"
      title={t.matchedTitle}
      caption={t.matchedCaption(t.startsInProse[best.start])}
      images={[best, ...others].map((one) => one.centroids)}
      table={{
        columns: [
          { label: t.clusterColumn, format: format.count },
          { label: t.majorityColumn },
          ...others.flatMap(({ start }) => [
            { label: t.sharedColumn(t.starts[start]), format: share },
            { label: t.differenceColumn(t.starts[start]), format: levels },
          ]),
        ],
        rows: best.majorityClasses.map((majority, cluster) => [
          cluster + 1,
          names[majority],
          ...others.flatMap(({ matches }) => [
            matches[cluster].sharedRows,
            matches[cluster].centroidDifference,
          ]),
        ]),
      }}
    >
      <ul class="matched">
        {[best, ...others].map((one) => (
          <li key={one.start}>
            <h4>{one === best ? t.matchedReference(t.starts[one.start]) : t.starts[one.start]}</h4>
            <ol>
              {one.majorityClasses.map((majority, cluster) => (
                <li key={cluster}>
                  <TileRow
                    sprite={one.centroids}
                    from={cluster}
                    alt={t.centroidAlt(names[majority])}
                  />
                  {one !== best && share(one.matches[cluster].sharedRows)}
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
    </Figure>
  );
}
