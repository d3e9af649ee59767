/**
 * Runs in a page, of which it knows nothing else: charts without their script or it without charts, figures without a
 * file of each kind, and series that are drawn but have no cell in the table of their figure.
 */
export function chartFaults(): string[] {
  const count = (selector: string) => document.querySelectorAll(selector).length;
  const faults: string[] = [];
  const charts = count("svg.chart, svg.small-histogram");
  const scripts = count('script[src*="/islands/charts."]');
  if (charts > 0 !== scripts > 0) faults.push(`${charts} charts and ${scripts} scripts of theirs`);
  // The picture on the first page is no figure.
  const drawn = count("figure:has(svg.chart, svg.small-histogram)");
  const files = count("button.chart-file");
  if (files !== 2 * drawn) faults.push(`${files} files of ${drawn} figures`);
  for (const figure of document.querySelectorAll("figure:has(table):has(svg.chart)")) {
    const texts = new Set([...figure.querySelectorAll("td, th")].map((one) => one.textContent));
    for (const one of figure.querySelectorAll<SVGElement>(".chart [data-series]")) {
      const { series = "" } = one.dataset;
      if (!texts.has(series)) faults.push(`${figure.id}: ${series}`);
    }
  }
  return faults;
}
