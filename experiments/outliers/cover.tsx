import { CoverPicture, HistogramChart, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import type { OutliersResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The outlier scores of the rows, with their tail. */
export function Cover({ result }: ContentProps<OutliersResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { histogram, threshold } = result.payload;
  return (
    <CoverPicture caption={t.coverCaption}>
      <HistogramChart
        title={t.scoresTitle}
        description={t.coverCaption}
        narrowHeight={220}
        histogram={histogram}
        names={{ inDistribution: t.rowsKey, outOfDistribution: t.drawsKey }}
        marker={{ value: threshold, label: t.threshold }}
        x={{ label: t.scoresAxis, format: format.decimal }}
        y={{ label: t.shareAxis, format: format.percentTick }}
      />
    </CoverPicture>
  );
}
