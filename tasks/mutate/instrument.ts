import { parseAsync, types } from "@babel/core";
import generate from "@babel/generator";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { type Exchange, exchangeOperators, findExchanges, visit } from "./exchanges.ts";
import { blankDecorators, isKernel } from "./kernel_sources.ts";
import { type Mutant, mutantKey } from "./mutant.ts";

/** A source file: its path from the root of the workspace, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A mutant with the name under which the instrumented text knows it. */
export interface PlacedMutant extends Mutant {
  readonly id: string;
}

/** Text of files that holds its mutants, each switched on by its name. */
export interface Instrumented {
  readonly files: readonly SourceFile[];
  readonly mutants: readonly PlacedMutant[];
}

/** Kinds of change by Stryker that are tried. */
export const strykerOperators = [
  "ArithmeticOperator",
  "ArrayDeclaration",
  "AssignmentOperator",
  "BlockStatement",
  "BooleanLiteral",
  "CallExpression",
  "ConditionalExpression",
  "EqualityOperator",
  "LogicalOperator",
  "MethodExpression",
  "UnaryOperator",
  "UpdateOperator",
] as const;

// Words are not behaviour, and what empties an object, a function or a chain does not type-check.
const excludedMutations = [
  "ArrowFunction",
  "ObjectLiteral",
  "OptionalChaining",
  "Regex",
  "StringLiteral",
];

/** All kinds of change, by name. */
export const operators: readonly string[] = [...strykerOperators, ...exchangeOperators].sort();

/**
 * Reads and writes the switches that Stryker's instrumenter places; its own header looks for an
 * environment variable, which programs without that permission may not read. Mutants that are reached
 * before the last statement of a module work while it is loaded.
 */
const header = `
let loading_9fa48 = true;
function stryMutAct_9fa48(id) { const mutants = globalThis.__mutants; if (mutants?.active !== id) return false; return mutants.used = true; }
function stryCov_9fa48(...ids) { const { reached, loading } = globalThis.__mutants ?? {}; for (const id of ids) { reached?.add(id); if (loading_9fa48) loading?.add(id); } }
`;
const footer = "\nloading_9fa48 = false;\n";

/**
 * Finds the mutants of files and writes the files with all of them inside.
 *
 * @param files The files, TypeScript with or without JSX.
 * @param chosen The mutants to place; all unless given.
 */
export async function instrument(
  files: readonly SourceFile[],
  chosen?: readonly Mutant[],
): Promise<Instrumented> {
  const keys = chosen && new Set(chosen.map(mutantKey));
  const mutants: PlacedMutant[] = [];
  const exchanges = new Map<types.Node, (Exchange & { id: string })[]>();
  const texts = new Map(files.map(({ path, text }) => [path, text]));

  const parse = async (code: string, fileName: string) => {
    const root = await parseSource(code, fileName);
    for (const exchange of findExchanges(root)) {
      const mutant = describeExchange(fileName, code, exchange);
      if (keys && !keys.has(mutantKey(mutant))) continue;
      const id = `x${mutants.length}`;
      mutants.push({ ...mutant, id });
      // What replaces a node is copied before anything is placed in it.
      const replacement = types.cloneNode(exchange.replacement, true);
      exchanges.getOrInsertComputed(exchange.node, () => []).push({ ...exchange, replacement, id });
    }
    return { originFileName: fileName, rawContent: code, format: format(fileName), root };
  };
  const print = ({ root }: { root: types.File }) =>
    header + generate(place(root, exchanges)).code + footer;
  type Parts = ConstructorParameters<typeof Instrumenter>;
  const instrumenter = new Instrumenter(
    silent,
    (() => parse) as unknown as Parts[1],
    print as unknown as Parts[2],
  );
  const ranges = chosen && Map.groupBy(chosen, ({ file }) => file);
  const result = await instrumenter.instrument(
    files.map(({ path, text }) => ({
      name: path,
      content: text,
      mutate: ranges ? (ranges.get(path) ?? []).map((mutant) => rangeOf(text, mutant)) : true,
    })),
    { plugins: null, excludedMutations, ignorers: [], noHeader: true },
  );
  for (const { id, fileName, location, mutatorName, replacement, status } of result.mutants) {
    if (status === "Ignored") continue;
    const text = texts.get(fileName)!;
    const start = offsetOf(text, location.start);
    const end = offsetOf(text, location.end);
    const mutant = {
      file: fileName,
      start,
      end,
      line: location.start.line + 1,
      operator: mutatorName,
      original: text.slice(start, end),
      replacement,
    };
    if (!keys || keys.has(mutantKey(mutant))) mutants.push({ ...mutant, id });
  }
  return {
    files: result.files.map(({ name, content }) => ({ path: name, text: content })),
    mutants,
  };
}

async function parseSource(code: string, fileName: string): Promise<types.File> {
  const plugins = ["typescript", "explicitResourceManagement", "importAttributes"];
  if (fileName.endsWith("x")) plugins.push("jsx");
  const root = await parseAsync(isKernel(fileName) ? blankDecorators(code) : code, {
    filename: fileName,
    configFile: false,
    babelrc: false,
    parserOpts: { ranges: true, sourceType: "module", plugins: plugins as never },
  });
  if (root?.type !== "File") throw new SyntaxError(`Cannot parse ${fileName}: it has no program`);
  return root;
}

function format(fileName: string): string {
  return fileName.endsWith("x") ? "tsx" : "ts";
}

function describeExchange(file: string, text: string, exchange: Exchange): Mutant {
  const { node, operator, replacement } = exchange;
  const { start, end, loc } = node as { start: number; end: number; loc: types.SourceLocation };
  return {
    file,
    start,
    end,
    line: loc.start.line,
    operator,
    original: text.slice(start, end),
    replacement: generate(types.cloneNode(replacement, true)).code,
  };
}

/** Places exchanges in a tree that holds Stryker's mutants: the nodes that are not mutated are still the same. */
function place(
  root: types.File,
  exchanges: ReadonlyMap<types.Node, readonly (Exchange & { id: string })[]>,
): types.File {
  visit(root, undefined, "", (node, parent) => {
    const here = exchanges.get(node);
    if (here === undefined) return;
    let switched: types.Expression = types.sequenceExpression([
      call("stryCov_9fa48", here.map(({ id }) => id)),
      node as types.Expression,
    ]);
    for (const { id, replacement } of here) {
      const isActive = call("stryMutAct_9fa48", [id]);
      switched = types.conditionalExpression(isActive, replacement, switched);
    }
    const isChild = types.isJSXElement(parent) || types.isJSXFragment(parent);
    return isChild ? types.jsxExpressionContainer(switched) : switched;
  });
  return root;
}

function call(name: string, ids: readonly string[]): types.CallExpression {
  return types.callExpression(types.identifier(name), ids.map((id) => types.stringLiteral(id)));
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function offsetOf(text: string, { line, column }: Position): number {
  let start = 0;
  for (let i = 0; i < line; i++) start = text.indexOf("\n", start) + 1;
  return start + column;
}

function rangeOf(text: string, { start, end }: Mutant): { start: Position; end: Position } {
  return { start: positionOf(text, start), end: positionOf(text, end) };
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, column: before.at(-1)!.length };
}

const silent = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
  fatal() {},
};
