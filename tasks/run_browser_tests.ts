/**
 * `deno task test:browser`: runs the tests that drive Chromium.
 *
 * Those of pages look at one report of made-up results, made once for all of them, unless `MIXTAPE_REPORT` names
 * another.
 *
 * @module
 */
import { withReport } from "../apps/report-site/testing/report_folder.ts";
import { inOrder, modulesIn, runTask } from "./run_tests.ts";

async function main(args: readonly string[]): Promise<number> {
  // One module makes its report itself, if it needs one.
  if (args.filter((arg) => !arg.startsWith("-")).length === 1) {
    return await runTask("test:browser-modules", args);
  }
  const named = args.some((arg) => !arg.startsWith("-"));
  const isOwn = (name: string) => /_browser_test\.tsx?$/.test(name);
  const tests = named ? [] : inOrder(await Array.fromAsync(modulesIn("", isOwn)));
  let code = 1;
  await withReport(async (report) => {
    code = await runTask("test:browser-modules", [...args, ...tests], { MIXTAPE_REPORT: report });
  });
  return code;
}

if (import.meta.main) {
  // Ctrl-C reaches the tests as well, which end first.
  Deno.addSignalListener("SIGINT", () => {});
  Deno.exit(await main(Deno.args));
}
