import type { Equivalent } from "../find_equivalent.ts";

/** Mutants of the other packages that behave like the original. */
export const inPackages: readonly Equivalent[] = [
  {
    file: "packages/results/parameter.ts",
    line: "export const parameterValue: z.ZodType<ParameterValue> = z.union([",
    original:
      "[z.string(), z.number(), z.boolean(), z.null(), z.array(z.union([z.string(), z.number()])),]",
    replacement:
      "[z.number(), z.string(), z.boolean(), z.null(), z.array(z.union([z.string(), z.number()]))]",
    because: "no value is of two of these kinds, so their order does not matter",
  },
  {
    file: "packages/results/parameter.ts",
    line: "z.array(z.union([z.string(), z.number()])),",
    original: "[z.string(), z.number()]",
    replacement: "[z.number(), z.string()]",
    because: "no value is of two of these kinds, so their order does not matter",
  },
  {
    file: "packages/results/parameter.ts",
    line: "export const parameterValue: z.ZodType<ParameterValue> = z.union([",
    original:
      "[z.string(),z.number(),z.boolean(),z.null(),z.array(z.union([z.string(),z.number()])),]",
    replacement:
      "[z.string(),z.boolean(),z.number(),z.null(),z.array(z.union([z.string(),z.number()]))]",
    because: "no value is of two of these kinds, so their order does not matter",
  },
  {
    file: "packages/results/parameter.ts",
    line: "export const parameterValue: z.ZodType<ParameterValue> = z.union([",
    original:
      "[z.string(),z.number(),z.boolean(),z.null(),z.array(z.union([z.string(),z.number()])),]",
    replacement:
      "[z.string(),z.number(),z.boolean(),z.array(z.union([z.string(),z.number()])),z.null()]",
    because: "no value is of two of these kinds, so their order does not matter",
  },
  {
    file: "packages/results/used_data.ts",
    line: 'export const usedData: z.ZodType<UsedData> = z.discriminatedUnion("kind", [',
    original:
      '[usedImagesasunknownasz.ZodObject<{kind:z.ZodLiteral<"images">}>,usedTableasunknownasz.ZodObject<{kind:z.ZodLiteral<"table">}>,]',
    replacement:
      '[usedTableasunknownasz.ZodObject<{kind:z.ZodLiteral<"table">;}>,usedImagesasunknownasz.ZodObject<{kind:z.ZodLiteral<"images">;}>]',
    because: "no value is of two of these kinds, so their order does not matter",
  },
  {
    file: "packages/classifier/temperature.ts",
    line: "for (let step = 0; step < 100 && high - low > 1e-12 * high; step++) {",
    original: "step++",
    replacement: "step--",
    because: "every step halves the interval at least, so it ends before the limit of steps",
  },
  {
    file: "packages/classifier/temperature.ts",
    line: "curvature += second / sum - mean * mean;",
    original: "second / sum - mean * mean",
    replacement: "mean * mean - second / sum",
    because:
      "a step of Newton's that leads nowhere is replaced by halving the interval, which finds the same temperature",
  },
  {
    file: "packages/classifier/temperature.ts",
    line: "for (let step = 0; step < 100 && high - low > 1e-12 * high; step++) {",
    original: "high - low > 1e-12 * high",
    replacement: "true",
    because: "further steps leave the temperature where it is",
  },
  {
    file: "packages/classifier/confidence_bin.ts",
    line: "let bin = Math.min(Math.max(Math.ceil(confidence * bins) - 1, 0), bins - 1);",
    original: "0",
    replacement: "1",
    because: "the next line goes back to the first bin, as from every bin above the right one",
  },
  {
    file: "packages/classifier/temperature.ts",
    line: "const newton = beta - slope / curvature;",
    original: "beta - slope / curvature",
    replacement: "beta + slope / curvature",
    because:
      "a step of Newton's that leads nowhere is replaced by halving the interval, which finds the same temperature",
  },
  {
    file: "packages/classifier/temperature.ts",
    line: "const next = newton > low && newton < high ? newton : Math.sqrt(low * high);",
    original: "newton < high",
    replacement: "newton <= high",
    because: "a step onto the end of the interval only repeats a temperature that was tried",
  },
  {
    file: "packages/clustering/batch_monitor.ts",
    line: "#stale = 0;",
    original: "0",
    replacement: "1",
    because: "the first average is a new low, which sets the count to 0 before anything reads it",
  },
  {
    file: "packages/clustering/observed_distance.ts",
    line: "const k = centroids.length / d;",
    original: "centroids.length / d",
    replacement: "centroids.length * d",
    because:
      "rows whose nearest distance is not known are decided by nearestPoint(), which is slower and finds the same",
  },
  {
    file: "packages/clustering/observed_distance.ts",
    line: "for (let j = 0; j < k; j++) {",
    original:
      "{ const distance = observedDistance(entries, i, centroids, j); if (distance >= closest) continue; closest = distance; labels[i] = j; }",
    replacement: "{}",
    because:
      "rows whose nearest distance is not known are decided by nearestPoint(), which is slower and finds the same",
  },
  {
    file: "packages/clustering/start_centroids.ts",
    line: "const weight = sampleWeight ? sampleWeight[firstRow + i] : 1;",
    original: "1",
    replacement: "2",
    because: "a factor of 2 on all weights is exact and cancels from means",
  },
  {
    file: "packages/mixture/leaves_out_too_much.ts",
    line: "if (!counts.every((count) => rows * least <= MOST * count)) return true;",
    original: "rows * least <= MOST * count",
    replacement: "rows * least < MOST * count",
    because: "at the bound itself moments may be computed again or not: both keep it",
  },
  {
    file: "packages/ood/detectors/neural_collapse.ts",
    line: "for (let j = 0; j < d; j++) values[at + j] = (values[at + j] - mean[j]) * scale[j];",
    original: "values[at + j] - mean[j]",
    replacement: "mean[j] - values[at + j]",
    because: "the sign of a standardised activation is squared away",
  },
  {
    file: "packages/ood/features/input_covariance.ts",
    line: "for (let at = 0; at < values.length; at++) if (values[at] === 0) zeros++;",
    original: "values[at] === 0",
    replacement: "values[at] !== 0",
    because: "either way of adding up gives the same covariance, one of them sooner",
  },
  {
    file: "packages/ood/features/predicted.ts",
    line: "for (let at = 0; at < n * classes; at++) {",
    original: "at < n * classes",
    replacement: "at <= n * classes",
    because: "there is no value after the last, and a write beyond the scores is dropped",
  },
  {
    file: "packages/ood/features/reshaped_energy.ts",
    line: "for (let i = 0; i < n; i++) {",
    original: "i < n",
    replacement: "i <= n",
    because: "a write beyond the scores is dropped",
  },
  {
    file: "packages/ood/features/standardization.ts",
    line: "for (let i = 0; i < sum.length; i++) sum[i] += weight * (scores[i] - mean) / deviation;",
    original: "i < sum.length",
    replacement: "i <= sum.length",
    because: "a write beyond the scores is dropped",
  },
  {
    file: "packages/simd/kernels/lloyd/records.ts",
    line: "for (let i = start; i < end; i++, list += 4) store<i32>(list, i);",
    original: "i < end",
    replacement: "i <= end",
    because: "the entry behind the list is written again before it is read",
  },
  {
    file: "packages/simd/kernels/lloyd/scores.ts",
    line: "const TWO: f32 = 2;",
    original: "2",
    replacement: "3",
    because: "a wider margin leaves more rows to float64, which decides them alike",
  },
  {
    file: "packages/simd/kernels/lloyd/describe.ts",
    line: "if (f.sketchSize > 0) {",
    original: "f.sketchSize > 0",
    replacement: "f.sketchSize >= 0",
    because: "without a basis nothing is copied, and nothing reads the residual",
  },
  {
    file: "packages/simd/memory/region_allocator.ts",
    line: "const region: Region = { start, size, free: true, before, after, place: -1 };",
    original: "1",
    replacement: "2",
    because: "every place below 0 says that the region is in no list",
  },
  {
    file: "packages/datasets/dataset.ts",
    line: "for (let start = 0; start < values.length; start += size) {",
    original: "start < values.length",
    replacement: "start <= values.length",
    because: "a write beyond the pixels is dropped",
  },
  {
    file: "packages/clustering/contingency_table.ts",
    line: "for (let pair = 0; pair < table.length; pair++) {",
    original: "pair < table.length",
    replacement: "pair <= table.length",
    because: "a write beyond the cells is dropped",
  },
  {
    file: "packages/datasets/formats/binary/parquet_table.ts",
    line: 'const isDouble = kinds.size === 1 && kinds.has("Float64Array");',
    original: "kinds.size === 1",
    replacement: "kinds.size !== 1",
    because: "pages of doubles joined number by number hold the same numbers, later",
  },
  {
    file: "packages/datasets/table/cell_number.ts",
    line: "const grouped = thousands !== undefined && cell.includes(thousands);",
    original: "thousands !== undefined",
    replacement: "true",
    because: "a cell with the text undefined is no number, with and without groups of digits",
  },
  {
    file: "packages/datasets/table/join_blocks.ts",
    line: "for (let start = 0; start < block.values.length; start += d) {",
    original: "start < block.values.length",
    replacement: "start <= block.values.length",
    because:
      "what is written behind a block is written again by the next, or dropped behind the last",
  },
  {
    file: "packages/classifier/float32_range.ts",
    line: 'if (isIn(arrayKind(x.values) === "Uint8Array" ? 255 : x.largest ?? Infinity)) return;',
    original: 'isIn(arrayKind(x.values) === "Uint8Array" ? 255 : x.largest ?? Infinity)',
    replacement: "false",
    because:
      "what is known of the largest number is looked at only to spare a pass over all of them",
  },
  {
    file: "packages/classifier/float32_range.ts",
    line: "for (let start = 0; start < x.values.length; start += CHECKED) {",
    original: "start < x.values.length",
    replacement: "start <= x.values.length",
    because: "a part without numbers has none that is too large",
  },
  {
    file: "packages/classifier/temperature.ts",
    line: "if (Math.abs(next - beta) <= 1e-12 * beta) return { beta: next, atLimit: false };",
    original: "Math.abs(next - beta) <= 1e-12 * beta",
    replacement: "Math.abs(next - beta) < 1e-12 * beta",
    because: "a step of exactly that length is followed by one that is shorter, to the same place",
  },
];
