import type { JSX } from "preact";
import { usePage } from "./page_context.ts";

/** A short text with formulas between dollar signs and code between backticks. */
export function Prose({ children }: { readonly children: string }): JSX.Element {
  const parts = children.split(/(\$[^$]+\$|`[^`]+`)/);
  return <>{parts.map((part, index) => <Part key={index} part={part} />)}</>;
}

function Part({ part }: { readonly part: string }): JSX.Element {
  if (part.startsWith("$")) return <Formula>{part.slice(1, -1)}</Formula>;
  if (part.startsWith("`")) return <code>{part.slice(1, -1)}</code>;
  return <Words>{part}</Words>;
}

/** Plain text, in which no line ends within the name k-means. */
export function Words({ children }: { readonly children: string }): JSX.Element {
  const parts = children.split(/(k-means\+\+|k-means)/);
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? <span key={index} class="nowrap">{part}</span> : part
      )}
    </>
  );
}

/** A formula within a line. */
export function Formula({ children }: { readonly children: string }): JSX.Element {
  const html = usePage().typeset(children, false);
  const size = children.length < 30 ? "short" : "long";
  return <span class={`formula ${size}`} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Properties of {@link Equation}. */
export interface EquationProps {
  /** Stable anchor. */
  readonly id: string;
  /** Number of the equation. */
  readonly number: string;
  /** LaTeX. */
  readonly children: string;
}

/** A numbered formula on lines of its own. */
export function Equation({ id, number, children }: EquationProps): JSX.Element {
  const { text, typeset } = usePage();
  return (
    <div class="equation" id={id}>
      <div
        class="equation-body"
        tabIndex={0}
        role="group"
        aria-label={text.site.equation(number)}
        dangerouslySetInnerHTML={{ __html: typeset(children, true) }}
      />
      <a class="equation-number" href={`#${id}`} aria-label={text.site.linkToEquation(number)}>
        ({number})
      </a>
    </div>
  );
}
