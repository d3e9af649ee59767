import { repository } from "../../apps/report-site/repository.ts";

/** The part of `deno.json` that describes a package. */
export interface PackageConfig {
  /** Name, with scope. */
  readonly name: string;
  /** Version. */
  readonly version: string;
  /** One sentence on it. */
  readonly description: string;
  /** SPDX identifier of the licence. */
  readonly license: string;
  /** Source file of the one entry point, or of each. */
  readonly exports: string | Readonly<Record<string, string>>;
}

/** The content of a `package.json`. */
export interface NpmManifest extends Omit<PackageConfig, "exports"> {
  /** Paths of each entry point: types and code. */
  readonly exports: Readonly<
    Record<string, string | { readonly types: string; readonly default: string }>
  >;
  /** Accepted versions of the packages that it imports, by name. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** All other fields. */
  readonly [field: string]: unknown;
}

/** Node.js 20.16 is the first with `process.getBuiltinModule`, by which code that browsers load finds files and threads. */
const engines = { node: ">=20.16" };

/**
 * Writes the `package.json` of a package: ES modules, types beside code, no side effects, and what
 * npm needs to attest where the package was built.
 *
 * @param config `deno.json` of the package.
 * @param folder Name of its folder in `packages/`.
 * @param dependencies Accepted versions of the packages that it imports, by name.
 * @returns The content.
 */
export function npmManifest(
  config: PackageConfig,
  folder: string,
  dependencies: Readonly<Record<string, string>>,
): NpmManifest {
  const { name, version, description, license } = config;
  return {
    name,
    version,
    description,
    license,
    type: "module",
    sideEffects: false,
    exports: {
      ...Object.fromEntries(
        Object.entries(entryPoints(config)).map(([point, source]) => {
          const stem = source.replace(/\.ts$/, "");
          return [point, { types: `${stem}.d.ts`, default: `${stem}.js` }];
        }),
      ),
      "./package.json": "./package.json",
    },
    engines,
    dependencies,
    homepage: `${repository}/tree/main/packages/${folder}`,
    bugs: `${repository}/issues`,
    repository: {
      type: "git",
      url: `git+${repository}.git`,
      directory: `packages/${folder}`,
    },
    publishConfig: { access: "public", provenance: true },
  };
}

/** Returns the source file of each entry point, by its name. */
export function entryPoints({ exports }: PackageConfig): Readonly<Record<string, string>> {
  return typeof exports === "string" ? { ".": exports } : exports;
}

/**
 * Returns the versions that a package accepts of each package that it imports: the version that the
 * workspace is tested with and its patches, and that version alone if it imports files that are not
 * an entry point of the other. A minor version may want what not every registry has.
 *
 * @param imported Specifiers that it imports, with the names of their packages.
 * @param versions Version of each package that the workspace has, by name.
 * @returns Accepted versions by name, in alphabetical order.
 * @throws {RangeError} If the workspace does not have a package that is imported.
 */
export function acceptedVersions(
  imported: readonly { readonly specifier: string; readonly name: string }[],
  versions: ReadonlyMap<string, string>,
): Record<string, string> {
  const names = [...new Set(imported.map(({ name }) => name))].sort();
  return Object.fromEntries(names.map((name) => {
    const version = versions.get(name);
    if (version === undefined) {
      throw new RangeError(
        `Cannot tell the version of ${name}: it is imported, and must be in imports of deno.json`,
      );
    }
    const reachesIn = imported.some(({ specifier }) => specifier.startsWith(`${name}/src/`));
    return [name, reachesIn ? version : `~${version}`];
  }));
}
