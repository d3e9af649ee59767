import { type Markers, replaceMarkedSection } from "../../bench/core/marked_section.ts";
import type { Outcomes } from "./matrix.ts";

const markers: Markers = {
  begin: "<!-- Written by deno task test:everywhere --write. -->",
  end: "<!-- End of what is written. -->",
};

/** Programs that are not of a package but try a feature, with what they try. */
const features: Readonly<Record<string, string>> = { threads: "threads" };

/**
 * Writes what works where as a table of Markdown: a line per package, whose program and examples of
 * its README must have worked, and per feature.
 *
 * @param byRuntime Outcomes in each runtime, by its name.
 * @returns The table, without an end of line.
 */
export function supportTable(byRuntime: ReadonlyMap<string, Outcomes>): string {
  const runtimes = [...byRuntime.keys()];
  const programs = [...new Set([...byRuntime.values()].flatMap((one) => Object.keys(one)))];
  const names = programs.filter((name) => !name.includes("/"));
  const rows = names.map((name) => {
    const folder = name.replaceAll("_", "-");
    const its = programs.filter((one) => one === name || one.startsWith(`readme/${folder}-`));
    const works = (runtime: string) => its.every((one) => byRuntime.get(runtime)![one] === null);
    return [
      features[name] ?? `\`@mixtape/${folder}\``,
      ...runtimes.map((runtime) => works(runtime) ? "yes" : "no"),
    ];
  });
  const all = [["", ...runtimes], ...rows];
  const widths = all[0].map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(all[0]), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)]
    .join("\n");
}

/**
 * Counts in how many runtimes a package works.
 *
 * @param text Text that has the table, README.md.
 * @param name Name of the package, with scope.
 */
export function yesInTable(text: string, name: string): number {
  const row = text.split("\n").find((line) => /^\| `/.test(line) && line.includes(`\`${name}\``));
  return row?.match(/\| yes(?= )/g)?.length ?? 0;
}

/**
 * Puts a table between the marks of a text.
 *
 * @param text The text, README.md.
 * @param table The table, as {@linkcode supportTable} writes it.
 * @throws {SyntaxError} If the text lacks the marks.
 */
export function withTable(text: string, table: string): string {
  return replaceMarkedSection(text, [table], markers);
}
