/**
 * `deno task serve`: serves the report on the loopback interface only.
 *
 * @module
 */
import { answerTo, FolderSource } from "@mixtape/report-site/server";
import { join } from "node:path";
import { print, readFlags, readInteger, readPath, run } from "./command_line.ts";

const help = `Serves the report on this machine, to this machine alone.

Usage: deno task serve [flags]

  --out DIR   The report: serves DIR/site (default: report); for another one, give Deno leave to read it:
              deno run --allow-read=DIR --allow-net=127.0.0.1 tasks/serve.ts --out DIR
  --port N    Port to listen on, 0 for any that is free (default: 8000)
  --help      Show this text

Ctrl-C stops it.`;

/** Serves the report that a command line asks for, until `signal` aborts. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      out: { type: "string", default: "report" },
      port: { type: "string", default: "8000" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const port = readInteger(values.port, "--port", { max: 65535 });
  const folder = join(readPath(values.out, "--out"), "site");
  await checkSite(folder);
  const server = listen(folder, port, signal);
  await server.finished;
}

async function checkSite(folder: string): Promise<void> {
  try {
    await Deno.stat(join(folder, "index.html"));
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw new Deno.errors.NotCapable(
        `Cannot serve ${folder}: deno task serve may read the folder report only, ` +
          `run deno run --allow-read=DIR --allow-net=127.0.0.1 tasks/serve.ts --out DIR`,
      );
    }
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(
      `Cannot serve ${folder}: there is no report, deno task experiments makes one`,
    );
  }
}

function listen(folder: string, port: number, signal: AbortSignal): Deno.HttpServer {
  const source = new FolderSource(folder);
  try {
    return Deno.serve({
      hostname: "127.0.0.1",
      port,
      signal,
      onListen: (address) => print(`Report: http://127.0.0.1:${address.port}/ (Ctrl-C stops)`),
    }, (request) => answerTo(source, request));
  } catch (error) {
    throw listenError(error, port);
  }
}

/**
 * Describes the reason why a server cannot listen on a port.
 *
 * @param error The error that `Deno.serve` threw.
 * @param port The port.
 * @returns An error with a remedy; `error` itself if it has another cause.
 */
export function listenError(error: unknown, port: number): unknown {
  const remedy = "--port chooses another (0 for any)";
  if (error instanceof Deno.errors.AddrInUse) {
    return new Deno.errors.AddrInUse(
      `Cannot listen on port ${port}: another program uses it, ${remedy}`,
    );
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new Deno.errors.PermissionDenied(
      `Cannot listen on port ${port}: only the administrator may, ${remedy}`,
    );
  }
  return error;
}

if (import.meta.main) await run(main);
