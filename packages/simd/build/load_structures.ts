import type { Structure } from "../structure.ts";

/** Structures that are given together, by name. */
type Lists = Readonly<Record<string, readonly Structure[]>>;

/**
 * Writes the code that reads the structures of jobs: each field becomes a variable of its name, and a
 * job NAME calls `loadNAME(args)` first, and `loadNAMERoom(args)` where its thread has a room of its own.
 *
 * @param jobs For each job, the structures that it is given, one after the other.
 * @param rooms For each kind of room, those that lie there.
 */
export function loadStructures(jobs: Lists, rooms: Lists): string {
  const structures = [...new Set([jobs, rooms].flatMap((lists) => Object.values(lists).flat()))];
  const loaders = structures.map((fields, at) => `
    ${Object.entries(fields).map(([name, type]) => `export let ${name}: ${type} = 0;`).join("\n")}
    function load${at}(args: usize): usize {
      ${
    Object.entries(fields)
      .map(([name, type], i) => `${name} = argument<${type}>(args, ${i});`).join("\n")
  }
      return args + ${8 * Object.keys(fields).length};
    }`);
  const listed = [
    ...Object.entries(jobs),
    ...Object.entries(rooms).map(([kind, given]) => [`${kind}Room`, given] as const),
  ];
  const ofLists = listed.map(([name, given]) => `
    export function load${name[0].toUpperCase()}${name.slice(1)}(args: usize): void {
      ${given.map((fields) => `args = load${structures.indexOf(fields)}(args);`).join("\n")}
    }`);
  return `import { argument } from "../shared/job.ts";\n${[...loaders, ...ofLists].join("\n")}`;
}
