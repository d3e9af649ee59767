/** An element of a page or a drawing. */
export interface Markup {
  /** Name of the element. */
  readonly name: string;
  /** Its attributes. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Its elements and texts, in their order. */
  readonly children: readonly (Markup | string)[];
}

const withoutEnd = new Set(["br", "hr", "img", "input", "link", "meta", "source"]);

const token = /<(\/?)([\w-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/g;

/** Reads what Preact wrote, whose every element ends; for tests only. */
export function readMarkup(html: string): Markup {
  const root = { name: "", attributes: {}, children: [] as (Markup | string)[] };
  const open = [root];
  for (const [, end, name, attributes, slash, text] of html.matchAll(token)) {
    const { children } = open[open.length - 1];
    if (text !== undefined) children.push(unescaped(text));
    else if (end === "/") open.pop();
    else {
      const element = { name, attributes: attributesOf(attributes), children: [] };
      children.push(element);
      if (slash === "" && !withoutEnd.has(name)) open.push(element);
    }
  }
  if (open.length !== 1) throw new SyntaxError(`Cannot read markup: ${open.at(-1)?.name} is open`);
  return root;
}

/** Every element inside another, in the order of the page, with a name and a class if they are given. */
export function elementsOf(markup: Markup, name?: string, className?: string): Markup[] {
  return markup.children.flatMap((child) => {
    if (typeof child === "string") return [];
    const classes = child.attributes.class?.split(" ") ?? [];
    const isMeant = (name === undefined || child.name === name) &&
      (className === undefined || classes.includes(className));
    return [...isMeant ? [child] : [], ...elementsOf(child, name, className)];
  });
}

/** The text inside an element. */
export function textOf(markup: Markup | string): string {
  return typeof markup === "string" ? markup : markup.children.map(textOf).join("");
}

/** An attribute as a number. */
export function numberOf({ attributes }: Markup, name: string): number {
  return attributes[name] === undefined ? NaN : Number(attributes[name]);
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)]
      .map(([, name, value = ""]) => [name, unescaped(value)]),
  );
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
