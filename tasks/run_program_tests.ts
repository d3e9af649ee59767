/**
 * `deno task test:programs`: runs the tests that run whole programs.
 *
 * @module
 */
import { inOrder, modulesIn, runTask } from "./run_tests.ts";

async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => !arg.startsWith("-"))) return await runTask("test:program-modules", args);
  const isOwn = (name: string) => /_program_test\.ts$/.test(name);
  const tests = await Array.fromAsync(modulesIn("", isOwn));
  return await runTask("test:program-modules", [...args, ...inOrder(tests)]);
}

if (import.meta.main) {
  // Ctrl-C reaches the tests as well, which end first.
  Deno.addSignalListener("SIGINT", () => {});
  Deno.exit(await main(Deno.args));
}
