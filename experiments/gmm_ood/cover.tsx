import { CoverPicture, HistogramChart, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import { chosenMixture, mostAccurate } from "./findings.ts";
import type { GmmOodResult } from "./result.ts";
import { histogramOf } from "./score_curves.ts";
import type { Words } from "./words/en.ts";

/** The scores of both kinds of data under the mixture that was chosen. */
export function Cover({ result }: ContentProps<GmmOodResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const [inside, outside] = (["in-distribution", "out-of-distribution"] as const).map((role) =>
    format.list(result.data.filter((one) => one.role === role).map(({ title }) => title))
  );
  const caption = t.coverCaption(inside, outside);
  return (
    <CoverPicture caption={caption}>
      <HistogramChart
        title={t.histogramsHeading}
        description={caption}
        narrowHeight={220}
        histogram={histogramOf(chosenMixture(mostAccurate(result)).scores)}
        names={{ inDistribution: t.inside, outOfDistribution: t.outside }}
        x={{ label: t.histogramX, format: format.decimal }}
        y={{ label: t.histogramY, format: format.percentTick }}
      />
    </CoverPicture>
  );
}
