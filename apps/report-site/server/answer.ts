import { createHash } from "node:crypto";
import { extname } from "node:path";
import { plain, refusalOf } from "./guard.ts";
import { sitePath } from "./site_path.ts";

/** A file as a server answers with it. */
export interface ServedFile {
  /** Content of the file. */
  readonly content: string | Uint8Array;
  /** Headers in addition to those of every file. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The source of a server's files. */
export interface FileSource {
  /**
   * Finds a file.
   *
   * @param path Its path from the top of the site, without empty, hidden or upward steps.
   * @returns The file; nothing if there is none.
   */
  file(path: string): Promise<ServedFile | undefined>;
}

const contentTypes: Readonly<Record<string, string>> = {
  "": "text/plain; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Answers a request with a file of a site.
 *
 * @param source The site.
 * @param request The request.
 * @returns The file with its tag, 304 if the client has it, 308 for a folder without its slash, 404 if there is no
 * such file, 405 for a method other than GET and HEAD, 421 for another host.
 */
export async function answerTo(source: FileSource, request: Request): Promise<Response> {
  const response = refusalOf(request) ?? await answerWithFile(source, request);
  if (request.method !== "HEAD") return response;
  const { status, headers } = response;
  await response.body?.cancel();
  return new Response(null, { status, headers });
}

async function answerWithFile(source: FileSource, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = sitePath(pathname);
  if (path === undefined) return plain(404, "Not found");
  const file = await source.file(path);
  if (file !== undefined) return respond(path, file, request);
  if (pathname.endsWith("/") || await source.file(`${path}/index.html`) === undefined) {
    return plain(404, "Not found");
  }
  // Relative, since the site may be below a path of the host; ./ because a name may have a colon.
  return plain(308, "Moved", { location: `./${pathname.split("/").at(-1)}/${search}` });
}

function respond(path: string, { content, headers }: ServedFile, request: Request): Response {
  const body = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const common = {
    // Files change when they are made anew: ask each time, and send nothing if they did not.
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    etag,
    ...headers,
  };
  if (hasTag(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers: common });
  }
  return new Response(body as BodyInit, {
    headers: {
      ...common,
      "content-type": contentTypes[extname(path).toLowerCase()] ?? "application/octet-stream",
      "content-length": String(body.length),
    },
  });
}

/** Returns true if a list of tags contains a tag, weak or not. */
function hasTag(list: string | null, etag: string): boolean {
  if (list === null) return false;
  return list.split(",").map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === "*" || tag === etag);
}
