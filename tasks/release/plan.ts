// @ts-types="@types/semver"
import { gt, inc } from "semver";

/** The size of a change: a fault mended (`patch`), something added (`minor`), something that may break users (`major`). */
export type Level = "patch" | "minor" | "major";

/** A package of the workspace, as it is and as it was last released. */
export interface PackageState {
  /** Its name, such as `@mixtape/clustering`. */
  readonly name: string;
  /** The version in its configuration. */
  readonly version: string;
  /** The version of its last release; null if there was none. */
  readonly released: string | null;
  /** The published files that changed since then; all if there was no release. */
  readonly changed: readonly string[];
  /** The names of the packages of the workspace that it imports. */
  readonly dependencies: readonly string[];
}

/** The step of a release that concerns one package. */
export interface Step {
  /** The package. */
  readonly name: string;
  /** Its version before. */
  readonly from: string;
  /** Its version after. */
  readonly to: string;
  /** The packages that it imports and whose new versions its old range does not allow. */
  readonly because: readonly string[];
}

/**
 * Returns the names of the packages whose published files changed since their last release, but
 * whose version did not rise.
 *
 * @param packages All packages of the workspace.
 */
export function unraised(packages: readonly PackageState[]): string[] {
  return packages.filter(isUnraised).map(({ name }) => name);
}

/**
 * Plans a release: each package that changed and whose version has not risen gets the next version of
 * a level; a package that imports one whose new version is outside the range that it was published
 * with, such as 0.2.0 for `^0.1.0`, gets the next patch at least.
 *
 * A package that was never released is released as the version that it has.
 *
 * @param packages All packages of the workspace.
 * @param level The level for packages that changed. Below version 1, `major` raises the second number,
 * and `minor` the third, since that is what ranges such as `^0.1.0` take for breaking and harmless.
 */
export function planRelease(packages: readonly PackageState[], level: Level): Step[] {
  const steps = new Map<string, Step>();
  for (const item of packages) {
    if (isUnraised(item)) {
      steps.set(item.name, step(item, nextVersion(item.version, level), []));
    } else if (item.released === null || gt(item.version, item.released)) {
      steps.set(item.name, step(item, item.version, []));
    }
  }
  for (let grown = true; grown;) {
    grown = false;
    for (const item of packages) {
      if (steps.has(item.name)) continue;
      const because = item.dependencies.filter((name) => leavesRange(steps.get(name), packages));
      if (because.length === 0) continue;
      steps.set(item.name, step(item, nextVersion(item.version, "patch"), because));
      grown = true;
    }
  }
  return packages.flatMap(({ name }) => steps.get(name) ?? []);
}

/**
 * Returns the version after another.
 *
 * @param version A version of three numbers.
 * @param level The size of the change; see {@linkcode planRelease}.
 */
export function nextVersion(version: string, level: Level): string {
  const young = version.startsWith("0.");
  const part = !young ? level : level === "major" ? "minor" : "patch";
  const next = inc(version, part);
  if (next === null) {
    throw new SyntaxError(`Cannot raise the version: "${version}" is not a version such as 0.1.0`);
  }
  return next;
}

function isUnraised({ version, released, changed }: PackageState): boolean {
  return released !== null && changed.length > 0 && !gt(version, released);
}

function step({ name, version }: PackageState, to: string, because: readonly string[]): Step {
  return { name, from: version, to, because };
}

/** Tells whether a new version is outside the range, such as `^0.1.0`, that was published before. */
function leavesRange(step: Step | undefined, packages: readonly PackageState[]): boolean {
  if (step === undefined) return false;
  const released = packages.find(({ name }) => name === step.name)?.released;
  if (released === undefined || released === null) return false;
  return breakingPart(step.to) !== breakingPart(released);
}

/** Returns the numbers of a version that change when something breaks: `1` of 1.2.3, `0.1` of 0.1.2. */
function breakingPart(version: string): string {
  const [major, minor] = version.split(".");
  return major === "0" ? `0.${minor}` : major;
}
