import type { JSX } from "preact";
import type { Headline } from "../experiment.ts";
import { usePage } from "./page_context.ts";
import { Prose } from "./prose.tsx";

/** The properties of {@link HeadlineCard}. */
export interface HeadlineCardProps {
  /** The answer of an experiment. */
  readonly headline: Headline;
  /** Link to the page that says more. */
  readonly href: string;
}

/** The answer of an experiment: its question, a number and a sentence. */
export function HeadlineCard({ headline, href }: HeadlineCardProps): JSX.Element {
  const { text } = usePage();
  const { title, question, number, sentence, uncertainty } = headline;
  return (
    <li>
      <h3>{title}</h3>
      <p class="asked">{question}</p>
      <p class="figure-number">{number}</p>
      <p>
        <Prose>{sentence}</Prose>
        {uncertainty && <span class="uncertainty">{uncertainty}</span>}
      </p>
      <a href={href}>{text.overview.more(title)}</a>
    </li>
  );
}
