import type { ComponentChildren, JSX } from "preact";
import { MarkdownText } from "./article.tsx";
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
  readonly findings?: readonly string[];
  /** Description of the experiment: paragraphs of Markdown, which quote no text of results. */
  readonly method?: string;
}

/** The beginning of a page: heading, question, findings, and a description of the experiment. */
export function PageTop({ heading, question, findings = [], method }: PageTopProps): JSX.Element {
  usePage().noteSummary("question", question);
  return (
    <>
      <h1>{heading}</h1>
      <p class="standfirst">
        <Prose>{question}</Prose>
      </p>
      <Findings sentences={findings} />
      {method !== undefined && (
        <Method>
          <MarkdownText>{method}</MarkdownText>
        </Method>
      )}
    </>
  );
}

/** The findings, one sentence each; nothing if there are none. */
export function Findings(
  { sentences }: { readonly sentences: readonly string[] },
): JSX.Element | null {
  const { text, noteSummary } = usePage();
  for (const sentence of sentences) noteSummary("finding", sentence);
  return sentences.length === 0 ? null : (
    <Section id="found" title={text.site.findings}>
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

/** The section that describes the experiment. */
export function Method({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const { text } = usePage();
  return <Section id="done" title={text.site.method}>{children}</Section>;
}
