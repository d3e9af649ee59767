import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contentSecurityPolicy } from "../components/document.tsx";
import type { SiteExperiment } from "../experiment.ts";
import type { ReadResults } from "../read_results.ts";
import { readAll } from "../read_site.ts";
import { Site } from "../site.ts";
import { katexStyles, SitePlan } from "../site_plan.ts";
import { joinStyles, stylesPath } from "../styles.ts";
import type { FileSource, ServedFile } from "./answer.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { FolderSource } from "./folder_source.ts";

/**
 * The site of the results of a folder as they are now: the files of the static export, its policy in a
 * header as well. What was rendered is remembered until a file of the results changes.
 */
export class LiveSite implements FileSource {
  readonly #plan: SitePlan;
  readonly #resultsDir: string;
  readonly #reportDir: string | undefined;
  readonly #assets = new FolderSource(fileURLToPath(new URL("../static/", import.meta.url)));
  readonly #docs: FolderSource | undefined;
  #known: KnownSite | undefined;
  #latest: Promise<unknown> = Promise.resolve();

  /** The site of some experiments, a folder of their results and that of the report, which may not exist yet. */
  constructor(experiments: readonly SiteExperiment[], resultsDir: string, reportDir?: string) {
    this.#plan = new SitePlan(experiments);
    this.#resultsDir = resultsDir;
    this.#reportDir = reportDir;
    this.#docs = reportDir === undefined ? undefined : new FolderSource(join(reportDir, "docs"));
  }

  /** Finds a file of the site; stylesheets, fonts, the documentation and what no site has do not wait for the results. */
  async file(path: string): Promise<ServedFile | undefined> {
    if (path === stylesPath) return { content: await joinStyles(this.#plan.styles) };
    if (path.startsWith("assets/") && path !== katexStyles) {
      const asset = await this.#assets.file(path.slice("assets/".length));
      if (asset !== undefined || !path.startsWith("assets/islands/")) return asset;
    }
    if (path.startsWith("docs/")) return await this.#docs?.file(path.slice("docs/".length));
    if (!this.#plan.mayHave(path)) return undefined;
    const site = await this.#current();
    const page = this.#plan.pageAt(path);
    if (page === undefined) {
      const content = await site.file(path);
      return content === undefined ? undefined : { content };
    }
    const { html, scripts } = await site.render(page.page, page.language);
    // What may frame the page cannot be said in the document.
    const policy = `${contentSecurityPolicy(scripts)}; frame-ancestors 'none'`;
    return { content: html, headers: { "content-security-policy": policy } };
  }

  /** The site of the results as they are now; one request looks after the other. */
  #current(): Promise<Site> {
    const current = this.#latest.then(() => this.#look());
    this.#latest = current.catch(() => {});
    return current;
  }

  async #look(): Promise<Site> {
    const { text, settled } = await fingerprintOf(this.#resultsDir, this.#reportDir);
    const known = this.#known;
    if (known?.settled && known.fingerprint === text) return known.site;
    const read = await readAll(this.#plan.experiments, this.#resultsDir, this.#reportDir);
    const digest = digestOf(read);
    const site = known?.digest === digest ? known.site : new Site(this.#plan, read);
    this.#known = { site, digest, fingerprint: text, settled };
    return site;
  }
}

interface KnownSite {
  readonly site: Site;
  /** The hash of what it was made from. */
  readonly digest: string;
  /** Fingerprint of the files. */
  readonly fingerprint: string;
  /** True if the files cannot have changed since without another fingerprint. */
  readonly settled: boolean;
}

function digestOf({ results, files, otherFiles = new Map(), problems }: ReadResults): string {
  const hash = createHash("sha256").update(`${results.hasDocs}\n`);
  for (const [path, bytes] of [...files, ...otherFiles]) {
    hash.update(`${path} ${bytes.length}\n`).update(bytes);
  }
  for (const { message } of problems) hash.update(`${message}\n`);
  return hash.digest("hex");
}
