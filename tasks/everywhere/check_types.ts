import { join } from "node:path";
import { entryPoints } from "../npm/npm_manifest.ts";
import type { Outcomes } from "./matrix.ts";
import { runTool } from "./project.ts";

const settings = ["--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022"];

/** Ways to compile a program: without types of a runtime, as bundlers resolve modules and as Node.js does. */
const ways: Readonly<Record<string, readonly string[]>> = {
  "types, bundler": ["--module", "esnext", "--moduleResolution", "bundler", "--types", ""],
  "types, nodenext": ["--module", "nodenext", "--moduleResolution", "nodenext", "--types", ""],
};

/** A program that keeps a matrix in a variable, whose shape is then of any length to the compiler. */
const program = `import { kMeans } from "@mixtape/clustering";
const x = { values: new Float32Array([0, 0, 0, 1, 9, 9, 9, 8]), shape: [4, 2] };
const { labels } = await kMeans(x, { clusters: 2 });
export const first: number = labels[0];
`;

/**
 * Checks the declarations of all entry points with `tsc --strict` and the library of ES2022 alone:
 * no types of Deno, Node.js or the web.
 *
 * @param root Path of the workspace.
 * @param project Path of the project that has the packages installed.
 * @param signal Stops it.
 * @returns The outcome of each way of compiling.
 */
export async function checkTypes(
  root: string,
  project: string,
  signal: AbortSignal,
): Promise<Outcomes> {
  const packages = [...Deno.readDirSync(join(root, "packages"))].map(({ name }) => name).sort();
  const points = packages.flatMap((folder) => {
    const config = JSON.parse(Deno.readTextFileSync(join(root, "packages", folder, "deno.json")));
    return Object.keys(entryPoints(config)).map((point) => config.name + point.slice(1));
  });
  const lines = points.map((point, index) => `export * as point${index} from "${point}";\n`);
  await Deno.writeTextFile(join(project, "types.ts"), lines.join("") + program);
  const outcomes: Record<string, string | null> = {};
  for (const [name, way] of Object.entries(ways)) {
    const args = ["--lib", "es2022", ...settings, ...way, "types.ts"];
    outcomes[name] = await runTool("tsc", args, project, signal)
      .then(() => null, String);
  }
  return outcomes;
}
