/** Texts of the derivation of EM for Gaussian mixtures. */
export const mixtureDerivation = {
  title: "EM for Gaussian mixtures, derived",
  short: "Derivation: mixtures",
  description: "The derivation of EM for Gaussian mixtures, with machine checks.",
  question:
    "Which responsibilities, means, covariances and weights make the log-likelihood of a Gaussian mixture stationary, and why does iterating them climb?",
  setting1:
    "There are $N$ points $x_n \\in \\mathbb{R}^D$ and $K$ components with weights $\\pi_k \\ge 0$, $\\sum_k \\pi_k = 1$, means $\\mu_k$ and positive definite covariances $\\Sigma_k$. Write $\\theta$ for all of them. The density and the log-likelihood are",
  setting2:
    "The sum inside the logarithm is what makes this hard: setting its gradient to zero gives no closed form, because every term depends on every component.",
  responsibilities: "Responsibilities",
  responsibilities1:
    "Let $z_n$ say which component made point $n$, with $p(z_n = k) = \\pi_k$. By Bayes' rule the posterior probability of component $k$, its responsibility for point $n$, is",
  bound: "A bound that touches",
  bound1:
    "For any $q_{nk} \\ge 0$ with $\\sum_k q_{nk} = 1$, the logarithm of a mean is at least the mean of the logarithm (Jensen):",
  bound2:
    "What is lost is a Kullback–Leibler divergence, since $\\pi_k \\mathcal{N}(x_n \\mid \\mu_k, \\Sigma_k) = p(x_n)\\,\\gamma_{nk}$:",
  bound3:
    "It is zero exactly when $q = \\gamma$. So the E step, which sets $q$ to the responsibilities, maximises the bound over $q$ and makes it equal to the log-likelihood. The M step maximises the bound over $\\theta$ with $q = \\gamma$ held fixed.",
  means: "Means",
  means1:
    "The logarithm of a normal density is $-\\tfrac12 \\log|\\Sigma| - \\tfrac12 (x-\\mu)^{\\mathsf T} \\Sigma^{-1} (x-\\mu)$ plus a constant. Its gradient with respect to $\\mu$ is $\\Sigma^{-1}(x - \\mu)$. With $N_k = \\sum_n \\gamma_{nk}$,",
  means2:
    "where the first equality says that the bound and the log-likelihood have the same gradient where they touch: differentiating $\\log \\sum_j$ puts $\\pi_k \\mathcal{N}_k / \\sum_j \\pi_j \\mathcal{N}_j = \\gamma_{nk}$ in front of the gradient of the logarithm. Multiplying by $\\Sigma_k$ and solving,",
  covariances: "Covariances",
  covariances1:
    "With $S_{nk} = (x_n - \\mu_k)(x_n - \\mu_k)^{\\mathsf T}$ the quadratic form is $\\operatorname{tr}(\\Sigma_k^{-1} S_{nk})$. The two derivatives needed are $\\partial \\log|\\Sigma| / \\partial \\Sigma = \\Sigma^{-1}$ and $\\partial \\operatorname{tr}(\\Sigma^{-1} S) / \\partial \\Sigma = -\\Sigma^{-1} S\\, \\Sigma^{-1}$ (for symmetric matrices), so",
  covariances2:
    "Setting it to zero and multiplying by $\\Sigma_k$ from the left and from the right,",
  covariances3:
    "with the new mean $\\mu_k$ inside. In terms of the precision $\\Sigma_k^{-1}$ the bound is concave (a log-determinant less a linear function), and in $\\mu_k$ it is a downward quadratic, so this is the maximum and not just a stationary point.",
  covariances4:
    "If the covariance is restricted, the same derivative is projected onto what is free. Tied: one $\\Sigma$ for all; diagonal: the diagonal of $\\Sigma_k$ alone; spherical: its mean:",
  weights: "Weights",
  weights1: "The weights must sum to one, so a Lagrange multiplier $\\lambda$ joins the bound:",
  weights2:
    "Summing $\\pi_k = -N_k / \\lambda$ over $k$ gives $1 = -N / \\lambda$, since the responsibilities of each point sum to one. Hence $\\lambda = -N$ and",
  monotone: "Why it climbs",
  monotone1: "Let $\\theta$ be the parameters before a step and $\\theta'$ those after it. Then",
  monotone2:
    "The first step holds because it is a bound, the second because the M step maximises it, the third because it touches at $\\theta$. The gradients of bound and log-likelihood agree there, so a point that EM does not move is a stationary point of the log-likelihood.",
  monotone3:
    "The log-likelihood itself has no maximum: a component that sits on a single point and shrinks makes it as large as one likes. A small constant $\\varepsilon$ on the diagonal of each covariance prevents that; the M step is then no longer the exact maximum of the bound, and near convergence a step may lose a little likelihood, of the order of $\\varepsilon$.",
  numerics: "What changes in floating point",
  numerics1:
    "Densities of 25 and more dimensions underflow, so everything stays in logarithms. With the Cholesky factor $\\Sigma_k = L_k L_k^{\\mathsf T}$ and $y = L_k^{-1}(x_n - \\mu_k)$,",
  numerics2:
    "and responsibilities come from $a_{nk} = \\log \\pi_k + \\log \\mathcal{N}(x_n \\mid \\mu_k, \\Sigma_k)$ by subtracting the logarithm of the sum of exponentials, the largest taken out first. Covariances are accumulated about the old mean $\\mu_k$ and moved by $\\delta = \\mu_k' - \\mu_k$, which loses no digits, unlike the mean of squares less the square of the mean:",
  moments: "Moments, and drawing from the mixture",
  moments1:
    "The mean and the covariance of the whole mixture follow from conditioning on the component, by the law of total variance:",
  traceTitle: "The log-likelihood, step by step",
  traceCaption: "Log-likelihood after each EM step; no step may lower it.",
  traceX: "EM step",
  traceY: "log-likelihood",
};
