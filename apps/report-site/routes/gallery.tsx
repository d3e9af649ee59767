import type { JSX } from "preact";
import { Section } from "../components/figure.tsx";
import { filePath } from "../components/file_path.ts";
import { HeadlineCard } from "../components/headline_card.tsx";
import { Command } from "../components/not_run.tsx";
import { usePage } from "../components/page_context.ts";
import { PageTop } from "../components/page_top.tsx";
import type { SiteExperiment } from "../experiment.ts";
import { definePage, type Page } from "../page.ts";
import type { ExampleReport } from "../read_examples.ts";

/** The page of the reports of examples, given all experiments in their order. */
export function galleryPage(experiments: readonly SiteExperiment[]): Page {
  return definePage({
    path: "gallery",
    title: (text) => text.gallery.title,
    description: (text) => text.gallery.description,
    needs: [],
    isEmpty: ({ examples = [] }) => examples.length === 0,
    Content: ({ results }) => (
      <Gallery examples={results.examples ?? []} experiments={experiments} />
    ),
  });
}

interface GalleryProps {
  readonly examples: readonly ExampleReport[];
  readonly experiments: readonly SiteExperiment[];
}

function Gallery({ examples, experiments }: GalleryProps): JSX.Element {
  const { text: { gallery: t } } = usePage();
  return (
    <>
      <PageTop heading={t.heading} question={t.question} findings={[]} />
      {examples.length === 0 && (
        <>
          <p>{t.none}</p>
          <Command task="examples" experiments={[]} />
        </>
      )}
      {examples.map((example) => (
        <ExampleSection key={example.name} example={example} experiments={experiments} />
      ))}
    </>
  );
}

interface ExampleProps {
  readonly example: ExampleReport;
  readonly experiments: readonly SiteExperiment[];
}

function ExampleSection({ example, experiments }: ExampleProps): JSX.Element {
  const { text, format, language, link } = usePage();
  const t = text.gallery;
  const { name, byExperiment } = example;
  const report = (path: string) => link(`examples/${name}/${filePath({ path }, language)}`);
  const [data] = Object.values(byExperiment)[0]?.data ?? [];
  const headlines = experiments.flatMap((experiment) => {
    const result = byExperiment[experiment.id];
    if (result === undefined || experiment.onOverview === false) return [];
    return experiment.headline(result, { language: language.tag, text, format }) ?? [];
  });
  const known = Object.hasOwn(t.examples, name) ? t.examples[name] : undefined;
  return (
    <Section id={`example-${name}`} title={known?.title ?? name}>
      {known && <p>{known.about}</p>}
      {data?.kind === "table" && (
        <p>{t.data(data.title, format.count(data.rows), format.count(data.columns))}</p>
      )}
      <p>
        <a href={report("index")}>{t.open(known?.title ?? name)}</a>
      </p>
      <ul class="headlines">
        {headlines.map((headline) => (
          <HeadlineCard
            key={headline.page}
            headline={headline}
            href={report(headline.page)}
          />
        ))}
      </ul>
    </Section>
  );
}
