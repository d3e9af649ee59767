import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  ending,
  readFlags,
  readFolderUrl,
  readInteger,
  readName,
  readNumber,
  readPath,
  suggest,
  UsageError,
} from "./command_line.ts";

Deno.test("suggest() returns the nearest candidate when one is near enough", () => {
  const sets = ["mnist", "fashion-mnist", "kmnist", "sample"];
  assert.equal(suggest("minst", sets), "mnist");
  assert.equal(suggest("Fashon-Mnist", sets), "fashion-mnist");
  assert.equal(suggest("fash", sets), "fashion-mnist");
  assert.equal(suggest("cifar-10-python", sets), undefined);
  assert.equal(suggest("mnist", []), undefined);
});

Deno.test("readFlags() parses flags and positionals", () => {
  const { values, positionals } = readFlags({
    args: ["mnist", "--seed", "3", "--list"],
    options: { seed: { type: "string" }, list: { type: "boolean" } },
    allowPositionals: true,
  });
  assert.deepEqual({ ...values }, { seed: "3", list: true });
  assert.deepEqual(positionals, ["mnist"]);
});

Deno.test("readFlags() names the nearest flag when one is unknown", () => {
  const options = { "data-dir": { type: "string" }, list: { type: "boolean" } } as const;
  assert.throws(
    () => readFlags({ args: ["--datadir", "x"], options }),
    new UsageError("Unknown flag --datadir: did you mean --data-dir? It can be --data-dir, --list"),
  );
  assert.throws(() => readFlags({ args: ["--data-dir"], options }), UsageError);
  assert.throws(() => readFlags({ args: ["extra"], options }), UsageError);
});

Deno.test("readInteger() accepts only whole numbers in the range", () => {
  assert.equal(readInteger("42", "--seed"), 42);
  for (const text of ["", "1.5", "1e3", "-1", "seven", "99999999999999999999"]) {
    assert.throws(() => readInteger(text, "--seed"), UsageError);
  }
  assert.throws(
    () => readInteger("70000", "--port", { min: 1, max: 65535 }),
    new UsageError("Cannot use --port 70000: it must be a whole number, between 1 and 65535"),
  );
});

Deno.test("readFolderUrl() gives the address of a folder its slash, and refuses what is none", () => {
  const read = (text: string) => readFolderUrl(text, "--url");
  assert.equal(read("https://example.org"), "https://example.org/");
  assert.equal(read("http://example.org/a b/"), "http://example.org/a%20b/");
  assert.equal(read("https://example.org/a"), "https://example.org/a/");
  for (
    const text of ["", "example.org", "ftp://example.org/", "https://a.org/?b", "https://a.org/#b"]
  ) {
    assert.throws(() => read(text), UsageError, text);
  }
});

Deno.test("readPath() accepts any path but an empty one", () => {
  for (const path of ["report", " ", "../a b", "/"]) assert.equal(readPath(path, "--out"), path);
  assert.throws(
    () => readPath("", "--out"),
    new UsageError('Cannot use --out "": it must name a file or folder'),
  );
  assert.throws(() => readPath("a\0b", "--out"), UsageError);
});

Deno.test("readName() returns a known name and suggests one for an unknown", () => {
  assert.equal(readName("--profile", "quick", ["quick", "full"]), "quick");
  assert.throws(
    () => readName("--profile", "quik", ["quick", "full"]),
    new UsageError("Unknown --profile quik: did you mean quick? It can be quick, full"),
  );
});

Deno.test("ending() returns one line for an expected failure and a stack trace for a bug", () => {
  assert.deepEqual(ending(new UsageError("Unknown flag"), false), {
    code: 2,
    message: "error: Unknown flag",
  });
  for (const error of [new RangeError("a\n  b"), new SyntaxError("a b"), new TypeError("a b")]) {
    assert.deepEqual(ending(error, false), { code: 1, message: "error: a b" });
  }
  assert.equal(ending(new Deno.errors.NotFound("no file"), false).message, "error: no file");
  const full = Object.assign(new Error("ENOSPC: no space left, write"), {
    code: "ENOSPC",
    syscall: "write",
  });
  assert.match(ending(full, false).message, /^error: Cannot write to a file: the disk is full/);
  assert.equal(ending(new DOMException("x", "AbortError"), true).code, 130);
  assert.match(ending(new ReferenceError("x is not defined"), false).message, /\n\s+at /);
  assert.match(ending(new TypeError("a.b is not a function"), false).message, /\n\s+at /);
});

async function runTask(
  body: string,
  interrupt = false,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const module = new URL("./command_line.ts", import.meta.url).href;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--ext=ts", "-"],
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(
    `import { print, run, UsageError } from "${module}"; await run(${body});`,
  ));
  await writer.close();
  const reader = child.stdout.getReader();
  const decoder = new TextDecoder();
  let stdout = "";
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    stdout += decoder.decode(chunk.value);
    if (interrupt && stdout.includes("ready")) {
      child.kill("SIGINT");
      interrupt = false;
    }
  }
  const stderr = await new Response(child.stderr).text();
  return { code: (await child.status).code, stdout, stderr };
}

Deno.test("run() exits with 2 and one line on stderr for a usage error", async () => {
  const ended = await runTask(`async () => { throw new UsageError("Unknown flag --x"); }`);
  assert.deepEqual(ended, { code: 2, stdout: "", stderr: "error: Unknown flag --x\n" });
});

Deno.test("print() and printError() replace control characters by �", async () => {
  const ended = await runTask(`async () => {
    print("a\\u001b]0;title\\u0007\\tb\\nc\\u009b2J");
    throw new UsageError("\\u001b[2J \\0");
  }`);
  assert.deepEqual(ended, {
    code: 2,
    stdout: "a\uFFFD]0;title\uFFFD\tb\nc\uFFFD2J\n",
    stderr: "error: \uFFFD[2J \uFFFD\n",
  });
});

Deno.test("run() lets the process exit by itself when the task succeeds", async () => {
  const ended = await runTask(`async () => { print("done"); }`);
  assert.deepEqual(ended, { code: 0, stdout: "done\n", stderr: "" });
});

Deno.test("run() aborts the signal on Ctrl-C, waits for the clean-up and exits with 130", async () => {
  const ended = await runTask(
    `async (_args, signal) => {
      const stopped = new Promise((resolve) => signal.addEventListener("abort", resolve));
      const timer = setTimeout(() => {}, 60_000);
      print("ready");
      await stopped;
      clearTimeout(timer);
      print("cleaned up");
      signal.throwIfAborted();
    }`,
    true,
  );
  assert.deepEqual(ended, { code: 130, stdout: "ready\ncleaned up\n", stderr: "Interrupted\n" });
});

Deno.test("readNumber() accepts only finite numbers in the range", () => {
  assert.equal(readNumber("1e-4", "--tolerance", { min: 0 }), 1e-4);
  for (const text of ["", " ", "x", "1e-4x", "NaN", "Infinity", "-1"]) {
    assert.throws(() => readNumber(text, "--tolerance", { min: 0 }), {
      name: "UsageError",
      message: `Cannot use --tolerance ${JSON.stringify(text)}: it must be a number, 0 or more`,
    });
  }
});
