import assert from "node:assert/strict";
import fc from "fast-check";
import { sitePath } from "./site_path.ts";

/** A UTF-16 code unit; the unit "binary" of fast-check, and its web paths, take seconds to make. */
const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

Deno.test("sitePath() gives the path of a file, and index.html for a folder", () => {
  const paths: [string, string | undefined][] = [
    ["/", "index.html"],
    ["/pt/", "pt/index.html"],
    ["/a%20b.css", "a b.css"],
    ["/tables/%C3%A9.csv", "tables/é.csv"],
    ["/pt", "pt"],
    ["/index.html/", "index.html/index.html"],
  ];
  for (const [pathname, path] of paths) assert.equal(sitePath(pathname), path, pathname);
});

Deno.test("sitePath() gives nothing for hidden files, steps up, empty steps and what is no path", () => {
  const none = [
    ...["", "x", "//", "//a", "/a//b", "/a//", "/.git", "/.git/config", "/a/.env", "/.", "/a/.."],
    ...["/%2e%2e/x", "/..%2fx", "/a%2fb", "/%5cx", "/a\\b", "/%00", "/a%0a", "/%", "/%zz", "/%ff"],
    `/${"x".repeat(5000)}`,
  ];
  for (const pathname of none) assert.equal(sitePath(pathname), undefined, pathname);
});

Deno.test("sitePath() never leads out of the site, nor to a hidden file (property)", () => {
  const pieces = fc.constantFrom(
    "/",
    "..",
    ".",
    "%2e",
    "%2E%2e",
    "%2f",
    "\\",
    "%5c",
    "%00",
    "a",
    "%",
  );
  const paths = fc.oneof(
    fc.array(pieces, { maxLength: 12 }).map((parts) => `/${parts.join("")}`),
    fc.string({ unit }).map((text) => `/${text}`),
    fc.array(fc.string({ unit }), { maxLength: 4 }).map((steps) =>
      `/${steps.map((step) => encodeURIComponent(step.toWellFormed())).join("/")}`
    ),
  );
  fc.assert(
    fc.property(paths, (pathname) => {
      const path = sitePath(pathname);
      if (path === undefined) return;
      for (const step of path.split("/")) assert.match(step, /^[^.\\\0]/);
    }),
    { seed: 0, numRuns: 500 },
  );
});
