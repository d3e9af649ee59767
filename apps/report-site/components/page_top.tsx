import type { JSX } from "preact";
import { Section } from "./figure.tsx";
import { usePage } from "./page_context.ts";
import { Prose } from "./prose.tsx";

/** Properties of {@link PageTop}. */
export interface PageTopProps {
  /** Heading of the page. */
  readonly heading: string;
  /** Question that the page answers. */
  readonly question: string;
  /** Findings, one sentence each. */
  readonly found?: readonly string[];
  /** Description of the experiment, one paragraph each. */
  readonly done?: readonly string[];
}

/** The beginning of a page: heading, question, findings, and a description of the experiment. */
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

/** The findings, one sentence each; nothing if there are none. */
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
