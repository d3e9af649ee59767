/**
 * Changes that Stryker does not make: neighbours exchanged (arguments, elements, fields, cells,
 * placeholders, operands) and whole numbers one larger. A wrong column, a wrong field and a wrong
 * direction of sorting are of these kinds.
 */
import { types } from "@babel/core";

/** A node and what may stand in its place. */
export interface Exchange {
  readonly node: types.Node;
  readonly operator: string;
  readonly replacement: types.Expression;
}

/** Kinds of change that {@linkcode findExchanges} makes. */
export const exchangeOperators = [
  "ArgumentExchange",
  "CellExchange",
  "ElementExchange",
  "FieldExchange",
  "NumberStep",
  "OperandExchange",
  "PlaceholderExchange",
] as const;

/**
 * Lists the exchanges of a syntax tree, without changing it.
 *
 * @param root The tree.
 * @returns The exchanges in the order of the text.
 */
export function findExchanges(root: types.Node): Exchange[] {
  const found: Exchange[] = [];
  visit(root, undefined, "", (node, parent, slot) => {
    if (!isReplaceable(node, parent, slot) || losesItsSign(node, parent)) return;
    for (const [operator, replacement] of exchangesOf(node)) {
      found.push({ node, operator, replacement });
    }
  });
  return found;
}

/**
 * Calls `look` for every node that runs, parents before children; types, imports and patterns hold
 * nothing to exchange.
 *
 * @param look Its answer, if there is one, takes the node's place.
 */
export function visit(
  node: types.Node,
  parent: types.Node | undefined,
  slot: string,
  look: (node: types.Node, parent: types.Node | undefined, slot: string) => types.Node | void,
): types.Node {
  const answer = look(node, parent, slot) ?? node;
  if (/^TS(?!As|NonNull|Satisfies)|^Import|^ExportAll/.test(node.type)) return answer;
  const record = node as unknown as Record<string, types.Node | (types.Node | null)[] | null>;
  for (const key of types.VISITOR_KEYS[node.type] ?? []) {
    const child = record[key];
    if (Array.isArray(child)) {
      child.forEach((one, index) => {
        if (one) child[index] = visit(one, node, key, look);
      });
    } else if (child) record[key] = visit(child, node, key, look);
  }
  return answer;
}

function isReplaceable(node: types.Node, parent: types.Node | undefined, slot: string): boolean {
  // The names of a type, in an order that nothing depends on.
  if (types.isTSAsExpression(parent) && types.isArrayExpression(node)) return false;
  if (parent === undefined || slot === "key" || slot === "id" || slot === "quasi") return false;
  return !parent.type.startsWith("Optional") && !types.isJSXAttribute(parent) &&
    !types.isTSEnumMember(parent) && !types.isTSLiteralType(parent) && types.isExpression(node);
}

function* exchangesOf(node: types.Node): Generator<[string, types.Expression]> {
  if (types.isCallExpression(node) || types.isNewExpression(node)) {
    const name = nameOf(node.callee);
    if (types.isSuper(node.callee) || symmetric.test(name)) return;
    for (const list of exchanged(node.arguments)) {
      if (multiplies.test(name) && list[0] !== node.arguments[0]) continue;
      yield ["ArgumentExchange", { ...node, arguments: list as typeof node.arguments }];
    }
  } else if (types.isArrayExpression(node)) {
    for (const list of exchanged<typeof node.elements[number]>(node.elements)) {
      yield ["ElementExchange", { ...node, elements: list }];
    }
  } else if (types.isTemplateLiteral(node)) {
    for (const list of exchanged(node.expressions)) {
      yield ["PlaceholderExchange", { ...node, expressions: list as typeof node.expressions }];
    }
  } else if (types.isObjectExpression(node)) {
    yield* exchangedFields(node);
  } else if (types.isJSXElement(node) || types.isJSXFragment(node)) {
    yield* exchangedCells(node);
  } else if (types.isBinaryExpression(node) && (node.operator === "-" || node.operator === "/")) {
    if (types.isPrivateName(node.left) || isSame(node.left, node.right)) return;
    yield ["OperandExchange", { ...node, left: node.right, right: node.left }];
  } else if (types.isNumericLiteral(node) && Number.isSafeInteger(node.value)) {
    yield ["NumberStep", types.numericLiteral(node.value + 1)];
  }
}

