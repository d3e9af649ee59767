/** ml-kmeans as a peer. */
import { kmeans } from "ml-kmeans";
import type { KMeansArguments } from "./mixtape/clustering.ts";
import { rowsOf } from "./rows_of.ts";
import { serve, timed } from "./serve.ts";

await serve({ "ml-kmeans": "7.0.1" }, {
  async "k-means"({ x, start, iterations }: KMeansArguments) {
    const data = rowsOf(x);
    const initialization = structuredClone(rowsOf(start));
    const { result, seconds } = await timed(() =>
      kmeans(data, initialization.length, {
        initialization,
        maxIterations: iterations,
        tolerance: 0,
      })
    );
    return { seconds, iterations: result.iterations, centroids: result.centroids.flat() };
  },
});
