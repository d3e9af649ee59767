/** skmeans as a peer. */
import skmeans from "skmeans";
import type { KMeansArguments } from "./mixtape/clustering.ts";
import { rowsOf } from "./rows_of.ts";
import { serve, timed } from "./serve.ts";

await serve({ skmeans: "0.11.3" }, {
  async "k-means"({ x, start, iterations }: KMeansArguments) {
    const data = rowsOf(x);
    // It writes its centroids into the start that it is given.
    const initial = structuredClone(rowsOf(start));
    const { result, seconds } = await timed(() =>
      skmeans(data, initial.length, initial, iterations)
    );
    return { seconds, iterations: result.it, centroids: result.centroids.flat() };
  },
});
