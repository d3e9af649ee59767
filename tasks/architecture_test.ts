/**
 * Checks that the structure of the workspace is the one that ARCHITECTURE.md describes.
 */
import assert from "node:assert/strict";
import { basename, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The packages that each part may import, besides its own files. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "packages/operations": [],
  "packages/tensor-utils": ["operations", "simd"],
  "packages/simd": ["operations"],
  "packages/webgpu": ["operations"],
  "packages/datasets": ["tensor-utils"],
  "packages/clustering": ["tensor-utils"],
  "packages/mixture": ["tensor-utils", "clustering"],
  "packages/classifier": ["tensor-utils"],
  "packages/ood": ["tensor-utils", "mixture"],
  "packages/audit": ["tensor-utils", "classifier"],
  "packages/results": [],
  "apps/report-site": ["results"],
  "experiments": ["report-site", "results"],
};

/** The packages that run.ts of an experiment, and files in a folder run/, may import in addition. */
const algorithms = [
  "audit",
  "classifier",
  "clustering",
  "datasets",
  "mixture",
  "ood",
  "tensor-utils",
];

/** Folders that may import more than the part they are in, such as the page that runs models in the browser. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  "apps/report-site/islands/try_it/": ["classifier", "clustering", "ood", "tensor-utils"],
  "apps/report-site/fresh/": ["experiments"],
};

interface Source {
  readonly path: string;
  readonly text: string;
}

const sources = [...findSources(root)];
const library = sources.filter(({ path }) => !isTest(path));

function* findSources(folder: string): Generator<Source> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder.replace(/\/$/, "")}/${name}`;
    if (isDirectory) {
      if (!/^(\.git|node_modules|artefacts|report|cache)$/.test(name)) yield* findSources(path);
    } else if (/\.tsx?$/.test(name)) {
      yield { path: relative(root, path), text: Deno.readTextFileSync(path) };
    }
  }
}

function isTest(path: string): boolean {
  return /_(test|bench)\.tsx?$/.test(path) || path.includes("/testing/");
}

function imports(text: string): string[] {
  const code = text.replace(/^\s*(\*|\/\/).*$/gm, "");
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]);
}

for (const [part, packages] of Object.entries(allowed)) {
  Deno.test(`${part} imports only the packages below it`, () => {
    for (const { path, text } of library.filter(({ path }) => path.startsWith(`${part}/`))) {
      for (const target of imports(text)) {
        const name = /^@mixtape\/([^/]+)/.exec(target)?.[1];
        const self = name === basename(part);
        const [, more = []] = Object.entries(exceptions).find(([at]) => path.startsWith(at)) ?? [];
        const may = [...packages, ...more, ...isRun(path) ? algorithms : []];
        assert.ok(!name || self || may.includes(name), `${path} imports ${target}`);
        const inside = new URL(target, `file:///${path}`).pathname.startsWith(`/${part}/`);
        assert.ok(!target.startsWith(".") || inside, `${path} reaches out to ${target}`);
      }
    }
  });
}

Deno.test("packages install WebGPU only for who imports it", () => {
  // Deno and JSR fetch what import() names, too, whether or not it is called.
  for (const { path, text } of library.filter(({ path }) => path.startsWith("packages/"))) {
    if (path.startsWith("packages/webgpu/")) continue;
    const wanted = imports(text).filter((target) => target.includes("webgpu"));
    assert.deepEqual(wanted.filter((target) => !target.startsWith(".")), [], path);
  }
});

/** Returns true for files that run an experiment; files that show results may not import these statically. */
function isRun(path: string): boolean {
  return /^experiments\/(?:[a-z0-9_]+\/)?(?:run(?:\.ts$|\/)|(?:[a-z]+_)?code\.ts$)/.test(path);
}

Deno.test("code that runs experiments is imported only by code that runs experiments", () => {
  for (const { path, text } of library.filter(({ path }) => path.startsWith("experiments/"))) {
    if (isRun(path)) continue;
    // Types are erased, and import() waits until it is called.
    const code = text.replace(/^import type .*$/gm, "").replace(/import\("\.\/run\.ts"\)/g, "");
    for (const target of imports(code).filter((target) => target.startsWith("."))) {
      const reached = new URL(target, `file:///${path}`).pathname.slice(1);
      assert.ok(!isRun(reached), `${path} imports ${target}`);
    }
  }
});

Deno.test("experiments/index.ts lists all folders of experiments, and each has its files", () => {
  const folders = [...Deno.readDirSync(`${root}/experiments`)].filter((one) => one.isDirectory)
    .map(({ name }) => name).filter((name) => name !== "run");
  const index = Deno.readTextFileSync(`${root}/experiments/index.ts`);
  const listed = [...index.matchAll(/from "\.\/([a-z0-9_]+)\/page\.tsx"/g)].map((m) => m[1]);
  assert.deepEqual(listed.toSorted(), folders.sort());
  for (const name of folders) {
    for (const file of ["run.ts", "findings.ts", "page.tsx", "example.ts", "words/en.ts"]) {
      assert.ok(Deno.statSync(`${root}/experiments/${name}/${file}`).isFile, `${name}/${file}`);
    }
  }
});

