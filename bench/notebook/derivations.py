import numpy as np
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

draws_of = {"quick": 4000, "full": 100000}
rows, k = 300, 3
prior = np.array([0.5, -0.25, 0, 1])
variance = 0.7


def run(_, __, profile):
    random = np.random.default_rng(0)
    worst = missing(random, draws_of[profile])
    return f"largest deviation of a gradient {max(worst, mixture(random, draws_of[profile])):.1e}"


def missing(random, draws):
    """k-means with missing entries: the derived algorithm, its gradient, its costs by drawing."""
    d = 4
    group = np.arange(rows) % k
    x = 1.5 * group[:, None] * np.where(np.arange(d) % 2, 1, -1) + random.normal(size=(rows, d))
    observed = random.random(x.shape) >= 0.35
    filled = np.where(observed, x, prior)

    def costs(centroids, c):
        data = filled[:, None] - centroids
        return (data**2 + c * ~observed[:, None]).sum(axis=2)

    def descend(c):
        centroids, labels = filled[:k], None
        while True:
            assigned = costs(centroids, c).argmin(axis=1)
            if labels is not None and (assigned == labels).all():
                return centroids, labels
            labels = assigned
            centroids = np.stack([filled[labels == cluster].mean(axis=0) for cluster in range(k)])

    centroids, labels = descend(variance)
    for c in (1e-3, 0.1, 1, 10, 1000):
        descend(c)
    KMeans(k, init=filled[:k], n_init=1, tol=0).fit(filled)

    def objective(at):
        return costs(at, variance)[np.arange(rows), labels].sum()

    start = filled[:k]
    gradient = np.stack([2 * (start[c] - filled[labels == c]).sum(axis=0) for c in range(k)])
    error = np.abs(gradient - differences(objective, start, 1e-4)).max() / rows
    for row in np.flatnonzero(~observed.all(axis=1))[:6]:
        drawn = np.where(observed[row], x[row], prior + np.sqrt(variance) * random.normal(size=(draws, d)))
        ((drawn - centroids[row % k]) ** 2).sum(axis=1).mean()
    return error


def mixture(random, draws):
    """EM for Gaussian mixtures: the derived updates until nothing moves, the gradient, moments by drawing."""
    d = 3
    group = np.arange(rows) % k
    column = (np.arange(rows)[:, None] * d + np.arange(d) + group[:, None]) % d
    x = 2.5 * group[:, None] * (column - 0.5) + (1 + 0.4 * group[:, None]) * random.normal(size=(rows, d))
    weights, means = np.full(k, 1 / k), x[:k].copy()
    covariances = np.tile(np.full((d, d), 0.3) + 3.7 * np.eye(d), (k, 1, 1))

    def log_joint(weights, means, covariances):
        parts = zip(weights, means, covariances)
        return np.stack([np.log(w) + multivariate_normal.logpdf(x, m, c) for w, m, c in parts], axis=1)

    start = means.copy()
    gamma = np.exp(log_joint(weights, start, covariances))
    gamma /= gamma.sum(axis=1, keepdims=True)
    gradient = np.stack(
        [np.linalg.solve(covariances[c], (gamma[:, c, None] * (x - start[c])).sum(axis=0)) for c in range(k)]
    )
    likelihood = lambda at: logsumexp(log_joint(weights, at, covariances), axis=1).sum()
    error = np.abs(gradient - differences(likelihood, start, 1e-5)).max() / rows
    for _ in range(5000):
        joint = log_joint(weights, means, covariances)
        gamma = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
        counts = gamma.sum(axis=0)
        moved = gamma.T @ x / counts[:, None]
        centred = x[:, None] - moved
        covariances = np.einsum("nk,nki,nkj->kij", gamma, centred, centred) / counts[:, None, None]
        weights, shift, means = counts / rows, np.abs(moved - means).max(), moved
        if shift < 1e-12:
            break
    sample, _ = GaussianMixture(k, random_state=0).fit(x).sample(draws)
    sample.mean(axis=0), sample.var(axis=0)
    return error


def differences(f, at, step):
    """Central differences."""
    gradient = np.zeros_like(at)
    for index in np.ndindex(*at.shape):
        moved = np.zeros_like(at)
        moved[index] = step
        gradient[index] = (f(at + moved) - f(at - moved)) / (2 * step)
    return gradient
