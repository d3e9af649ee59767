// deno-lint-ignore-file no-console -- it listens to what programs print
/** Runs the programs that pages show, on the data of the repository. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import printedBefore from "./code_outputs.json" with { type: "json" };
import { experiments } from "./index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A program, and how far numbers that it prints with `≈` in `code_outputs.json` may be on another machine. */
interface Program {
  readonly run: () => Promise<unknown>;
  /** As a share of each number. */
  readonly share: number;
  /** Added to that: what a few rows, or rounding, may change. */
  readonly slack: number;
}

const exact = { share: 0, slack: 0 };
const rounded = { share: 1e-3, slack: 0.0015 };
const trained = { share: 0.03, slack: 0.02 };

const programs: Readonly<Record<string, Program>> = {
  "audit": { run: () => import("./audit/code.ts"), ...exact },
  "classes": { run: () => import("./classes/code.ts"), ...trained },
  "classifier": { run: () => import("./classifier/code.ts"), ...trained, slack: 2 },
  "data": { run: () => import("./data/code.ts"), ...exact },
  "derivations/missing": { run: () => import("./derivations/missing_code.ts"), ...rounded },
  "derivations/mixture": {
    run: () => import("./derivations/mixture_code.ts"),
    ...exact,
    slack: 1e-9,
  },
  "gmm_notebook": { run: () => import("./gmm_notebook/code.ts"), ...trained },
  "gmm_ood": { run: () => import("./gmm_ood/code.ts"), ...trained },
  "groups": { run: () => import("./groups/code.ts"), ...rounded },
  "kmeans_clusters": { run: () => import("./kmeans_clusters/code.ts"), ...rounded },
  "kmeans_init": { run: () => import("./kmeans_init/code.ts"), ...rounded },
  "kmeans_missing": { run: () => import("./kmeans_missing/code.ts"), ...rounded },
  "missing": { run: () => import("./missing/code.ts"), ...rounded },
  "ood_calibration": { run: () => import("./ood_calibration/code.ts"), ...trained },
  "ood_collapse": { run: () => import("./ood_collapse/code.ts"), ...trained, slack: 0.1 },
  "ood_detectors": { run: () => import("./ood_detectors/code.ts"), ...trained },
  "outliers": { run: () => import("./outliers/code.ts"), ...rounded, slack: 0.1 },
  "table": { run: () => import("./table/code.ts"), ...exact },
  "try_it": { run: () => import("./try_it/code.ts"), ...trained, slack: 2e-4 },
};

const pages = experiments.flatMap(({ id, pages }) => pages.map((page) => ({ id, ...page })));

const printed = new Map<string, Promise<string>>();

/** Runs a program and returns what it prints. */
async function outputOf({ run }: Program): Promise<string> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (...parts: readonly unknown[]) => {
    const texts = parts.map((part) =>
      typeof part === "string" ? part : Deno.inspect(part, { breakLength: Infinity })
    );
    lines.push(...texts.join(" ").replace(/\n\s*/g, " ").split("\n"));
  };
  try {
    await run();
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

const number = /≈?-?\d+(?:\.(\d+))?(?:e[-+]\d+)?/g;

/** Most decimals of a number that a program rounds; all others are written in full. */
const mostRounded = 4;

/** Writes numbers so that they may only be compared by their decimals, and blanks, which align columns, once. */
function withoutNumbers(text: string): string {
  return text.replace(
    number,
    (_, decimals = "") => decimals.length > mostRounded ? "#" : `#${decimals.length}`,
  ).replace(/[ \n]+/g, " ");
}

/** Asserts that two texts are the same but for numbers with `≈` in the second, which are to be near. */
function assertAlike(actual: string, expected: string, { share, slack }: Program): void {
  assert.equal(withoutNumbers(actual), withoutNumbers(expected), actual);
  const [found, wanted] = [actual, expected].map((text) => text.match(number)!);
  wanted.forEach((text, at) => {
    const value = Number(text.replace("≈", ""));
    const most = text.startsWith("≈") ? share * Math.abs(value) + slack : 0;
    assert(Math.abs(Number(found[at]) - value) <= most, `${found[at]} for ${text} in:\n${actual}`);
  });
}

Deno.test("every page of an experiment has a program of 10 to 30 lines, on packages only", () => {
  for (const { id, path, code } of pages) {
    assert(code, `${id}: ${path} has no program`);
    const lines = code.source.split("\n").length;
    assert(lines >= 10 && lines <= 30, `${code.file} has ${lines} lines`);
    const targets = [...code.source.matchAll(/from "([^"]+)"/g)].map(([, target]) => target);
    for (const target of targets) {
      assert.match(target, /^@mixtape\/[a-z-]+(\/[a-z]+)?$/, code.file);
    }
  }
});

Deno.test("every program that a page shows is run", () => {
  const names = pages.map(({ code }) =>
    code!.file.replace("experiments/", "").replace(/[_/]code\.ts$/, "")
  );
  assert.deepEqual(names.toSorted(), Object.keys(programs).sort());
  assert.deepEqual(Object.keys(printedBefore).sort(), Object.keys(programs).sort());
});

for (const [name, program] of Object.entries(programs)) {
  Deno.test({
    name: `the program of ${name} may read only, and prints what its algorithm finds`,
    permissions: { read: true },
    // Threads of the backend wait for the next program.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const output = await printed.getOrInsertComputed(name, () => outputOf(program));
      const before: readonly string[] = printedBefore[name as keyof typeof printedBefore];
      assertAlike(output, before.join("\n"), program);
    },
  });
}

Deno.test("a program that a page shows runs by itself, as a reader runs it, and ends", async () => {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--no-prompt",
      "--allow-read",
      "experiments/kmeans_clusters/code.ts",
    ],
    cwd: root,
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(120_000),
  }).output();
  assert.equal(code, 0);
  const before = printedBefore.kmeans_clusters.join("\n");
  assertAlike(new TextDecoder().decode(stdout).trim(), before, programs.kmeans_clusters);
});
