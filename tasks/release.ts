/**
 * `deno task release`: raises the versions of the packages that changed, and closes their changelogs.
 *
 * @module
 */
import { join } from "node:path";
import { print, readFlags, run, UsageError } from "./command_line.ts";
import { closeChangelog, unreleasedNotes } from "./release/changelog.ts";
import { type Level, planRelease, type Step, unraised } from "./release/plan.ts";
import { readPackages, type WorkspacePackage } from "./release/read_packages.ts";

const help =
  `Raises the versions of the packages that changed since their last release, and closes their changelogs.

Usage: deno task release [flags]

  --level NAME   patch, minor (the default) or major: what the changes may break. Below version 1, major
                 raises the second number, the others the third
  --check        Raise nothing; fail if a package changed and its version did not rise
  --dry-run      Raise nothing; print what would be
  --root DIR     Folder of the workspace (default: this one)
  --help         Show this text

The last release of a package is its newest tag NAME@VERSION, such as @mixtape/ood@0.1.0. Commit what the
task writes and run the commands that it prints: a tag release-DATE, pushed alone, publishes.`;

/** Runs the task for a command line. */
export async function main(args: string[]): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      level: { type: "string", default: "minor" },
      check: { type: "boolean", default: false },
      "dry-run": { type: "boolean", default: false },
      root: { type: "string", default: "." },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const packages = await readPackages(values.root);
  if (values.check) return check(packages);
  const steps = planRelease(packages, readLevel(values.level));
  if (steps.length === 0) return print("Nothing changed since the last release.");
  const changes = await prepare(values.root, packages, steps);
  if (!values["dry-run"]) {
    for (const { path, text } of changes) await Deno.writeTextFile(path, text);
  }
  print(describe(steps));
}

/** Returns the day in universal time, such as 2026-01-31. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function readLevel(name: string): Level {
  if (name === "patch" || name === "minor" || name === "major") return name;
  throw new UsageError(`--level must be patch, minor or major, got "${name}"`);
}

function check(packages: readonly WorkspacePackage[]): void {
  const names = unraised(packages);
  if (names.length === 0) return print("The version of every package that changed has risen.");
  const changes = packages.filter(({ name }) => names.includes(name)).map(
    ({ name, version, changed }) => {
      const more = changed.length > 3 ? ` and ${changed.length - 3} more` : "";
      return `${name} ${version} (${changed.slice(0, 3).join(", ")}${more})`;
    },
  );
  throw new TypeError(
    "Cannot release: packages changed but their version did not rise, run deno task release: " +
      changes.join("; "),
  );
}

/** Makes the new texts of all files, so that nothing is written if one of them cannot be. */
async function prepare(
  root: string,
  packages: readonly WorkspacePackage[],
  steps: readonly Step[],
): Promise<{ path: string; text: string }[]> {
  const changes: { path: string; text: string }[] = [];
  const missing: string[] = [];
  for (const { name, from, to, because } of steps) {
    const folder = join(root, packages.find((item) => item.name === name)?.folder ?? "");
    const path = join(folder, "CHANGELOG.md");
    const text = await Deno.readTextFile(path);
    const more = because.length === 0
      ? undefined
      : `Needs ${because.map((name) => describeStep(steps, name)).join(", ")}.`;
    if (from === to && unreleasedNotes(text) === "") continue;
    if (more === undefined && unreleasedNotes(text) === "") missing.push(name);
    else changes.push({ path, text: closeChangelog(text, to, today(), more) });
    const configuration = join(folder, "deno.json");
    changes.push({
      path: configuration,
      text: (await Deno.readTextFile(configuration))
        .replace(`"version": "${from}"`, `"version": "${to}"`),
    });
  }
  if (missing.length > 0) {
    throw new TypeError(
      `Cannot release: nothing is noted under ## Unreleased of the changelog of ${
        missing.join(", ")
      }, note what changed`,
    );
  }
  return changes;
}

function describeStep(steps: readonly Step[], name: string): string {
  return `${name} ${steps.find((step) => step.name === name)?.to}`;
}

function describe(steps: readonly Step[]): string {
  const lines = steps.map(({ name, from, to }) =>
    from === to ? `  ${name} ${to}` : `  ${name} ${from} -> ${to}`
  );
  const release = `release-${today()}`;
  const commands = [
    ...steps.map(({ name, to }) => `git tag ${name}@${to}`),
    "git push origin HEAD --tags",
    `git tag ${release} && git push origin ${release}`,
  ];
  return [...lines, "", "Commit, then:", ...commands.map((line) => `  ${line}`)].join("\n");
}

if (import.meta.main) await run(main);
