import type { JSX } from "preact";
import { type Heading, usePage } from "./page_context.ts";

/** Fewest headings of a page with a table of contents. */
const longPage = 4;

/** Properties of {@link Contents}. */
export interface ContentsProps {
  /** Headings of the page, in order. */
  readonly headings: readonly Heading[];
}

/**
 * The table of contents of a long page, twice: beside the text of wide windows, and folded above it in others; the
 * stylesheet shows one of the two.
 */
export function Contents({ headings }: ContentsProps): JSX.Element | null {
  const { text } = usePage();
  if (headings.length < longPage) return null;
  const title = text.site.contents;
  return (
    <>
      <nav class="contents beside-text" aria-label={title}>
        <div>
          <p>{title}</p>
          <HeadingList headings={headings} />
        </div>
      </nav>
      <nav class="contents above-text" aria-label={title}>
        <details>
          <summary>{title}</summary>
          <HeadingList headings={headings} />
        </details>
      </nav>
    </>
  );
}

function HeadingList({ headings }: ContentsProps): JSX.Element {
  return (
    <ol>
      {headings.map(({ id, title, level }) => (
        <li key={id} class={`level-${level}`}>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ol>
  );
}
