// @ts-nocheck AssemblyScript
// What scores need of centroids that `placeCentroid` has placed, as `CentroidPlace` writes it on the host.
import * as f from "../generated/lloyd_structures.ts";

/** A longer vector would let float32 scores overflow. */
const LONGEST: f64 = 1e15;

/** Writes the terms of scores of all centroids; returns the largest length of a centroid minus the mean, scaled. */
export function placeScores(): f64 {
  let longest: f64 = 0;
  for (let j = 0; j < f.k; j++) longest = max(longest, sqrt(load<f64>(f.facts + (<usize> j << 6), 8)));
  for (let j = 0; j < f.k; j++) {
    const facts = f.facts + (<usize> j << 6);
    const at = <usize> j << 2;
    store<f32>(f.bias + at, longest < LONGEST ? <f32> load<f64>(facts, 8) : NaN);
    store<f32>(f.shift + at, f.dense === f.original ? <f32> load<f64>(facts, 16) : 0);
  }
  return longest;
}

/** Writes the biases of centroids and their centred coordinates times −2, four times each. */
export function splatCentroids(): void {
  let to = f.splats;
  for (let j = 0; j < f.k; j++, to += 16) {
    v128.store(to, v128.load32_splat(f.bias + (<usize> j << 2)));
    const centroid = f.centroids + ((<usize> (j * f.d)) << 3);
    for (let p: usize = 0; p < <usize> f.d << 3; p += 8) {
      to += 16;
      const centred = (load<f64>(centroid + p) - load<f64>(f.mean + p)) * f.scale;
      v128.store(to, f32x4.splat(<f32> (-2 * centred)));
    }
  }
}
