import type { ComponentChildren, JSX } from "preact";
import { Section } from "../components/figure.tsx";
import { usePage } from "../components/page_context.ts";
import { PageTop } from "../components/page_top.tsx";
import { Prose } from "../components/prose.tsx";
import { languages } from "../language/languages.ts";
import { definePage, type Page } from "../page.ts";

/** The terms of the field, each with a definition, and the detectors. */
export const termsPage: Page = definePage({
  path: "terms",
  group: "about",
  title: (text) => text.terms.title,
  description: (text) => text.terms.description,
  needs: [],
  Content: TermsContent,
});

function TermsContent(): JSX.Element {
  const { text: { terms: t }, language: { tag } } = usePage();
  const { glossary } = languages.find((one) => one.tag === tag)!;
  const terms = Object.entries(glossary.terms).sort(([, a], [, b]) =>
    a.name.localeCompare(b.name, tag)
  );
  const others = languages.filter((other) => other.tag !== tag);
  return (
    <>
      <PageTop heading={t.heading} question={t.question} />
      <Section id="terms" title={t.termsTitle}>
        <dl class="glossary">
          {terms.map(([key, { name, definition }]) => (
            <Defined key={key} definition={definition}>
              {name}
              {others.map((other) => ({ tag: other.tag, theirs: other.glossary.terms[key].name }))
                .filter(({ theirs }) => theirs !== name)
                .map(({ tag, theirs }) => (
                  <span key={tag} class="translation" lang={tag}>
                    {theirs}
                  </span>
                ))}
            </Defined>
          ))}
        </dl>
      </Section>
      <Section id="detectors" title={t.detectorsTitle}>
        <p>{t.detectorsIntro}</p>
        <dl class="glossary">
          {Object.entries(glossary.detectors).map(([name, definition]) => (
            <Defined key={name} definition={definition}>
              <code>{name}</code>
            </Defined>
          ))}
        </dl>
      </Section>
    </>
  );
}

interface DefinedProps {
  readonly definition: string;
  /** The term. */
  readonly children: ComponentChildren;
}

/** A term above its definition. */
function Defined({ definition, children }: DefinedProps): JSX.Element {
  return (
    <div>
      <dt>{children}</dt>
      <dd>
        <Prose>{definition}</Prose>
      </dd>
    </div>
  );
}
