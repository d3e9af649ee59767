import assert from "node:assert/strict";
import { UsageError } from "./command_line.ts";
import { readRedisUrl } from "./redis_url.ts";

Deno.test("readRedisUrl() reads host, port, database, user and password", () => {
  assert.deepEqual(readRedisUrl("redis://127.0.0.1", "--redis"), {
    host: "127.0.0.1",
    port: 6379,
    database: 0,
    username: undefined,
    password: undefined,
    tls: false,
  });
  assert.deepEqual(readRedisUrl("rediss://me:a%40b@[::1]:7000/3", "--redis"), {
    host: "::1",
    port: 7000,
    database: 3,
    username: "me",
    password: "a@b",
    tls: true,
  });
});

Deno.test("readRedisUrl() rejects what is no such URL, and does not repeat a password", () => {
  for (
    const text of ["", "localhost:6379", "http://a", "redis://", "redis://a/b", "redis://a?x=1"]
  ) {
    assert.throws(() => readRedisUrl(text, "--redis"), UsageError, text);
  }
  assert.throws(() => readRedisUrl("redi://:secret@host", "--redis"), {
    message:
      'Cannot use --redis "redi://:…@host": the URL of a Redis or Valkey server is needed, ' +
      "such as redis://127.0.0.1:6379",
  });
});
