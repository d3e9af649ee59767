/** \@thi.ng/k-means as a peer. */
import { kmeans } from "@thi.ng/k-means";
import type { KMeansArguments } from "./mixtape/clustering.ts";
import { rowsOf } from "./rows_of.ts";
import { serve, timed } from "./serve.ts";

await serve({ "@thi.ng/k-means": "2.0.42" }, {
  async "k-means"({ x, start, iterations }: KMeansArguments) {
    const data = rowsOf(x);
    const initial = structuredClone(rowsOf(start));
    const { result, seconds } = await timed(() =>
      kmeans(initial.length, data, { initial, maxIter: iterations })
    );
    return { seconds, iterations, centroids: result.flatMap(({ centroid }) => [...centroid]) };
  },
});
