import type { Format } from "@mixtape/report-site/components";

/** The shade of an AUROC in a matrix: 0 at chance or where there is none (NaN), 1 where all is told apart. */
export function aurocShade(auroc: number): number {
  return Number.isNaN(auroc) ? 0 : 2 * (auroc - 0.5);
}

/** An AUROC in the cell of a matrix, without the zero before its point; a dash where there is none (NaN). */
export function aurocText(auroc: number, format: Format): string {
  return Number.isNaN(auroc) ? "–" : format.decimal(auroc, 2).replace(/^0/, "");
}
