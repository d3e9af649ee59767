import type { Page } from "./page.ts";
import { benchmarksPage } from "./routes/benchmarks.tsx";
import { calibrationPage } from "./routes/calibration.tsx";
import { classifierPage } from "./routes/classifier.tsx";
import { collapsePage } from "./routes/collapse.tsx";
import { dataPage } from "./routes/data.tsx";
import {
  missingDerivationPage,
  mixtureDerivationPage,
} from "./routes/derivations/derivation_page.tsx";
import { detectorsPage } from "./routes/detectors.tsx";
import { kMeansPage } from "./routes/kmeans.tsx";
import { missingEntriesPage } from "./routes/missing_entries.tsx";
import { mixturesPage } from "./routes/mixtures.tsx";
import { notebookPage } from "./routes/notebook.tsx";
import { overviewPage } from "./routes/overview.tsx";
import { runsPage } from "./routes/runs.tsx";
import { tryItPage } from "./routes/try_it.tsx";

/** Every page of the site, in the order of the menu: a new page is one line here. */
export const pages: readonly Page[] = [
  overviewPage,
  tryItPage,
  dataPage,
  kMeansPage,
  missingEntriesPage,
  classifierPage,
  mixturesPage,
  detectorsPage,
  collapsePage,
  calibrationPage,
  notebookPage,
  missingDerivationPage,
  mixtureDerivationPage,
  benchmarksPage,
  runsPage,
];
