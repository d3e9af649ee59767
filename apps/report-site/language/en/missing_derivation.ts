/** Texts of the derivation of k-means with missing entries. */
export const missingDerivation = {
  title: "k-means with missing entries, derived",
  short: "Derivation: missing entries",
  description: "The derivation of k-means with Gaussian missing entries, with machine checks.",
  question:
    "Some entries of the data are missing. Each is taken as Gaussian with known mean and variance. Which assignments and which centroids minimise the expected k-means cost?",
  setting1:
    "There are $N$ points $x_i \\in \\mathbb{R}^D$. Of point $i$ the entries in $O_i$ are observed and those in $M_i$ are missing, $O_i \\cup M_i = \\{1, \\dots, D\\}$. A missing entry is a random variable, independent of everything else, with mean $m_d$ and variance $c > 0$. The exercise has $m_d = 0$; nothing below is harder with a mean for each feature.",
  setting2:
    "Assignments $r_{ik} \\in \\{0, 1\\}$ with $\\sum_k r_{ik} = 1$ and centroids $\\mu_k \\in \\mathbb{R}^D$ are sought that minimise the expected cost, given what is observed:",
  setting3:
    "Only the mean and the variance of the missing entries will matter; that they are Gaussian is not needed.",
  expectation: "The expectation in closed form",
  expectation1:
    "The squared distance is a sum over entries, so the expectation is too. An observed entry is a constant. For a missing one, add and subtract the mean inside the square; the mixed term has expectation zero:",
  expectation2:
    "With the filled point $\\tilde{x}_i$, which has $\\tilde{x}_{id} = x_{id}$ where the entry is observed and $\\tilde{x}_{id} = m_d$ where it is missing, the expected distance is",
  expectation3:
    "For $m_d = 0$ this is the exercise's cost: $\\sum_{o \\in O_i} (x_{io} - \\mu_{ko})^2 + \\sum_{m \\in M_i} (\\mu_{km}^2 + c)$.",
  assignment: "The best assignment",
  assignment1:
    "For fixed centroids the cost is a sum over points, and each point may choose its cluster by itself. The term $c\\,|M_i|$ is the same for every cluster, so it cancels:",
  assignment2:
    "The variance $c$ moves the objective, by $c \\sum_i |M_i|$, but never an assignment; it cannot be learned from the clustering and need not be chosen.",
  centroids: "The best centroids",
  centroids1:
    "For fixed assignments the cost is a quadratic function of each centroid. With $N_k = \\sum_i r_{ik}$,",
  centroids2:
    "The Hessian with respect to $\\mu_k$ is $2 N_k I$, positive definite for a cluster that is not empty, so setting the gradient to zero gives the one minimum:",
  centroids3:
    "A centroid is the mean of its points with $m_d$ in missing places. Written over the observed entries only, with $\\lambda_{kd}$ the share of points in cluster $k$ that lack entry $d$ and $\\bar{x}_{kd}$ the mean of those that have it,",
  centroids4:
    "the prior pulls each centroid entry towards $m_d$, the more so the more is missing. Towards 0 that is far off for a pixel that is usually bright; towards the mean of the pixel it is harmless. Since distances do not change when all data are shifted, a mean prior is the zero prior on centred data, and with the mean of the observed entries as $m_d$ it is k-means after mean imputation.",
  algorithm: "The algorithm, and why it stops",
  algorithm1:
    "Together, the two steps are Lloyd's algorithm on the filled data $\\tilde{x}$; its cost differs from theirs by a constant:",
  algorithm2:
    "Neither step can raise $J$, which is bounded below by $c \\sum_i |M_i|$. If a whole iteration does not lower $J$, the centroids were already the unique minimum for their assignment, so they did not move, and neither will anything after (ties go to the lowest index). Otherwise $J$ falls strictly, and since there are at most $K^N$ assignments, each of which fixes $J$ after its update, the algorithm stops after finitely many iterations, at a point where no single step can do better. It need not be the global minimum.",
  algorithm3:
    "A cluster that loses all its points has no mean; its centroid moves to the point that is farthest from its own centroid, which does not raise the cost of anyone and lowers that point's to zero when it is assigned next.",
  kpod: "What k-POD does instead",
  kpod1: "k-POD drops the missing terms from the cost and keeps the observed ones. It minimises",
  kpod2:
    "by filling each missing entry with that of the current centroid of its point, which majorises the cost: with $\\tilde{x}_{im} = \\mu_{k(i)m}$ the missing terms are zero at the current centroids and never negative, so a Lloyd step on the filled data cannot raise the cost over observed entries. Nothing pulls centroids towards a prior, but a cluster may look close to a point only because little of the point is observed.",
  traceTitle: "The expected cost, half step by half step",
  traceCaption: "Assignment and update take turns; neither may raise the cost.",
  traceX: "half step",
  traceY: "expected cost",
};
