// @ts-nocheck AssemblyScript
// k-means: preparation of data, assignment with exact bounds, sums. What is not run by the host is
// exported so that it stays a function of its own, which the engine can compile while a job runs.
export { countEntries, countRow, fillEntries, fillRow, squareRow } from "./lloyd/compress";
export {
  centreSquares,
  centreTile,
  describeDense,
  describeInBasis,
  describeRow,
  describeTile,
  packRecord,
  packRecords,
  turnBasis,
  turnTile,
} from "./lloyd/describe";
export {
  crossTerms,
  placeCentroid,
  placeCentroids,
  totalCluster,
  totalClusters,
} from "./lloyd/model";
export { assign, assignChunk, confirm, listDoubtful, settle, sift, siftFours } from "./lloyd/assign";
export { denseRows12, denseRows4, denseRows8 } from "./lloyd/dense_rows";
export { sparseRow12, sparseRow4, sparseRow8 } from "./lloyd/sparse_rows";
export { addNarrow, addWide, moveSparse } from "./lloyd/row_sums";
export { narrowDistance, sparseDistance, wideDistance } from "./lloyd/rows";
export { narrowDistanceFast, sparseDistanceFast, wideDistanceFast } from "./lloyd/distances";
export { findNearest, nearestTile } from "./lloyd/find_nearest";
export { lowerClosest, measureCandidates, measureTile } from "./lloyd/plus_plus";
export { decide, nearest } from "./lloyd/scores";
export { measureDistances, measureRows } from "./lloyd/distances";
export { contest, duel, duels } from "./lloyd/contests";
export { touchData, touchRecords, touchTails } from "./lloyd/touch";
export { doubtsOfFour } from "./lloyd/confirm_four";
export { leeways } from "./lloyd/labels";
