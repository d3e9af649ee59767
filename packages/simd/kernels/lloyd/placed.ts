// @ts-nocheck AssemblyScript
// What scores need of centroids that `placeCentroid` has placed, as `CentroidPlace` writes it on the host.
import * as f from "../generated/lloyd_structures.ts";

/** A longer vector would let float32 scores overflow. */
export const LONGEST: f64 = 1e15;
/** Half the distance from 1 to the next float32, and the largest loss of a product to underflow. */
const ROUNDOFF: f64 = 5.9604644775390625e-8;
const UNDERFLOW: f64 = 1e-30;

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

/**
 * Writes the terms of scores of all centroids of rows of few columns, as `CentroidPlace.placeSplats` does, but looks
 * for no two that are equal; returns false if float32 cannot hold them.
 */
export function placeNarrow(): bool {
  for (let j = 0; j < f.k; j++) {
    const centroid = f.centroids + ((<usize> (j * f.d)) << 3);
    let square: f64 = 0;
    for (let p: usize = 0; p < <usize> f.d << 3; p += 8) {
      const centred = (load<f64>(centroid + p) - load<f64>(f.mean + p)) * f.scale;
      square += centred * centred;
    }
    store<f64>(f.facts + (<usize> j << 6), square, 8);
  }
  const longest = placeScores();
  if (!(longest < LONGEST)) return false;
  splatCentroids();
  boundErrors(longest);
  return true;
}

/** Bounds the errors of scores. */
export function boundErrors(longest: f64): void {
  f.sharpness = <f32> (2.5 * ROUNDOFF * longest);
  f.offset = <f32> (16 * ROUNDOFF * (longest * longest) + UNDERFLOW);
}
