import assert from "node:assert/strict";
import { CacheError, cacheError } from "./cache_error.ts";

/** An error with what failures of a file system have. */
function failure(fields: object): Error {
  return Object.assign(new Error("what the system says"), fields);
}

Deno.test("cacheError() takes what failed in the file system, and names its path or the folder", () => {
  const cases: [object, string | undefined][] = [
    [{ code: "ENOSPC", syscall: "write", path: "a/b" }, "in a/b: the disk is full, fix"],
    [{ code: "ENOSPC" }, "in folder: the disk is full, fix"],
    [{ code: "EIO", syscall: "read" }, "in folder: what the system says, fix"],
    [{ code: "ERR_INVALID_ARG_TYPE" }, undefined],
    [{ code: 13, syscall: "read" }, undefined],
    [{ syscall: "read" }, undefined],
  ];
  for (const [fields, said] of cases) {
    const error = cacheError(failure(fields), "folder");
    assert.equal(error === undefined, said === undefined);
    if (said !== undefined) assert.ok(error instanceof CacheError && error.message.includes(said));
  }
  assert.equal(cacheError({ code: "ENOSPC" }, "folder"), undefined);
});
