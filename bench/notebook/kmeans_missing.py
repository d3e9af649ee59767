import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans, kmeans_plusplus
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

sizes = {
    "quick": (2000, [0, 0.3, 0.6, 0.9], 1, 1),
    "full": (10000, [rate / 10 for rate in range(10)], 3, 1),
}


def k_means(x, restarts, seed):
    return KMeans(10, n_init=restarts, tol=1e-4, max_iter=300, random_state=seed).fit(x)


def filled(x, missing, value):
    return np.where(missing, value, x).astype(np.float32)


def observed_means(x, missing):
    return np.nan_to_num(np.where(missing, np.nan, x).mean(axis=0, where=~missing))


def observed_distances(x, observed, centroids):
    """Squared distances over what is observed, by three matrix products."""
    zeroed = x * observed
    return (zeroed**2).sum(axis=1)[:, None] - 2 * zeroed @ centroids.T + observed @ (centroids**2).T


def k_pod(x, missing, restarts, seed):
    """Lloyd's algorithm on the distance over observed entries."""
    observed = (~missing).astype(np.float32)
    start_data = filled(x, missing, observed_means(x, missing))
    tolerance = 1e-4 * start_data.var(axis=0).mean()
    best = None
    for restart in range(restarts):
        centroids, _ = kmeans_plusplus(start_data, 10, random_state=seed + restart)
        for _ in range(300):
            distances = observed_distances(x, observed, centroids)
            labels = distances.argmin(axis=1)
            members = np.eye(10, dtype=np.float32)[labels]
            counts = members.T @ observed
            moved = np.where(counts > 0, members.T @ (x * observed) / np.maximum(counts, 1), centroids)
            shift = ((moved - centroids) ** 2).sum()
            centroids = moved
            if shift <= tolerance:
                break
        objective = distances.min(axis=1).sum()
        if best is None or objective < best[0]:
            best = objective, labels, centroids
    return best[1], best[2]


def fit(method, x, missing, restarts, seed):
    if method == "zero-prior":
        model = k_means(filled(x, missing, 0), restarts, seed)
    elif method in ("feature-mean-prior", "mean-imputation"):
        model = k_means(filled(x, missing, observed_means(x, missing)), restarts, seed)
    elif method == "k-pod":
        return k_pod(x, missing, restarts, seed)
    else:
        complete = ~missing.any(axis=1)
        if complete.sum() < 10:
            return None
        centroids = k_means(x[complete], restarts, seed).cluster_centers_
        observed = (~missing).astype(np.float32)
        return observed_distances(x, observed, centroids).argmin(axis=1), centroids
    return model.labels_, model.cluster_centers_


def run(mnist, _, profile):
    rows, rates, seeds, restarts = sizes[profile]
    x = mnist.train[:rows].astype(np.float32)
    labels = mnist.train_labels[:rows]
    complete = k_means(x, restarts, 0)
    scores = {}
    for method in ("zero-prior", "feature-mean-prior", "k-pod", "mean-imputation", "complete-rows"):
        for seed in range(seeds):
            for rate in rates:
                missing = np.random.default_rng(seed).random(x.shape) < rate
                found = fit(method, x, missing, restarts, seed)
                if found is None:
                    continue
                assigned, centroids = found
                for truth in (labels, complete.labels_):
                    scores[method, rate, seed] = normalized_mutual_info_score(truth, assigned)
                    adjusted_rand_score(truth, assigned)
                costs = cdist(centroids, complete.cluster_centers_, "sqeuclidean")
                np.sqrt(costs[linear_sum_assignment(costs)].mean())
    return f"{len(scores)} fits"
