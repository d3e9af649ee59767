import type { SiteExperiment } from "./experiment.ts";
import type { Page } from "./page.ts";
import { benchmarksPage } from "./routes/benchmarks.tsx";
import { galleryPage } from "./routes/gallery.tsx";
import { overviewPage } from "./routes/overview.tsx";
import { runsPage } from "./routes/runs.tsx";
import { termsPage } from "./routes/terms.tsx";
import { workersPage } from "./routes/workers.tsx";

/** Every page of the site of some experiments, in the order of the menu. */
export function pagesOf(experiments: readonly SiteExperiment[]): readonly Page[] {
  const own = experiments.flatMap(({ pages }) => pages);
  return [
    overviewPage(experiments),
    galleryPage(experiments),
    ...own,
    benchmarksPage,
    runsPage,
    workersPage,
    termsPage,
  ];
}
