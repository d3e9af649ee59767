/**
 * The parts that pages of experiments are built from.
 *
 * @module
 */
export { classNamesOf } from "../class_names.ts";
export type { Answer } from "../experiment.ts";
export type { Catalogue } from "../language/catalogue.ts";
export type { Format } from "../language/format.ts";
export { rangeText } from "../language/range_text.ts";
export {
  aucInterval,
  maximumBy,
  mean,
  median,
  minimumBy,
  type Span,
  spanOf,
} from "../statistics.ts";
export { anchorName } from "./anchor_name.ts";
export { type AxisSpec, scaledAxis } from "./charts/axes.tsx";
export { BarChart } from "./charts/bar_chart.tsx";
export { DotPlot } from "./charts/dot_plot.tsx";
export { HistogramChart } from "./charts/histogram_chart.tsx";
export { LineChart, type LinePoint, type LineSeries } from "./charts/line_chart.tsx";
export { MatrixChart } from "./charts/matrix_chart.tsx";
export type { ReferenceLine } from "./charts/reference_line.tsx";
export { ScatterChart, type ScatterSeries } from "./charts/scatter_chart.tsx";
export { seriesColour } from "./charts/series_colour.ts";
export { type SmallHistogram, SmallHistograms } from "./charts/small_histograms.tsx";
export { CoverPicture, CoverTiles } from "./cover_picture.tsx";
export { DataTable, type DataTableProps } from "./data_table.tsx";
export { DetectorsLink } from "./detectors_link.tsx";
export { filePath } from "./file_path.ts";
export { Figure, Section } from "./figure.tsx";
export { ImageGrid, TileList, TileRow } from "./images.tsx";
export { IslandRoot } from "./island.tsx";
export { type Origin, originOf } from "./origin.ts";
export { useWords, WordsProvider } from "./own_words.ts";
export { type PageContext, PageProvider, usePage } from "./page_context.ts";
export { PageTop } from "./page_top.tsx";
export { Stepped } from "./stepped.tsx";
export { tileTable } from "./tile_table.ts";
