import { assertEquals, assertThrows } from "@std/assert";
import { readFlags } from "./flags.ts";

Deno.test("readFlags() reads the flags, or takes their defaults", () => {
  assertEquals(readFlags([]), { out: "report", port: 8000, help: false });
  assertEquals(readFlags(["--out", "other", "--port=0"]), { out: "other", port: 0, help: false });
  assertEquals(readFlags(["--help"]).help, true);
});

Deno.test("readFlags() refuses what it does not know, and ports that there are not", () => {
  for (const args of [["--ports", "1"], ["report"], ["-x"]]) {
    assertThrows(() => readFlags(args), TypeError, "--help lists all flags");
  }
  for (const port of ["65536", "-1", "1.5", "", "http", "1e3"]) {
    assertThrows(() => readFlags([`--port=${port}`]), RangeError, "between 0 and 65535");
  }
  assertThrows(() => readFlags(["--out="]), RangeError, "must name a file or folder");
});
