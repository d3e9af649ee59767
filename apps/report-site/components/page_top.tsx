import type { JSX } from "preact";
import { Section } from "./figure.tsx";
import { usePage } from "./page_context.ts";
import { Prose } from "./prose.tsx";

/** What {@link PageTop} shows. */
export interface PageTopProps {
  /** Heading of the page. */
  readonly heading: string;
  /** The question that it answers. */
  readonly question: string;
  /** What the results say, a sentence each. */
  readonly found?: readonly string[];
  /** What was done, a paragraph each. */
  readonly done?: readonly string[];
}

/** How every page begins: heading, question, answer, and what was done to get it. */
export function PageTop({ heading, question, found = [], done = [] }: PageTopProps): JSX.Element {
  const { text } = usePage();
  return (
    <>
      <h1>{heading}</h1>
      <p class="standfirst">
        <Prose>{question}</Prose>
      </p>
      <Found sentences={found} />
      {done.length > 0 && (
        <Section id="done" title={text.site.done}>
          {done.map((paragraph) => (
            <p key={paragraph}>
              <Prose>{paragraph}</Prose>
            </p>
          ))}
        </Section>
      )}
    </>
  );
}

/** What the results say, a sentence each; nothing where they say nothing. */
export function Found(
  { sentences }: { readonly sentences: readonly string[] },
): JSX.Element | null {
  const { text } = usePage();
  return sentences.length === 0 ? null : (
    <Section id="found" title={text.site.found}>
      <ul class="found">
        {sentences.map((sentence) => (
          <li key={sentence}>
            <Prose>{sentence}</Prose>
          </li>
        ))}
      </ul>
    </Section>
  );
}
