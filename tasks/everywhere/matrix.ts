/** Message of the error of each program that failed, and null for those that ended well, by name of the program. */
export type Outcomes = Readonly<Record<string, string | null>>;

/**
 * Writes the outcomes of programs as a table: a line per program and a column per runtime, with a dash
 * where a program is not for a runtime.
 *
 * @param byRuntime Outcomes in each runtime, by its name.
 * @returns The table, and a line for each failure.
 */
export function matrixOf(
  byRuntime: ReadonlyMap<string, Outcomes>,
): { readonly table: string; readonly failures: readonly string[] } {
  const runtimes = [...byRuntime.keys()];
  const programs = [...new Set([...byRuntime.values()].flatMap((one) => Object.keys(one)))];
  const rows = programs.map((program) => [
    program,
    ...runtimes.map((runtime) => cellOf(byRuntime.get(runtime)![program])),
  ]);
  const all = [["", ...runtimes], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const table = all.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd()
  ).join("\n");
  const failures = runtimes.flatMap((runtime) =>
    Object.entries(byRuntime.get(runtime)!).flatMap(([program, error]) =>
      error === null ? [] : [`${program} in ${runtime}: ${error}`]
    )
  );
  return { table, failures };
}

function cellOf(outcome: string | null | undefined): string {
  if (outcome === undefined) return "-";
  return outcome === null ? "ok" : "FAILED";
}
