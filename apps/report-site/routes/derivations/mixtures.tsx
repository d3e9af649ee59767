import type { JSX } from "preact";
import { filePath } from "../../components/document.tsx";
import { Section } from "../../components/figure.tsx";
import { usePage } from "../../components/page_context.ts";
import { PageTop } from "../../components/page_top.tsx";
import { Equation, Prose } from "../../components/prose.tsx";
import { type ContentProps, definePage, type Page } from "../../page.ts";
import { type Checked, findDerivation, MachineChecks, Step } from "./checks.tsx";

/** The derivation of EM for Gaussian mixtures. */
export const mixtureDerivationPage: Page = definePage({
  path: "derivations/mixtures",
  title: (text) => text.mixtureDerivation.short,
  description: (text) => text.mixtureDerivation.description,
  needs: [],
  uses: ["derivations"],
  Content: MixtureDerivation,
});

const normal = String.raw`\mathcal{N}(x_n \mid \mu_k, \Sigma_k)`;

const formulas = {
  likelihood: String
    .raw`p(x) = \sum_{k=1}^{K} \pi_k\, \mathcal{N}(x \mid \mu_k, \Sigma_k), \qquad \ell(\theta) = \sum_{n=1}^{N} \log \sum_{k=1}^{K} \pi_k\, ${normal}.`,
  responsibility: String
    .raw`\gamma_{nk} = p(z_n = k \mid x_n) = \frac{\pi_k\, ${normal}}{\sum_{j=1}^{K} \pi_j\, \mathcal{N}(x_n \mid \mu_j, \Sigma_j)} .`,
  bound: String.raw`\begin{aligned}
    \ell(\theta) &= \sum_{n} \log \sum_{k} q_{nk}\, \frac{\pi_k\, ${normal}}{q_{nk}} \\
    &\ge \sum_{n} \sum_{k} q_{nk} \log \frac{\pi_k\, ${normal}}{q_{nk}} = \mathcal{L}(q, \theta).
  \end{aligned}`,
  gap: String
    .raw`\ell(\theta) - \mathcal{L}(q, \theta) = \sum_{n} \sum_{k} q_{nk} \log \frac{q_{nk}}{\gamma_{nk}} = \sum_{n} \mathrm{KL}(q_n \,\Vert\, \gamma_n) \;\ge\; 0 .`,
  meanGradient: String
    .raw`\frac{\partial \ell}{\partial \mu_k} = \frac{\partial \mathcal{L}}{\partial \mu_k}\bigg|_{q = \gamma} = \sum_{n=1}^{N} \gamma_{nk}\, \Sigma_k^{-1} (x_n - \mu_k) = 0,`,
  mean: String.raw`\mu_k = \frac{1}{N_k} \sum_{n=1}^{N} \gamma_{nk}\, x_n .`,
  covarianceGradient: String
    .raw`\frac{\partial \mathcal{L}}{\partial \Sigma_k} = -\frac{1}{2} \sum_{n=1}^{N} \gamma_{nk} \bigl( \Sigma_k^{-1} - \Sigma_k^{-1} S_{nk}\, \Sigma_k^{-1} \bigr).`,
  covariance: String
    .raw`\Sigma_k = \frac{1}{N_k} \sum_{n=1}^{N} \gamma_{nk}\, (x_n - \mu_k)(x_n - \mu_k)^{\mathsf T},`,
  restricted: String.raw`\begin{aligned}
    \Sigma^{\text{tied}} &= \sum_{k} \frac{N_k}{N}\, \Sigma_k, \\
    \Sigma_k^{\text{diag}} &= \operatorname{diag}(\Sigma_k), \\
    \sigma_k^2 &= \tfrac{1}{D} \operatorname{tr} \Sigma_k .
  \end{aligned}`,
  lagrangian: String
    .raw`\frac{\partial}{\partial \pi_k} \Bigl[ \mathcal{L} + \lambda \Bigl( \sum_{j} \pi_j - 1 \Bigr) \Bigr] = \frac{N_k}{\pi_k} + \lambda = 0 .`,
  weight: String.raw`\pi_k = \frac{N_k}{N} .`,
  climb: String
    .raw`\ell(\theta') \;\ge\; \mathcal{L}(\gamma, \theta') \;\ge\; \mathcal{L}(\gamma, \theta) = \ell(\theta).`,
  logDensity: String.raw`\begin{aligned}
    \log ${normal} = &-\frac{1}{2} \Bigl( D \log 2\pi + \lVert y \rVert^2 \Bigr) \\
    &- \sum_{d=1}^{D} \log (L_k)_{dd},
  \end{aligned}`,
  shift: String
    .raw`\Sigma_k' = \frac{1}{N_k} \sum_{n} \gamma_{nk}\, (x_n - \mu_k)(x_n - \mu_k)^{\mathsf T} - \delta\, \delta^{\mathsf T} .`,
  moments: String.raw`\begin{aligned}
    \mathbb{E}[x] &= \sum_{k} \pi_k\, \mu_k = \bar\mu, \\
    \operatorname{Cov}[x] &= \sum_{k} \pi_k \bigl( \Sigma_k + (\mu_k - \bar\mu)(\mu_k - \bar\mu)^{\mathsf T} \bigr).
  \end{aligned}`,
} as const;

