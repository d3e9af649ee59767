/**
 * `deno task site:dev`: the report from a Fresh server, over the results as they are now.
 *
 * @module
 */
import { join } from "@std/path/join";
import { refusalOf } from "../server/guard.ts";
import { createApp } from "./app.ts";
import { readFlags } from "./flags.ts";

const help = `Serves the report from the results as they are, with Fresh (needs https://jsr.io).

Usage: deno task site:dev [flags]

  --out DIR   The report: reads DIR/results (default: report)
  --port N    Port to listen at, 0 for any that is free (default: 8000)
  --help      Show this text

Ctrl-C stops it.`;

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

function start(args: string[]): void {
  const { out, port, help: helpAsked } = readFlags(args);
  if (helpAsked) return print(help);
  const onListen = (address: Deno.NetAddr) =>
    print(`Report: http://127.0.0.1:${address.port}/ (Ctrl-C stops)`);
  const options = { hostname: "127.0.0.1", port, onListen };
  const answer = createApp(join(out, "results"), out).handler();
  // Fresh reads the address of a request before its middleware has a say, and throws if it is none.
  Deno.serve(options, (request, info) => refusalOf(request) ?? answer(request, info));
}

if (import.meta.main) {
  try {
    start(Deno.args);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    Deno.stderr.writeSync(new TextEncoder().encode(`error: ${error.message}\n`));
    Deno.exitCode = 2;
  }
}
