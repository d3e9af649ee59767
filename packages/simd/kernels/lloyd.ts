// @ts-nocheck AssemblyScript
// k-means: preparation of data, assignment with exact bounds, sums. What is not run by the host is
// exported so that it stays a function of its own, which the engine can compile while a job runs.
import { chooseAll, chooseRows, copyRow, drawCandidates, drawRow, placeDrawn, sumUp } from "./lloyd/choose_rows.ts";
import { compress, listBytes, listSingles, squareBytes, squareSingles } from "./lloyd/compress.ts";
import {
  describeDense,
  describeInBasis,
  describeRow,
  describeTile,
  packRecord,
  packRecords,
  sumOfSquares,
  turnBasis,
  turnTile,
} from "./lloyd/describe.ts";
import {
  crossTerms,
  placeCentroid,
  placeCentroids,
  placeChanged,
  listMoved,
  totalCluster,
  totalClusters,
} from "./lloyd/centroids.ts";
import { assign, assignChunk, assignRows, confirm, listUndecided, settle, filterBySketch, filterFoursBySketch } from "./lloyd/assign.ts";
import { rankPanel12, rankPanel4, rankPanel8 } from "./generated/rank_tile.ts";
import { packFour, rankRows, settleFour, settleRanked } from "./lloyd/ranked.ts";
import { assignOnce, nearestOfFour, radiiOf } from "./lloyd/once.ts";
import { addAndMeasure, addNarrow, addSparse, addWide, moveSparse } from "./lloyd/row_sums.ts";
import { narrowDistance, nearestOf, sparseDistance, wideDistance } from "./lloyd/rows.ts";
import { narrowDistanceFast, sparseDistanceFast, wideDistanceFast } from "./lloyd/distances.ts";
import {
  addRows,
  labelBatch,
  labelRows,
  labelSplats,
  moveCentroid,
  moveToMean,
  moveToMeans,
  sortBatch,
  spreadDistance,
} from "./lloyd/batches.ts";
import { findNearest, nearestOnce, nearestTile } from "./lloyd/find_nearest.ts";
import {
  assignInGroups,
  measureGroup,
  mergeGroup,
  settleExactly,
  settleInGroups,
} from "./lloyd/groups.ts";
import {
  assignNarrow,
  findNarrow,
  gatherColumns,
  labelTile,
  scoreTile,
  scoreTile1,
  scoreTile2,
  scoreTile3,
  scoreTile4,
  settleNarrow,
  spreadColumns,
} from "./lloyd/narrow.ts";
import {
  lowerNarrow,
  lowerRows,
  measureColumn,
  measureColumns,
  measureNarrow,
  measureNarrowBlock,
} from "./lloyd/narrow_candidates.ts";
import { addTile, stepsNarrow } from "./lloyd/narrow_batches.ts";
import { packTile, part, tiledProducts } from "./lloyd/tiles.ts";
import { quantiseCentroid, quantisedScores, quantiseRow } from "./lloyd/quantised.ts";
import { measureCentroids, measurePairs, nearestByGuess, settleByGuesses } from "./lloyd/guesses.ts";
import { labelNearest, settleRows } from "./lloyd/nearest_rows.ts";
import { nearestByBounds, screenedProducts } from "./lloyd/screened_labels.ts";
import { boundPairs, keepNearest, keepProducts, settleByPairs, settleNear } from "./lloyd/pairs.ts";
import { boundGroups, screenNear } from "./lloyd/screened_groups.ts";
import { lowerBounds, settleByScreen, settleScreened } from "./lloyd/screened_pairs.ts";
import { addChanges, settleByMoves, settleMoved } from "./lloyd/moved_pairs.ts";
import { boundColumns, boundProducts, screenCentroid, screenRow, widthOfBound } from "./lloyd/screen.ts";
import {
  addPotentials,
  lowerClosest,
  lowerFrom,
  measureAgain,
  measureBlock,
  measureCandidates,
  measureFourCandidates,
  measureTile,
  passOverFar,
  screenRows,
} from "./lloyd/plus_plus.ts";
import { decide, keepResiduals, nearestOfProducts, nearestByScores } from "./lloyd/scores.ts";
import { measureDistances, measureRows } from "./lloyd/distances.ts";
import { touchData, touchLengths, touchRecords, touchSparse } from "./lloyd/touch.ts";
import { hamerlyBounds } from "./lloyd/labels.ts";
import { placeNarrow, placeScores, splatCentroids } from "./lloyd/placed.ts";
import { hasLostDigits, keepPeaks } from "./lloyd/lost_digits.ts";
import { sumAgain, sumRowsAgain } from "./lloyd/sum_again.ts";
import { makeRun, makeRuns } from "./lloyd/runs.ts";

export * from "./generated/panel_rows.ts";
export * from "./generated/quantised_rows.ts";
export * from "./generated/screened_rows.ts";
export * from "./generated/sketch_filter.ts";
export {
  compress, listBytes, listSingles, squareBytes, squareSingles,
  describeDense, describeInBasis, describeRow, describeTile, packRecord, packRecords, sumOfSquares, turnBasis,
  turnTile, crossTerms, placeCentroid, placeCentroids, placeChanged, listMoved, totalCluster, totalClusters, assign,
  assignChunk, assignRows, confirm, listUndecided, settle, filterBySketch, filterFoursBySketch, addNarrow, addSparse, addWide, moveSparse,
  narrowDistance, sparseDistance, wideDistance, narrowDistanceFast, sparseDistanceFast,
  wideDistanceFast, findNearest, nearestOnce, nearestTile, addPotentials, lowerClosest, lowerFrom, measureAgain, measureCandidates,
  measureFourCandidates, measureTile, passOverFar, screenRows,
  decide, keepResiduals, nearestOfProducts, measureDistances, measureRows, touchData, touchRecords,
  touchSparse, hamerlyBounds, assignNarrow, findNarrow, gatherColumns, labelTile, nearestOf, scoreTile,
  packTile, tiledProducts, keepNearest, keepProducts, settleByPairs, boundPairs,
  lowerNarrow, lowerRows, measureColumn, measureColumns, measureNarrow, assignInGroups, measureGroup, mergeGroup, settleExactly, settleInGroups, scoreTile1, scoreTile2, scoreTile3, scoreTile4, settleNarrow, spreadColumns,
  addRows, labelBatch, labelRows, labelSplats, moveCentroid, moveToMean, moveToMeans, sortBatch,
  addTile, stepsNarrow,
  spreadDistance, part, quantiseCentroid, quantisedScores, quantiseRow, labelNearest, settleRows,
  nearestByScores, assignOnce, nearestOfFour, radiiOf, addAndMeasure,
  chooseAll, chooseRows, copyRow, drawCandidates, drawRow, placeDrawn, sumUp, measureBlock, measureNarrowBlock,
  nearestByBounds, screenedProducts, boundProducts, screenCentroid, screenRow, touchLengths,
  placeNarrow, placeScores, splatCentroids, makeRun, makeRuns,
  hasLostDigits, keepPeaks, sumAgain, sumRowsAgain,
  boundGroups, screenNear, settleNear, settleByScreen, settleScreened, lowerBounds, widthOfBound, boundColumns,
  addChanges, settleByMoves, settleMoved,
  packFour, rankPanel12, rankPanel4, rankPanel8, rankRows, settleFour, settleRanked,
  measureCentroids, measurePairs, nearestByGuess, settleByGuesses,
};