function MixtureDerivation({ results }: ContentProps<never>): JSX.Element {
  const { text, format, language, link } = usePage();
  const t = text.mixtureDerivation;
  const checked = results.derivations;
  return (
    <>
      <PageTop
        heading={t.title}
        question={t.question}
        found={findDerivation(checked, "mixture", text, format)}
      />
      <p>
        <a href={link(filePath({ path: "mixtures" }, language))}>
          {text.derivations.experimentPage}
        </a>
      </p>
      <Section id="setting" title={text.derivations.setting}>
        <p>
          <Prose>{t.setting1}</Prose>
        </p>
        <Equation id="eq-1" number="1">{formulas.likelihood}</Equation>
        <p>
          <Prose>{t.setting2}</Prose>
        </p>
      </Section>
      <BoundSteps checked={checked} />
      <UpdateSteps checked={checked} />
      <ClosingSteps checked={checked} />
      <MachineChecks
        checked={checked}
        name="mixture"
        trace={({ payload }) => payload.mixtureLogLikelihood}
        words={t}
      />
    </>
  );
}

interface StepsProps {
  readonly checked: Checked;
}

function BoundSteps({ checked }: StepsProps): JSX.Element {
  const { text } = usePage();
  const t = text.mixtureDerivation;
  return (
    <>
      <Step id="responsibilities" number="1" title={t.responsibilities} checked={checked}>
        <p>
          <Prose>{t.responsibilities1}</Prose>
        </p>
        <Equation id="eq-2" number="2">{formulas.responsibility}</Equation>
      </Step>
      <Step
        id="bound"
        number="2"
        title={t.bound}
        checked={checked}
        checks={["mixture-bound-is-tight"]}
      >
        <p>
          <Prose>{t.bound1}</Prose>
        </p>
        <Equation id="eq-3" number="3">{formulas.bound}</Equation>
        <p>
          <Prose>{t.bound2}</Prose>
        </p>
        <Equation id="eq-4" number="4">{formulas.gap}</Equation>
        <p>
          <Prose>{t.bound3}</Prose>
        </p>
      </Step>
    </>
  );
}

function UpdateSteps({ checked }: StepsProps): JSX.Element {
  const { text } = usePage();
  const t = text.mixtureDerivation;
  return (
    <>
      <Step
        id="means"
        number="3"
        title={t.means}
        checked={checked}
        checks={["mixture-gradient-matches-differences", "mixture-gradient-vanishes"]}
      >
        <p>
          <Prose>{t.means1}</Prose>
        </p>
        <Equation id="eq-5" number="5">{formulas.meanGradient}</Equation>
        <p>
          <Prose>{t.means2}</Prose>
        </p>
        <Equation id="eq-6" number="6">{formulas.mean}</Equation>
      </Step>
      <Step id="covariances" number="4" title={t.covariances} checked={checked}>
        <p>
          <Prose>{t.covariances1}</Prose>
        </p>
        <Equation id="eq-7" number="7">{formulas.covarianceGradient}</Equation>
        <p>
          <Prose>{t.covariances2}</Prose>
        </p>
        <Equation id="eq-8" number="8">{formulas.covariance}</Equation>
        <p>
          <Prose>{t.covariances3}</Prose>
        </p>
        <p>
          <Prose>{t.covariances4}</Prose>
        </p>
        <Equation id="eq-9" number="9">{formulas.restricted}</Equation>
      </Step>
      <Step
        id="weights"
        number="5"
        title={t.weights}
        checked={checked}
        checks={["mixture-weights-sum-to-one"]}
      >
        <p>
          <Prose>{t.weights1}</Prose>
        </p>
        <Equation id="eq-10" number="10">{formulas.lagrangian}</Equation>
        <p>
          <Prose>{t.weights2}</Prose>
        </p>
        <Equation id="eq-11" number="11">{formulas.weight}</Equation>
      </Step>
    </>
  );
}

function ClosingSteps({ checked }: StepsProps): JSX.Element {
  const { text } = usePage();
  const t = text.mixtureDerivation;
  return (
    <>
      <Step
        id="monotone"
        number="6"
        title={t.monotone}
        checked={checked}
        checks={["mixture-bound-never-falls"]}
      >
        <p>
          <Prose>{t.monotone1}</Prose>
        </p>
        <Equation id="eq-12" number="12">{formulas.climb}</Equation>
        <p>
          <Prose>{t.monotone2}</Prose>
        </p>
        <p>
          <Prose>{t.monotone3}</Prose>
        </p>
      </Step>
      <Step
        id="moments"
        number="7"
        title={t.moments}
        checked={checked}
        checks={["mixture-moments-match-monte-carlo"]}
      >
        <p>
          <Prose>{t.moments1}</Prose>
        </p>
        <Equation id="eq-13" number="13">{formulas.moments}</Equation>
      </Step>
      <Step id="numerics" number="8" title={t.numerics} checked={checked}>
        <p>
          <Prose>{t.numerics1}</Prose>
        </p>
        <Equation id="eq-14" number="14">{formulas.logDensity}</Equation>
        <p>
          <Prose>{t.numerics2}</Prose>
        </p>
        <Equation id="eq-15" number="15">{formulas.shift}</Equation>
      </Step>
    </>
  );
}
