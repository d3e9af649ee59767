import { equivalentsIn } from "./equivalents_in.ts";
import type { Equivalent } from "../find_equivalent.ts";

/** Mutants of the named operations of `packages/tensor-utils` that behave like the original. */
export const inTensorOperations: readonly Equivalent[] = equivalentsIn(
  "packages/tensor-utils/operations",
  {
    "dense_forward.ts": {
      "const blockRows = 4096;": [["4096", "4097", "a row has the same outputs in any block"]],
    },
    "dense_training.ts": {
      "const g = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));": [[
        "weightDecay === 0",
        "false",
        "adding nothing changes no gradient",
      ]],
    },
    "nearest_blocks.ts": {
      "for (let i = start; i < end; i++) {": [[
        "i < end",
        "i <= end",
        "what is written for the row behind the block is written again by the next, or dropped",
      ]],
      "for (let from = 0; from < d; from += 64) {": [[
        "from < d",
        "from <= d",
        "a block behind the last column is empty",
      ]],
      "const difference = values[i * d + p] - points[j * d + p];": [[
        "values[i * d + p] - points[j * d + p]",
        "points[j * d + p] - values[i * d + p]",
        "the sign of a difference is squared away",
      ]],
    },
    "neighbors.ts": {
      "const GROUP = 48;": [["48", "49", "groups are cut to a multiple of four"]],
      "for (let j = 0; j < d; j++) {": [[
        "j < d",
        "j <= d",
        "behind the last coordinate, d is returned in either case",
      ]],
      "for (let i = 0; i < rows; i++) {": [[
        "i < rows",
        "i <= rows",
        "what is written behind the last row is dropped",
      ]],
      "for (let from = 0, to = 0; from < queries.length; from += d, to += width) {": [[
        "from < queries.length",
        "from <= queries.length",
        "what is written behind the last row is dropped",
      ]],
    },
    "neighbors_reference.ts": {
      "const QUERIES = 256;": [["256", "257", "a query has the same distances in any block"]],
      "for (let start = 0; start < rows; start += most) {": [[
        "start < rows",
        "start <= rows",
        "a block behind the last query is empty",
      ]],
      "for (let i = 0; i < count; i++) {": [[
        "i < count",
        "i <= count",
        "what is written for the query behind the block is written again by the next, or dropped",
      ]],
      "scores.subarray(i * columns, (i + 1) * columns),": [[
        "1",
        "2",
        "only the scores of this query's groups are looked at",
      ]],
      "if (distance < nearest[0]) replaceLargest(nearest, distance);": [[
        "distance < nearest[0]",
        "distance <= nearest[0]",
        "a number takes the place of an equal one",
      ]],
      "(highest, g) => highest < good ? -1 : scores.indexOf(highest, g * group),": [[
        "1",
        "2",
        "there is no point at any place below 0",
      ]],
      "for (let g = 0; g < groups; g++) {": [[
        "g < groups",
        "g <= groups",
        "behind the last group there are no points",
      ]],
      "if (best[g] < (length - nearest[0]) / 2 - doubt) continue;": [[
        "best[g] < (length - nearest[0]) / 2 - doubt",
        "false",
        "no point of a group is better than its best: each is skipped by itself",
      ]],
      "for (let i = 0; i < values.length; i++) {": [[
        "i < values.length",
        "i <= values.length",
        "behind the last number there is none, and nothing is smaller",
      ]],
      "if (-values[i] < largest[0]) replaceLargest(largest, -values[i]);": [[
        "-values[i] < largest[0]",
        "-values[i] <= largest[0]",
        "a number takes the place of an equal one",
      ]],
      "for (let first = 0; first < query.length && sum < farthest; first += 16) {": [[
        "first < query.length",
        "first <= query.length",
        "behind the last coordinate there is nothing to add",
      ], [
        "sum < farthest",
        "true",
        "a sum that is complete is no nearer than one that was cut off",
      ], [
        "sum < farthest",
        "sum <= farthest",
        "a sum that is complete is no nearer than one that was cut off",
      ]],
      "const difference = points[start + j] - query[j];": [[
        "points[start + j] - query[j]",
        "query[j] - points[start + j]",
        "the sign of a difference is squared away",
      ]],
    },
    "tied_algebra.ts": {
      "const BLOCK_ROWS = 512;": [[
        "512",
        "513",
        "blocks of another size change sums by no more than rounding does",
      ]],
    },
  },
);
