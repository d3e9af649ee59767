import type { Structure } from "../structure.ts";

/**
 * Writes the code that reads the structures of jobs: each field becomes a variable of its name, and a
 * job NAME calls `loadNAME(args)` first.
 *
 * @param jobs For each job, the structures that it is given, one after the other.
 */
export function loadStructures(jobs: Readonly<Record<string, readonly Structure[]>>): string {
  const structures = [...new Set(Object.values(jobs).flat())];
  const loaders = structures.map((fields, at) => `
    ${Object.entries(fields).map(([name, type]) => `export let ${name}: ${type} = 0;`).join("\n")}
    function load${at}(args: usize): usize {
      ${
    Object.entries(fields)
      .map(([name, type], i) => `${name} = argument<${type}>(args, ${i});`).join("\n")
  }
      return args + ${8 * Object.keys(fields).length};
    }`);
  const ofJobs = Object.entries(jobs).map(([job, given]) => `
    export function load${job[0].toUpperCase()}${job.slice(1)}(args: usize): void {
      ${given.map((fields) => `args = load${structures.indexOf(fields)}(args);`).join("\n")}
    }`);
  return `import { argument } from "../shared/job.ts";\n${[...loaders, ...ofJobs].join("\n")}`;
}
