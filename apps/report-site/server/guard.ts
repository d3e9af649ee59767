/** Names and addresses of this machine alone, with any port: a tunnel changes the port. */
const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/**
 * Refuses a request that is not for this machine by name, or that wants something else than a file.
 *
 * A page elsewhere can have a name of its own resolve to 127.0.0.1 and read what a server answers to
 * it, so a server on loopback answers to the names of loopback only.
 *
 * @param request The request.
 * @returns The refusal; nothing if the request is to be answered.
 */
export function refusalOf(request: Request): Response | undefined {
  const url = URL.parse(request.url);
  const host = request.headers.get("host") ?? url?.host ?? "";
  if (url === null || !loopback.test(host) || !loopback.test(url.host)) {
    return plain(421, "This server answers to localhost, 127.0.0.1 and [::1] only");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return plain(405, "Method not allowed", { allow: "GET, HEAD" });
  }
}

/** A short answer in plain text. */
export function plain(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = new TextEncoder().encode(`${message}\n`);
  return new Response(body, {
    status,
    headers: {
      "content-length": String(body.length),
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
      "cache-control": "no-cache",
      ...headers,
    },
  });
}