/** The list with two neighbours exchanged, for every two neighbours that differ. */
function* exchanged<Item extends types.Node | null>(list: readonly Item[]): Generator<Item[]> {
  for (let i = 1; i < list.length; i++) {
    const pair = [list[i - 1], list[i]];
    if (
      pair.some((one) => one === null || types.isSpreadElement(one)) || isSame(pair[0], pair[1])
    ) continue;
    yield list.toSpliced(i - 1, 2, pair[1], pair[0]);
  }
}

function* exchangedFields(node: types.ObjectExpression): Generator<[string, types.Expression]> {
  for (let i = 1; i < node.properties.length; i++) {
    const [left, right] = [node.properties[i - 1], node.properties[i]];
    if (!types.isObjectProperty(left) || !types.isObjectProperty(right)) continue;
    if (isSame(left.value, right.value)) continue;
    const properties = node.properties
      .with(i - 1, { ...left, shorthand: false, value: right.value })
      .with(i, { ...right, shorthand: false, value: left.value });
    yield ["FieldExchange", { ...node, properties }];
  }
}

/** Exchanges what two neighbouring elements of one name hold, as two cells of a row. */
function* exchangedCells(
  node: types.JSXElement | types.JSXFragment,
): Generator<[string, types.Expression]> {
  const places = node.children.flatMap((child, index) => types.isJSXElement(child) ? [index] : []);
  for (let i = 1; i < places.length; i++) {
    const [left, right] = [places[i - 1], places[i]];
    const one = node.children[left] as types.JSXElement;
    const other = node.children[right] as types.JSXElement;
    if (!isSame(one.openingElement.name, other.openingElement.name) || isSame(one, other)) continue;
    yield ["CellExchange", { ...node, children: node.children.with(left, other).with(right, one) }];
  }
}

/** Returns true for a difference of which only the size counts. */
function losesItsSign(node: types.Node, parent: types.Node | undefined): boolean {
  if (!types.isBinaryExpression(node, { operator: "-" })) return false;
  if (types.isBinaryExpression(parent, { operator: "**" })) {
    return parent.left === node && types.isNumericLiteral(parent.right, { value: 2 });
  }
  return types.isCallExpression(parent) && types.isMemberExpression(parent.callee) &&
    types.isIdentifier(parent.callee.object, { name: "Math" }) &&
    types.isIdentifier(parent.callee.property) &&
    /^(abs|hypot)$/.test(parent.callee.property.name);
}

/** Functions that give the same result for their arguments in any order, those of vectors in AssemblyScript among them. */
const symmetric =
  /^(Math\.(max|min|hypot|imul)|Object\.is|tf\.(add|mul)|min|max|[fi]\d+x\d+\.(add|mul|eq|ne|min|max)(_[su])?|v128\.(and|or))$/;

/** Functions that give the same result for their first two arguments in any order: their product counts. */
const multiplies = /^(multiply(Add|Subtract)(64)?|[fi]\d+x\d+\.relaxed_n?madd)$/;

/** Name of what is called, as `f` or `Math.max`; "" if it has none. */
function nameOf(callee: types.Node): string {
  if (types.isIdentifier(callee)) return callee.name;
  if (!types.isMemberExpression(callee)) return "";
  const { object, property } = callee;
  return types.isIdentifier(object) && types.isIdentifier(property)
    ? `${object.name}.${property.name}`
    : "";
}

function isSame(one: types.Node | null, other: types.Node | null): boolean {
  return one !== null && other !== null && types.isNodesEquivalent(one, other);
}
