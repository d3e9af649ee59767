/**
 * The worker: finds the colours of a picture by k-means, so that the page stays responsive.
 *
 * @module
 */
import { kMeans } from "@mixtape/clustering";

/** A picture, and the number of colours to find. */
export interface Task {
  /** Red, green, blue and opacity of each pixel. */
  readonly pixels: Uint8ClampedArray;
  /** The number of colours. */
  readonly colours: number;
}

/** The picture in few colours, or the reason why there is none. */
export type Reduced =
  | {
    readonly pixels: Uint8ClampedArray<ArrayBuffer>;
    readonly colours: number;
    readonly iterations: number;
  }
  | { readonly error: string };

/** Returns the picture with each pixel in the nearest of its colours. */
export async function reduceColours({ pixels, colours }: Task): Promise<Reduced> {
  const n = pixels.length / 4;
  const values = new Uint8Array(3 * n);
  for (let i = 0; i < n; i += 1) values.set(pixels.subarray(4 * i, 4 * i + 3), 3 * i);
  const clusters = Math.min(colours, n);
  const { labels, centroids, iterations } = await kMeans({ values, shape: [n, 3] }, { clusters });
  const reduced = new Uint8ClampedArray(pixels);
  for (let i = 0; i < n; i += 1) {
    const from = 3 * labels[i];
    reduced.set(centroids.values.subarray(from, from + 3), 4 * i);
  }
  return { pixels: reduced, colours: clusters, iterations };
}

self.onmessage = async ({ data }: MessageEvent<Task>) => {
  self.postMessage(await reduceColours(data).catch((error) => ({ error: String(error.message) })));
};
