import { App } from "fresh";
import { answerWithFile, answerWithPage, pageRoutes } from "../answers.ts";
import { openSite } from "../site.ts";

/**
 * The report as a Fresh application: one route a page, rendered from the results on disk at every request by the same
 * code as the static export, with the same documents, headers and assets.
 *
 * Pages are answered as whole documents rather than through Fresh's own renderer, so that both agree to the byte and
 * no nonce stands between the Content-Security-Policy and the scripts.
 *
 * @param resultsDir Folder of the results.
 * @returns The application, not listening yet.
 */
export function createApp(resultsDir: string): App<unknown> {
  const app = new App();
  app.use(async (context) =>
    await answerWithFile(() => openSite(resultsDir), context.url.pathname) ?? await context.next()
  );
  for (const route of pageRoutes) {
    app.get(route.path, async () => answerWithPage(await openSite(resultsDir), route));
  }
  return app;
}
