// The arguments that tell which sums have lost digits, see `structures.ts` and `kernels/lloyd/lost_digits.ts`.

/** The largest numbers that can have left the sums of clusters, and marks of those to add up again. */
export const losses = {
  /** 0 where nothing has left the sums yet, 1 where it is held to be the rows farthest out, 2 where `peaks` tell. */
  watch: "i32",
  /** Upper bounds of |w x| of all entries, and of w. */
  farthest: "f64",
  heaviest: "f64",
  /**
   * Float64, k × (d + 1): the largest |w x| of each column that left the sums since they were last added up
   * from rows, and the largest w.
   */
  peaks: "usize",
  /** 1 for each cluster whose sums are to be added up from its rows, int32. */
  again: "usize",
} as const;
