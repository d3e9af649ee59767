import type { ComponentChildren, JSX } from "preact";
import { languages } from "../language/languages.ts";
import { type Page, pageGroups } from "../page.ts";
import { Contents } from "./contents.tsx";
import { filePath } from "./file_path.ts";
import { IslandRoot } from "./island.tsx";
import { type Heading, usePage } from "./page_context.ts";

const policyWithoutScripts =
  "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";

/**
 * Returns the policy of a page: only pages with islands may run scripts, and only those of the site, which may show
 * images that they made.
 */
export function contentSecurityPolicy(scripts: readonly string[]): string {
  if (scripts.length === 0) return policyWithoutScripts;
  return `${
    policyWithoutScripts.replace("img-src 'self'", "img-src 'self' blob:")
  }; script-src 'self'`;
}

/** Properties of {@link Document}. */
export interface DocumentProps {
  /** The page. */
  readonly page: Page;
  /** All pages, for the menu. */
  readonly pages: readonly Page[];
  /** True if the page has formulas. */
  readonly mathematics: boolean;
  /** Paths of the scripts that the page loads. */
  readonly scripts: readonly string[];
  /** Headings of the content, in order. */
  readonly headings: readonly Heading[];
  /** Sentence that stands for the page where a link to it is shown; its description unless given. */
  readonly summary?: string;
  /** Path of the image that is shown with it; none unless given. */
  readonly image?: string;
  /** Banner with the data that were used. */
  readonly banner: ComponentChildren;
  /** Footer with the provenance of the numbers. */
  readonly footer: ComponentChildren;
  /** Content of the page. */
  readonly children: ComponentChildren;
}

/** The whole HTML document around a page's content. */
export function Document(props: DocumentProps): JSX.Element {
  const { page, mathematics, scripts, headings, summary, image, banner, footer, children } = props;
  const { text, language, link, path, url } = usePage();
  // What is read elsewhere, such as the preview of a link, has no page that a relative address starts from.
  const address = (target: string): string =>
    url === undefined ? link(target) : new URL(target, url).href;
  const description = page.description(text, language.tag);
  return (
    <html lang={language.tag} data-folder={language.folder}>
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={contentSecurityPolicy(scripts)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${page.title(text, language.tag)} · ${text.site.name}`}</title>
        <meta name="description" content={description} />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content={text.site.name} />
        <meta property="og:locale" content={language.tag.replace("-", "_")} />
        <meta property="og:title" content={page.title(text, language.tag)} />
        <meta property="og:description" content={summary ?? description} />
        {image !== undefined && <meta property="og:image" content={address(image)} />}
        {url !== undefined && <meta property="og:url" content={address(path)} />}
        {url !== undefined && <link rel="canonical" href={address(path)} />}
        <link rel="stylesheet" href={link("assets/style.css")} />
        {mathematics && <link rel="stylesheet" href={link("assets/katex/katex.css")} />}
        <link rel="icon" type="image/svg+xml" href={link("assets/icon.svg")} />
        {scripts.map((path) => <script key={path} defer src={link(path)} />)}
        {languages.map((other) => (
          <link
            key={other.tag}
            rel="alternate"
            hreflang={other.tag}
            href={address(filePath(page, other))}
          />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">{text.site.skip}</a>
        <Header {...props} />
        {banner}
        <Contents headings={headings} />
        <main id="content" tabIndex={-1}>{children}</main>
        {scripts.length > 0 && <ChartHelp />}
        <footer>{footer}</footer>
      </body>
    </html>
  );
}

/** Instructions for the keyboard use of charts, read by screen readers, and words that their script shows. */
function ChartHelp(): JSX.Element {
  const { text, page } = usePage();
  const downloadAs = text.site.downloadAs("{title}", "{kind}");
  return (
    <IslandRoot name="charts" properties={{ page, downloadAs }}>
      <p id="chart-keys" hidden>{text.site.chartKeys}</p>
      <p role="status" class="unseen" />
    </IslandRoot>
  );
}

/** Name, languages and menu of the site; the stylesheet folds the menu in narrow windows only. */
function Header({ page, pages }: DocumentProps): JSX.Element {
  const { text, language, link } = usePage();
  return (
    <header>
      <div class="masthead">
        <a class="brand" href={link(filePath({ path: "index" }, language))}>{text.site.name}</a>
        <span class="tagline">{text.site.tagline}</span>
        <nav class="languages" aria-label={text.site.otherLanguage}>
          {languages.filter((other) => other.tag !== language.tag).map((other) => (
            <a
              key={other.tag}
              href={link(filePath(page, other))}
              lang={other.tag}
              hreflang={other.tag}
            >
              {other.ownName}
            </a>
          ))}
        </nav>
      </div>
      <nav class="pages" aria-label={text.site.pages}>
        <details>
          <summary>{text.site.pages}</summary>
          {pageGroups.map((group) => ({ group, own: pages.filter((one) => one.group === group) }))
            .filter(({ own }) => own.length > 0)
            .map(({ group, own }) => (
              <div key={group} class="page-group">
                <span id={`group-${group}`}>{text.site.pageGroups[group]}</span>
                <ul aria-labelledby={`group-${group}`}>
                  {own.map((other) => (
                    <li key={other.path}>
                      <a
                        href={link(filePath(other, language))}
                        aria-current={other.path === page.path ? "page" : undefined}
                      >
                        {other.title(text, language.tag)}
                      </a>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
        </details>
      </nav>
    </header>
  );
}