Deno.test("no language is named outside of its folder and its words", () => {
  for (const { path, text } of library) {
    if (/^apps\/report-site\/language\/[a-z_]+\/|^experiments\/[a-z_]+\/words\//.test(path)) {
      continue;
    }
    const code = text.replace(/^\s*(\*|\/\*|\/\/).*$/gm, "").replace(/^import type .*$/gm, "");
    assert.doesNotMatch(code, /"en"\s*[:\]]|\/en\/|\bpt[-_]br\b|portuguese/i, path);
  }
});

Deno.test("each kind of test has its task, and a name that says which", () => {
  const startsPrograms =
    /\/testing\/(?:run_task|programs|start_task|start_toy_worker|work_together)\.ts$/;
  const drives =
    /\/testing\/(?:browser|browser_site|look_at_site|tried_models)\.ts$|^playwright-core$/;
  for (const { path, text } of sources.filter(({ path }) => /_test\.tsx?$/.test(path))) {
    const isNamed = /_browser_test\.tsx?$/.test(path);
    assert.equal(imports(text).some((target) => drives.test(target)), isNamed, path);
    const starts = imports(text).some((target) => startsPrograms.test(target));
    if (/_program_test\.ts$/.test(path)) assert(starts || text.includes("new Deno.Command("), path);
    else assert(!starts || isNamed, `${path} runs programs: name it *_program_test.ts`);
  }
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`));
  const ignored = "**/*_browser_test.*,apps/report-site/fresh/";
  assert(tasks["test:modules"].command.includes(`"--ignore=${ignored}"`));
  assert(
    tasks["test:browser-modules"].command.includes('"--ignore=**/*_test.*,!**/*_browser_test.*"'),
  );
  assert(tasks["test:examples"].command.includes('--doc --parallel "--ignore=**/*_test.*"'));
  assert(
    tasks["test:program-modules"].command.includes('"--ignore=**/*_test.*,!**/*_program_test.*"'),
  );
  const tests = ["test", "test:programs", "test:examples", "test:browser"].map((name) =>
    `&& deno task ${name}`
  );
  assert(tasks.ok.command.endsWith(tests.join(" ")));
  // Types are checked once, where that is all that is done, with those of the examples that tests run.
  assert(
    tasks["ok:static"].command.includes(
      "deno check --doc . README.md docs/*.md packages/*/README.md",
    ),
  );
});

Deno.test("no source file imports from JSR", () => {
  for (const { path, text } of sources.filter(({ path }) => !path.includes("report-site/fresh/"))) {
    assert.deepEqual(
      imports(text).filter((target) => /^(?:jsr:|@std\/|fresh\b)/.test(target)),
      [],
      path,
    );
  }
  assert.doesNotMatch(Deno.readTextFileSync(`${root}/deno.lock`), /jsr:/);
  assert.doesNotMatch(Deno.readTextFileSync(`${root}/deno.json`), /jsr:/);
});

/** Lists the files that must be loaded before a file: types are erased, and import() waits until it is called. */
function loadedBefore({ path, text }: Source): string[] {
  const code = text.replace(/^\s*(\*|\/\/).*$/gm, "");
  const statements = code.matchAll(
    /^(?:import|export)\s(?!type\b)(?:([^;"]*?)\sfrom\s*)?"(\.[^"]+)"/gm,
  );
  return [...statements]
    .filter(([, names = ""]) => !/^\{(\s*type\s[^,}]+,?)*\s*\}$/.test(names))
    .map(([, , target]) => new URL(target, `file:///${path}`).pathname.slice(1));
}

Deno.test("no file imports itself by way of others", () => {
  const graph = new Map(sources.map((source) => [source.path, loadedBefore(source)]));
  const done = new Set<string>();
  function visit(path: string, way: string[]): void {
    assert.ok(!way.includes(path), [...way.slice(way.indexOf(path)), path].join(" → "));
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  }
  for (const path of graph.keys()) visit(path, []);
});

Deno.test("nothing of the queue is loaded unless experiments are run on workers", () => {
  const graph = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set<string>();
  function visit(path: string): void {
    if (reached.has(path)) return;
    reached.add(path);
    const source = graph.get(path);
    for (const next of source === undefined ? [] : loadedBefore(source)) visit(next);
  }
  visit("tasks/experiments.ts");
  assert(reached.has("experiments/run/run_experiments.ts"));
  assert.deepEqual([...reached].filter((path) => path.startsWith("queue/")), []);
  for (const { path, text } of sources) {
    const uses = imports(text).some((target) => /^(bullmq|ioredis)$/.test(target));
    assert(!uses || path.startsWith("queue/"), path);
  }
});

Deno.test("no package needs syntax that Node.js 20, Safari 17 and bundlers cannot read", () => {
  for (const { path, text } of library) {
    if (path.startsWith("packages/")) assert.doesNotMatch(text, /^\s*(await )?using \w/m, path);
  }
});

Deno.test("no source file throws a plain Error", () => {
  for (const { path, text } of library) assert.doesNotMatch(text, /throw new Error\(/, path);
});

/** Words that ask: a doc comment states what something is or does. */
const question =
  "(?:(?:by|from|in|of|on|with) )?(?:how|what|when|where|whether|which|who|whom|why)";

Deno.test("no doc comment opens with a question or is a single letter, nor does a tag in one", () => {
  const opening = new RegExp(`/\\*\\*[\\s*]*(?:${question}\\b|\\w\\.?\\s*\\*/).*`, "gi");
  const tag = new RegExp(
    `^[ \\t]*/?\\*+\\s*@(?:param\\s+\\S+|returns|throws\\s+\\{[^}]*\\})\\s+${question}\\b.*`,
    "gim",
  );
  const found = sources.flatMap(({ path, text }) =>
    [...text.matchAll(opening), ...text.matchAll(tag)].map(([comment]) => `${path}: ${comment}`)
  );
  assert.deepEqual(found, []);
});

Deno.test("source files are short and have specific names", () => {
  for (
    const { path, text } of library.filter(({ path }) =>
      !/simd\/(module|kernels\/generated)\//.test(path)
    )
  ) {
    assert.doesNotMatch(basename(path), /^(utils|helpers|common|misc)\./, path);
    assert.match(basename(path).replace(/\.d\.ts$/, ".ts"), /^[a-z0-9_.[\]-]+\.tsx?$/i, path);
    assert.ok(text.split("\n").length <= 320, `${path} has ${text.split("\n").length} lines`);
  }
});

Deno.test("every package has the files that a package needs", () => {
  for (const { name } of Deno.readDirSync(`${root}/packages`)) {
    for (const file of ["deno.json", "mod.ts", "README.md", "CHANGELOG.md", "LICENSE"]) {
      assert.ok(Deno.statSync(`${root}/packages/${name}/${file}`).isFile);
    }
  }
});

/** Tasks that read a path given by the user, or packages in Deno's cache, whose place differs between machines. */
const readAnywhere = [
  "apply",
  "bench",
  "bench:fit",
  "bench:queue",
  "data",
  "docs",
  "examples",
  "experiments",
  "fit",
  "mutate",
  "notebook",
  "npm:build",
  "site",
  "site:dev",
  "site:screenshots",
  "test",
  "test:browser",
  "test:browser-modules",
  "test:everywhere",
  "test:modules",
  "test:program-modules",
  "test:programs",
  "worker",
];

/** Tasks that write to a path given by the user. */
const writeAnywhere = [
  "apply",
  "bench",
  "bench:fit",
  "bench:queue",
  "docs",
  "examples",
  "experiments",
  "fit",
  "mutate",
  "notebook",
  "npm:build",
  "site",
  "site:screenshots",
  "test",
  "test:browser",
  "test:browser-modules",
  "test:everywhere",
  "test:modules",
  "test:program-modules",
  "worker",
];

Deno.test("deno.json names the files, programs, hosts and variables that each task may use", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`));
  const bare: Record<string, string[]> = { read: [], write: [] };
  for (const [name, { command }] of Object.entries<{ command: string }>(tasks)) {
    assert.doesNotMatch(command, / -A\b|--allow-all|(^|[ "])-[a-zA-Z]*A/, `${name} may do all`);
    assert.doesNotMatch(command, / -[REWNSI]/, `${name} abbreviates a permission`);
    for (const [, kind, value] of command.matchAll(/--allow-([a-z]+)(=\S)?/g)) {
      if (value !== undefined || kind === "dirty") continue;
      assert(kind in bare, `${name} has --allow-${kind} without names`);
      bare[kind].push(name);
    }
    // A variable that is not named is as if not set, only where libraries list or ask for many.
    const ignoring = /--ignore-env(?!=)/.test(command);
    assert(!ignoring || /--allow-env=\S/.test(command), `${name} ignores every variable`);
  }
  assert.deepEqual(bare.read.sort(), readAnywhere);
  assert.deepEqual(bare.write.sort(), writeAnywhere);
});

Deno.test("deno task serve may read only the report, and deno task experiments may run no program", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`));
  assert.deepEqual(tasks.serve.command.match(/--allow-\S+/g), [
    "--allow-read=report",
    "--allow-net=127.0.0.1",
  ]);
  for (
    const name of [
      "apply",
      "examples",
      "experiments",
      "data",
      "fit",
      "site",
      "serve",
      "simd:build",
      "worker",
    ]
  ) {
    assert.doesNotMatch(tasks[name].command, /--allow-run/, name);
  }
});
