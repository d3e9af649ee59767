import { extname, join } from "node:path";

const contentTypes: Readonly<Record<string, string>> = {
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
 * Answers requests with the files of a folder, and with nothing outside it.
 *
 * @param folder The folder; a path that ends in a slash stands for its `index.html`.
 * @returns A handler of requests.
 */
export function serveFolder(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return plain(405, "Method not allowed", { allow: "GET, HEAD" });
    }
    const path = filePath(new URL(request.url).pathname);
    if (path === undefined) return plain(400, "Bad request");
    return await answer(folder, path, request.method === "HEAD");
  };
}

async function answer(folder: string, path: string, headOnly: boolean): Promise<Response> {
  try {
    const root = await Deno.realPath(folder);
    const file = await Deno.realPath(join(root, path));
    // A symbolic link may lead out of the folder although its path does not.
    if (!file.startsWith(join(root, "/"))) return plain(404, "Not found");
    if (!(await Deno.stat(file)).isFile) return plain(404, "Not found");
    const bytes = await Deno.readFile(file);
    const headers = {
      "content-type": contentTypes[extname(file).toLowerCase()] ?? "application/octet-stream",
      "content-length": String(bytes.length),
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
    };
    return new Response(headOnly ? null : bytes, { headers });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return plain(404, "Not found");
    }
    throw error;
  }
}

/** The relative path of the file that a URL asks for, or nothing if it is not a path of a file. */
function filePath(pathname: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const steps = path.split("/");
  if (path.includes("\0") || path.includes("\\") || steps.includes("..")) return undefined;
  return path.endsWith("/") ? `${path}index.html` : path;
}

function plain(status: number, message: string, headers: HeadersInit = {}): Response {
  return new Response(`${message}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  });
}
