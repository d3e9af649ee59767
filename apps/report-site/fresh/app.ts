import { App } from "fresh";
import { experiments } from "@mixtape/experiments";
import { answerTo } from "../server/answer.ts";
import { LiveSite } from "../server/live_site.ts";

/**
 * The report as a Fresh application: the pages of the results on disk, rendered by the same code as the static export,
 * with the same documents, headers and assets.
 *
 * Pages are answered as whole documents rather than through Fresh's own routes and renderer, so that both agree to the
 * byte, no nonce stands between the Content-Security-Policy and the scripts, and every method and path is answered as
 * `deno task serve` answers it.
 *
 * @param resultsDir Folder of the results.
 * @param reportDir Folder of the report.
 * @returns The application, not listening yet.
 */
export function createApp(resultsDir: string, reportDir: string): App<unknown> {
  const site = new LiveSite(experiments, resultsDir, reportDir);
  const app = new App();
  app.use((context) => answerTo(site, context.req));
  return app;
}
