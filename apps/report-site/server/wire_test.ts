/** Tests of a server's answers, byte by byte, to requests that no client would send. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { answerTo } from "./answer.ts";

const source = {
  file: (path: string) =>
    Promise.resolve(/^(?:pt\/)?index\.html$/.test(path) ? { content: "home" } : undefined),
};

interface Server extends AsyncDisposable {
  /** Sends bytes, and reads all that comes back. */
  send(text: string): Promise<string>;
  /** Errors that were thrown while answering. */
  readonly errors: readonly unknown[];
}

function startServer(): Server {
  const errors: unknown[] = [];
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: (error) => {
      errors.push(error);
      return new Response(null, { status: 500 });
    },
  }, (request) => answerTo(source, request));
  return {
    errors,
    async send(text) {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port: server.addr.port });
      await connection.write(new TextEncoder().encode(text));
      await connection.closeWrite();
      return await new Response(connection.readable).text();
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function get(target: string, host = "localhost", method = "GET"): string {
  return `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
}

function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1]);
}

Deno.test("a server answers to the names of loopback only", async () => {
  await using server = startServer();
  const own = ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:65535"];
  for (const host of own) assert.equal(statusOf(await server.send(get("/", host))), 200, host);
  const others = [
    ...["evil.example", "localhost.evil.example", "evil.example:8000", "127.0.0.1.nip.io", ""],
    ...["[::", "[::1", "localhost:", "localhost:x", "0.0.0.0", "127.1", "localhost@evil.example"],
    ...["127.0.0.1:80:80", "[::1]x", " ", "local host"],
  ];
  for (const host of others) {
    const status = statusOf(await server.send(get("/", host)));
    assert([400, 421].includes(status), `${JSON.stringify(host)}: ${status}`);
  }
  const absolute = get("http://evil.example/", "localhost");
  assert.equal(statusOf(await server.send(absolute)), 421);
  assert.deepEqual(server.errors, []);
});

Deno.test("a server tells the length of what it does not send to HEAD", async () => {
  await using server = startServer();
  const answer = await server.send(get("/", "localhost", "HEAD"));
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n[\s\S]*content-length: 4\r\n[\s\S]*\r\n\r\n$/);
});

Deno.test("a server never fails, whatever it is asked (property)", async () => {
  await using server = startServer();
  const piece = fc.constantFrom(
    ...["/", "//", "..", ".", "%2e%2e", "%2E", "%2f", "%5c", "\\", "%00", "%", "%ff", "%zz", "pt"],
    ...["index.html", ".git", "?", "#", ":", "@", ";", "*", "%0d%0a", "x".repeat(5000)],
  );
  const targets = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join("")}`);
  const methods = fc.constantFrom("GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "FROB");
  const hosts = fc.constantFrom(
    "localhost",
    "127.0.0.1:8000",
    "[::1]",
    "[::",
    "evil.example",
    "a b",
  );
  const expected = [200, 308, 400, 404, 405, 421];
  await fc.assert(
    fc.asyncProperty(methods, targets, hosts, async (method, target, host) => {
      const answer = await server.send(get(target, host, method));
      assert(expected.includes(statusOf(answer)), `${method} ${target} ${host}: ${answer}`);
      const location = /\r\nlocation: ([^\r]*)/i.exec(answer)?.[1] ?? "./";
      assert.match(location, /^\.\/(?:pt\/)?(?:\?|$)/, target);
    }),
    { seed: 0, numRuns: 400 },
  );
  assert.deepEqual(server.errors, []);
});
