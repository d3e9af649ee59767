import { type ComponentChildren, Fragment, type JSX } from "preact";
import {
  type ArticleSource,
  type Block,
  type Inline,
  readArticle,
  readParagraphs,
} from "../prose/article.ts";
import { filePath } from "./file_path.ts";
import { Section } from "./figure.tsx";
import { usePage } from "./page_context.ts";
import { Equation, Formula, Words } from "./prose.tsx";

/** Content of the slots of an article, by name; a slot may have nothing to show. */
export type Slots = Readonly<Record<string, ComponentChildren>>;

/** Properties of {@link Article}. */
export interface ArticleProps {
  /** Text of the article. */
  readonly source: ArticleSource;
  /** Figures and checks of the article. The text has each of these slots once, and no others. */
  readonly slots: Slots;
}

/** A page whose text is a Markdown file: heading, question, sections. */
export function Article({ source, slots }: ArticleProps): JSX.Element {
  const { title, opening, sections } = readArticle(source, Object.keys(slots));
  return (
    <>
      <h1>{title}</h1>
      <Blocks blocks={opening} slots={slots} standfirst />
      {sections.map(({ id, title, blocks }) => (
        <Section key={id} id={id} title={title}>
          <Blocks blocks={blocks} slots={slots} />
        </Section>
      ))}
    </>
  );
}

/** A text of the catalogue in Markdown: paragraphs, without title and sections. */
export function MarkdownText({ children }: { readonly children: string }): JSX.Element {
  const { path } = usePage();
  return <Blocks blocks={readParagraphs({ url: path, markdown: children })} slots={{}} />;
}

interface BlocksProps {
  readonly blocks: readonly Block[];
  readonly slots: Slots;
  /** True to set the first paragraph larger. */
  readonly standfirst?: boolean;
}

function Blocks({ blocks, slots, standfirst = false }: BlocksProps): JSX.Element {
  return (
    <>
      {blocks.map((block, at) => {
        if (block.kind === "slot") return <Fragment key={at}>{slots[block.name]}</Fragment>;
        if (block.kind === "equation") {
          const number = String(block.number);
          return <Equation key={at} id={`eq-${number}`} number={number}>{block.latex}</Equation>;
        }
        return (
          <p key={at} class={standfirst && at === 0 ? "standfirst" : undefined}>
            <Inlines content={block.content} />
          </p>
        );
      })}
    </>
  );
}

function Inlines({ content }: { readonly content: readonly Inline[] }): JSX.Element {
  return <>{content.map((inline, at) => <Piece key={at} inline={inline} />)}</>;
}

function Piece({ inline }: { readonly inline: Inline }): JSX.Element {
  switch (inline.kind) {
    case "formula":
      return <Formula>{inline.text}</Formula>;
    case "code":
      return <code>{inline.text}</code>;
    case "emphasis":
      return (
        <em>
          <Inlines content={inline.content} />
        </em>
      );
    case "strong":
      return (
        <strong>
          <Inlines content={inline.content} />
        </strong>
      );
    case "link":
      return <Link inline={inline} />;
    default:
      return <Words>{inline.text}</Words>;
  }
}

/** A link to a page of the site by its path, to an anchor, or to another site. */
function Link(
  { inline }: { readonly inline: Extract<Inline, { kind: "link" }> },
): JSX.Element {
  const { language, link } = usePage();
  const { target } = inline;
  const elsewhere = /^(?:https:|#)/.test(target);
  return (
    <a href={elsewhere ? target : link(filePath({ path: target }, language))}>
      <Inlines content={inline.content} />
    </a>
  );
}
