import {
  classNamesOf,
  CoverPicture,
  CoverTiles,
  minimumBy,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import { runOf } from "./findings.ts";
import type { KMeansInitResult, KMeansRepresentative } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The centroids of the best run, of those that were told no classes if there are any. */
export function Cover({ result }: ContentProps<KMeansInitResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const one = shownOnCover(result);
  const names = classNamesOf(result);
  const images = one.clusterSizes.reduce((sum, size) => sum + size, 0);
  return (
    <CoverPicture
      caption={t.coverCaption(
        format.count(one.centroids.count),
        format.count(images),
        t.startsInProse[one.start],
        one.start === "class-means",
      )}
    >
      <CoverTiles
        sprite={one.centroids}
        tiles={one.majorityClasses.map((majority, tile) => ({
          tile,
          alt: t.centroidAlt(names[majority]),
        }))}
      />
    </CoverPicture>
  );
}

/** Returns the run whose centroids stand for the result. */
export function shownOnCover(result: KMeansInitResult): KMeansRepresentative {
  const { representatives } = result.payload;
  const untold = representatives.filter(({ start }) => start !== "class-means");
  return minimumBy(
    untold.length > 0 ? untold : representatives,
    (one) => runOf(result, one).inertia,
  );
}
