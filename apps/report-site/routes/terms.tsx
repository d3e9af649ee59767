import type { JSX } from "preact";
import { Section } from "../components/figure.tsx";
import { usePage } from "../components/page_context.ts";
import { PageTop } from "../components/page_top.tsx";
import { Prose } from "../components/prose.tsx";
import { glossary } from "../language/glossary.ts";
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
  const terms = glossary.terms.toSorted((a, b) => a.name[tag].localeCompare(b.name[tag], tag));
  const others = languages.filter((other) => other.tag !== tag);
  return (
    <>
      <PageTop heading={t.heading} question={t.question} />
      <Section id="terms" title={t.termsTitle}>
        <dl class="glossary">
          {terms.map(({ name, definition }) => (
            <div key={name.en}>
              <dt>
                {name[tag]}
                {others.filter((other) => name[other.tag] !== name[tag]).map((other) => (
                  <span key={other.tag} class="translation" lang={other.tag}>
                    {name[other.tag]}
                  </span>
                ))}
              </dt>
              <dd>
                <Prose>{definition[tag]}</Prose>
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section id="detectors" title={t.detectorsTitle}>
        <p>{t.detectorsIntro}</p>
        <dl class="glossary">
          {glossary.detectors.map(({ name, definition }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                <Prose>{definition[tag]}</Prose>
              </dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  );
}
