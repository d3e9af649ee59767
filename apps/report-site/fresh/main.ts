/**
 * `deno task site:dev`: the report from a Fresh server, over the results as they are now.
 *
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { refusalOf } from "../server/guard.ts";
import { createApp } from "./app.ts";

const help = `Serves the report from the results as they are, with Fresh (needs https://jsr.io).

Usage: deno task site:dev [flags]

  --out DIR   The report: reads DIR/results (default: report)
  --port N    Port to listen at, 0 for any that is free (default: 8000)
  --help      Show this text

Ctrl-C stops it.`;

function readFlags(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: "string", default: "report" },
      port: { type: "string", default: "8000" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.out === "") {
    throw new RangeError('Cannot use --out "": it must name a file or folder');
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new RangeError(
      `Cannot listen at port ${values.port}: --port must be between 0 and 65535`,
    );
  }
  return { ...values, port };
}

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
