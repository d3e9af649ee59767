// Works through losses, in Deno, Node or a page; prints how that ended, and leaves it to be found.
import type { Loss } from "./lost_workers.ts";
import { workThroughLosses } from "./work_through_losses.ts";

const { process, location } = globalThis as unknown as {
  process?: { argv: string[] };
  location?: { search: string };
};
const [loss, rounds] = process
  ? process.argv.slice(2)
  : new URLSearchParams(location!.search).values();
const outcome = await workThroughLosses(loss as Loss, Number(rounds)).catch((error) =>
  `${error?.stack ?? error}`
);
Object.assign(globalThis, { outcome });
// deno-lint-ignore no-console -- the test reads it
console.log(JSON.stringify(outcome));
